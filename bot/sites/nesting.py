"""How deep a page's elements nest, estimated before it is parsed.

The parser's time is quadratic in nesting: a page of 100,000 open elements takes it 18 s. The
estimate follows the HTML standard where it matters for depth (void and raw-text elements, scopes,
formatting elements that outlive their parents) and errs towards too deep.
"""

import re

DEEPEST = 256
"""A news page is 20 to 30 deep."""

VOID = frozenset({
    "area", "base", "basefont", "bgsound", "br", "col", "embed", "frame", "hr", "image", "img",
    "input", "keygen", "link", "meta", "param", "source", "track", "wbr",
})  # fmt: skip
RAW = frozenset({"iframe", "noembed", "noframes", "script", "style", "textarea", "title", "xmp"})
FOREIGN = frozenset({"svg", "math", "frameset"})
PAGE = frozenset({"html", "head", "body"})
CLOSED_BY_THE_NEXT = frozenset({"dd", "dt", "li", "option", "p", "td", "th", "tr"})
FORMATTING = frozenset({
    "a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt",
    "u",
})  # fmt: skip
ALONE = FORMATTING | {"form"}
"""Their end tag leaves open what was opened within them."""
TABLE_PARTS = frozenset({"caption", "table", "tbody", "td", "tfoot", "th", "thead", "tr"})
TABLE_WALLS = frozenset({"table", "template"})
WALLS = TABLE_WALLS | {"td", "th", "caption", "object", "applet", "marquee", "select"}
LIST_WALLS = WALLS | {"ul", "ol"}
BLOCKS = frozenset({
    "address", "article", "aside", "blockquote", "center", "dd", "details", "div", "dl", "dt",
    "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6",
    "header", "li", "main", "menu", "nav", "ol", "p", "pre", "section", "summary", "ul",
})  # fmt: skip
"""They end a paragraph."""
BLOCK_WALLS = WALLS | BLOCKS

TOKEN = re.compile(r"<(?:!--(?:-?>)?|[!?]|/(?![a-z])|(/?)([a-z][^\t\n\f\r />]*))")
ATTRIBUTES = re.compile(
    r"""(?:[\t\n\f\r /]++
        |(?:=[^\t\n\f\r />=]*+|[^\t\n\f\r />=]++)[\t\n\f\r ]*+
         (?:=[\t\n\f\r ]*+(?:"[^"]*+"|'[^']*+'|(?!["'])[^\t\n\f\r >]*+)|(?!=))
    )*+>""",
    re.VERBOSE,
)


def is_too_deep(html: str) -> bool:
    """Whether elements nest deeper than `DEEPEST`; in time linear in the page."""
    html = html.lower()
    stack: list[str] = []
    at = 0
    while (token := TOKEN.search(html, at)) and len(stack) <= DEEPEST:
        at = _after(html, token)
        slash, name = token.groups()
        if slash:
            _close(stack, name)
        elif name and not _is_foreign(stack):
            _open(stack, name)
            at = _after_raw_text(html, name, at) if name in RAW else at
        elif name and not html.endswith("/>", 0, at):
            stack.append(name)
    return len(stack) > DEEPEST


def _after(html: str, token: re.Match[str]) -> int:
    """Where the tag or comment ends; what does not end takes in the rest of the page."""
    opening = token.group()
    if token[2]:
        attributes = ATTRIBUTES.match(html, token.end())
        return attributes.end() if attributes else len(html)
    if opening.endswith(">"):
        return token.end()
    end = html.find("-->" if opening == "<!--" else ">", token.end())
    return len(html) if end < 0 else end + 1


def _after_raw_text(html: str, name: str, at: int) -> int:
    end = re.compile(rf"</{name}(?=[\t\n\f\r />])").search(html, at)
    return end.start() if end else len(html)


def _is_foreign(stack: list[str]) -> bool:
    """Whether it is within SVG or the like, where every start tag opens an element."""
    return not FOREIGN.isdisjoint(stack)


def _open(stack: list[str], name: str) -> None:
    if name in VOID or name in PAGE or (name in TABLE_PARTS and "table" not in (name, *stack)):
        return
    if name in BLOCKS:
        _close(stack, "p")
    if name == "a" or (stack and stack[-1] == name and name in CLOSED_BY_THE_NEXT):
        _close(stack, name)
    stack.append(name)


def _walls(name: str) -> frozenset[str]:
    """What its end tag can't reach beyond."""
    if name in TABLE_PARTS:
        return TABLE_WALLS
    if name == "li":
        return LIST_WALLS
    return WALLS if name in BLOCKS or name in FORMATTING or name in WALLS else BLOCK_WALLS


def _close(stack: list[str], name: str) -> None:
    if name not in stack:
        return
    walls = _walls(name)
    for index in range(len(stack) - 1, -1, -1):
        if stack[index] == name:
            outlive = () if name in WALLS else FORMATTING
            inner = [other for other in stack[index + 1 :] if other in outlive]
            stack[index:] = stack[index + 1 :] if name in ALONE else inner
            return
        if stack[index] in walls:
            return
