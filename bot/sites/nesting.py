"""How deep a page's elements nest, estimated before it is parsed.

The parser's time is quadratic in nesting: a page of 100,000 open elements takes it 18 s. The
estimate follows the HTML standard where it matters for depth (void and raw-text elements, scopes,
formatting elements that outlive their parents) and errs towards too deep.
"""

import re
from collections.abc import Iterator

DEEPEST = 256
"""A news page is 20 to 30 deep."""

VOID = frozenset({
    "area", "base", "basefont", "bgsound", "br", "col", "embed", "frame", "hr", "image", "img",
    "input", "keygen", "link", "meta", "param", "source", "track", "wbr",
})  # fmt: skip
RAW = frozenset({"iframe", "noembed", "noframes", "script", "style", "textarea", "title", "xmp"})
FOREIGN = frozenset({"svg", "math"})
CLOSED_BY_THE_NEXT = frozenset({"dd", "dt", "li", "option", "p", "td", "th", "tr"})
FORMATTING = frozenset({
    "a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt",
    "u",
})  # fmt: skip
TABLE_PARTS = frozenset({"caption", "table", "tbody", "td", "tfoot", "th", "thead", "tr"})
TABLE_WALLS = frozenset({"table", "template"})
WALLS = TABLE_WALLS | {"td", "th", "caption", "object", "applet", "marquee"}

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
    stack: list[str] = []
    for closes, name, self_closed in _tags(html.lower()):
        if closes:
            _close(stack, name)
        elif not (name in VOID or (self_closed and not FOREIGN.isdisjoint(stack))):
            _open(stack, name)
            if len(stack) > DEEPEST:
                return True
    return False


def _tags(html: str) -> Iterator[tuple[bool, str, bool]]:
    """(is an end tag, name, ends with `/>`), comments and raw text left out."""
    foreign = 0
    at = 0
    while token := TOKEN.search(html, at):
        slash, name = token.groups()
        if not name:
            at = _after_comment(html, token)
        elif end := ATTRIBUTES.match(html, token.end()):
            at = end.end()
            yield bool(slash), name, html.endswith("/>", 0, at)
            foreign += (-1 if slash else 1) if name in FOREIGN else 0
            if name in RAW and not slash and foreign <= 0:
                at = _after_raw_text(html, name, at)
        else:
            return


def _after_comment(html: str, token: re.Match[str]) -> int:
    opening = token.group()
    if opening.endswith(">"):
        return token.end()
    end = html.find("-->" if opening == "<!--" else ">", token.end())
    return len(html) if end < 0 else end + 1


def _after_raw_text(html: str, name: str, at: int) -> int:
    end = re.compile(rf"</{name}(?=[\t\n\f\r />])").search(html, at)
    return end.start() if end else len(html)


def _open(stack: list[str], name: str) -> None:
    if name == "a" or (stack and stack[-1] == name and name in CLOSED_BY_THE_NEXT):
        _close(stack, name)
    stack.append(name)


def _close(stack: list[str], name: str) -> None:
    walls = TABLE_WALLS if name in TABLE_PARTS else WALLS
    for index in range(len(stack) - 1, -1, -1):
        if stack[index] == name:
            outlive = () if name in WALLS else FORMATTING
            stack[index:] = [inner for inner in stack[index + 1 :] if inner in outlive]
            return
        if stack[index] in walls:
            return
