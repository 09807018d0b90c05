"""HTML as text: a bounded parse, folded white space, and the paragraphs of an element."""

import re
from collections.abc import Collection, Iterator

from selectolax.lexbor import LexborHTMLParser, LexborNode

from bot.ports import PageUnreadable
from bot.sites.nesting import DEEPEST, is_too_deep

BLOCKS = frozenset({
    "address", "article", "aside", "blockquote", "body", "center", "dd", "details", "dialog",
    "div", "dl", "dt", "fieldset", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6",
    "header", "hr", "legend", "li", "main", "nav", "ol", "p", "pre", "section", "summary",
    "table", "tbody", "tfoot", "thead", "tr", "ul",
})  # fmt: skip
CELLS = frozenset({"td", "th"})
CELL_MARK = "\x1f"
LINE_MARK = "\x1e"
MARKS = re.compile("[\x1e\x1f]")

# Soft hyphens and what else shows nothing; joiners stay, scripts and emoji need them. Direction
# overrides would reach beyond the title that holds them.
INVISIBLE = re.compile("[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u00ad\u200b\u2060\ufeff"
                       "\u202a-\u202e\u2066-\u2069\ufffe\uffff\ud800-\udfff]")  # fmt: skip


def parse(html: str, url: str) -> LexborHTMLParser:
    """The tree of a page. Raises PageUnreadable where its elements nest too deeply."""
    if is_too_deep(html):
        raise PageUnreadable(f"{url}: elements nest more than {DEEPEST} deep")
    return LexborHTMLParser(html.encode("utf-8", "replace"))


def fold(text: str) -> str:
    """On one line: each run of white space, nbsp included, is a space; what is invisible, gone."""
    return " ".join(INVISIBLE.sub("", text).split())


def text_of(node: LexborNode | None, skip: str = "script, style, template") -> str:
    """All text within, on one line; what `skip` selects is left out."""
    return " ".join(paragraphs(node, skip)) if node else ""


def paragraphs(root: LexborNode, skip: str) -> list[str]:
    """The text of each block within, in order, none empty; text that stands between blocks is a
    paragraph too, as is each row of a table, its cells joined by " | ". `skip`: a selector.
    """
    skipped = {node.mem_id for node in root.css(skip)}
    blocks = "".join(_pieces(root, skipped)).split(LINE_MARK)
    return [text for block in blocks if (text := _row(block))]


def _row(block: str) -> str:
    return " | ".join(text for cell in block.split(CELL_MARK) if (text := fold(cell)))


def _pieces(root: LexborNode, skipped: Collection[int]) -> Iterator[str]:
    """The text and, between blocks and cells, marks."""
    cells = 0
    after_break = False
    for node, begins in _walk(root, skipped):
        tag = node.tag or ""
        if tag == "-text":
            text = MARKS.sub(" ", node.text_content or "") if begins else ""
            after_break = after_break and not text.strip()
            yield text
        elif tag in CELLS:
            cells += 1 if begins else -1
            yield CELL_MARK
        elif tag in BLOCKS:
            yield " " if cells and tag != "tr" else LINE_MARK
        elif tag == "br" and begins:
            yield LINE_MARK if after_break and not cells else " "
            after_break = True


def _walk(root: LexborNode, skipped: Collection[int]) -> Iterator[tuple[LexborNode, bool]]:
    """Each node within, in order, when it begins (True) and when it ends (False)."""
    todo: list[tuple[LexborNode | None, bool]] = [(root.first_child, True)]
    while todo:
        node, begins = todo.pop()
        if node is None:
            continue
        if begins:
            todo.append((node.next, True))
            if node.mem_id in skipped:
                continue
            todo += [(node, False), (node.first_child, True)]
        yield node, begins
