"""`parse_mode=MarkdownV2`, and the older `Markdown`."""

import re
from dataclasses import dataclass, field

from simulator.telegram.errors import ApiError
from simulator.telegram.model import Json
from simulator.telegram.tags import entity, parse_error
from simulator.telegram.text import Formatted, utf16_length

MARKS = {"*": "b", "_": "i", "__": "u", "~": "s", "||": "tg-spoiler"}
V2 = re.compile(
    r"\\(?P<escaped>[\x01-\x7e])"
    r"|```(?:(?P<language>[\w+#-]+)\n|\n)?(?P<pre>(?:\\.|[^`\\]|`(?!``))*)```"
    r"|`(?P<code>(?:\\.|[^`\\])+)`"
    r"|(?P<mark>\|\||__|[*_~])"
    r"|(?P<link>!?\[)"
    r"|\](?:\((?P<url>(?:\\.|[^)\\])*)\))"
    r"|(?P<quote>^(?:\*\*)?>)"
    r"|(?P<reserved>[\[\]()~`>#+=|{}.!-])",
    re.MULTILINE | re.DOTALL,
)
LEGACY = re.compile(
    r"\\(?P<escaped>[_*`\[])"
    r"|```(?:(?P<language>[\w+#-]+)\n|\n)?(?P<pre>.*?)```"
    r"|`(?P<code>[^`]+)`"
    r"|\*(?P<bold>[^*]+)\*|_(?P<italic>[^_]+)_"
    r"|\[(?P<label>[^\]]+)\]\((?P<url>[^)]*)\)"
    r"|(?P<reserved>[_*`\[])",
    re.DOTALL,
)
ESCAPE = re.compile(r"\\([\x01-\x7e])", re.DOTALL)
NUMBER = re.compile(r"id=(\d+)")


@dataclass(slots=True)
class _Writer:
    """A text that grows, and its entities."""

    pieces: list[str] = field(default_factory=list)
    length: int = 0
    entities: list[Json] = field(default_factory=list)

    def put(self, piece: str) -> None:
        self.pieces.append(piece)
        self.length += utf16_length(piece)

    def mark(self, tag: str, start: int, **attributes: str) -> None:
        made = entity(tag, attributes, "") if self.length > start else None
        if made:
            self.entities.append(made | {"offset": start, "length": self.length - start})

    def marked(self, tag: str, piece: str, **attributes: str) -> None:
        start = self.length
        self.put(piece)
        self.mark(tag, start, **attributes)

    def result(self) -> Formatted:
        return Formatted("".join(self.pieces), self.entities)


def parse_markdown(source: str) -> Formatted:
    """The older form: nothing nested. Raises ApiError."""
    writer = _Writer()
    at = 0
    for found in LEGACY.finditer(source):
        writer.put(source[at : found.start()])
        at = found.end()
        _put_legacy(writer, source, found)
    writer.put(source[at:])
    return writer.result()


def _put_legacy(writer: _Writer, source: str, found: re.Match[str]) -> None:
    tags = {"code": "code", "bold": "b", "italic": "i"}
    kind = found.lastgroup or ""
    if kind == "escaped":
        writer.put(found[kind])
    elif kind in tags:
        writer.marked(tags[kind], found[kind])
    elif kind == "pre":
        writer.marked("pre", found[kind], **_language(found))
    elif kind == "url":
        writer.marked("a", found["label"], href=found["url"])
    else:
        raise _error("Can't find end of the entity starting", source, found.start())


def parse_markdown_v2(source: str) -> Formatted:
    """The text and its entities. Raises ApiError."""
    return _V2Parser(source).parse()


class _V2Parser:
    def __init__(self, source: str) -> None:
        self._source = source
        self._writer = _Writer()
        self._open: list[tuple[str, int, int]] = []
        self._quote: int | None = None

    def parse(self) -> Formatted:
        at = 0
        for found in V2.finditer(self._source):
            self._put(self._source[at : found.start()])
            at = found.end()
            self._token(found)
        self._put(self._source[at:])
        self._end_quote()
        if self._open:
            raise _error("Can't find end of the entity starting", self._source, self._open[-1][2])
        return self._writer.result()

    def _put(self, piece: str) -> None:
        """Text; a quotation ends with the line after which no `>` follows."""
        for line in re.split(r"(?<=\n)", piece):
            if self._quote is not None and line and self._writer.pieces[-1:] == ["\n"]:
                self._end_quote()
            head = line.removesuffix("\n")
            self._writer.put(head)
            if head != line:
                self._writer.put("\n")

    def _token(self, found: re.Match[str]) -> None:
        kind = found.lastgroup or ""
        if kind == "escaped":
            self._put(found[kind])
        elif kind in {"code", "pre"}:
            self._writer.marked(kind, ESCAPE.sub(r"\1", found[kind]), **_language(found))
        elif kind == "mark":
            self._mark(found[kind], found.start())
        elif kind == "link":
            self._open.append((found[kind], self._writer.length, found.start()))
        elif kind == "url":
            self._end_link(found)
        elif kind == "quote":
            self._quote = self._writer.length if self._quote is None else self._quote
        else:
            raise _reserved(found[0])

    def _mark(self, mark: str, at: int) -> None:
        if self._open and self._open[-1][0] == mark:
            _, start, _ = self._open.pop()
            self._writer.mark(MARKS[mark], start)
        elif any(opened == mark for opened, _, _ in self._open):
            raise _error("Can't find end of the entity starting", self._source, self._open[-1][2])
        else:
            self._open.append((mark, self._writer.length, at))

    def _end_link(self, found: re.Match[str]) -> None:
        if not self._open or self._open[-1][0] not in {"[", "!["}:
            raise _reserved("]")
        opened, start, _ = self._open.pop()
        url = ESCAPE.sub(r"\1", found["url"])
        number = NUMBER.search(url)
        if opened == "![" and number:
            self._writer.mark("tg-emoji", start, **{"emoji-id": number[1]})
        else:
            self._writer.mark("a", start, href=url)

    def _end_quote(self) -> None:
        if self._quote is not None:
            self._writer.mark("blockquote", self._quote)
            self._quote = None


def _language(found: re.Match[str]) -> dict[str, str]:
    language = found.groupdict().get("language")
    return {"class": f"language-{language}"} if language else {}


def _error(reason: str, source: str, at: int) -> ApiError:
    return parse_error(f"{reason} at byte offset {len(source[:at].encode())}")


def _reserved(character: str) -> ApiError:
    return parse_error(
        f"Character '{character}' is reserved and must be escaped with the preceding '\\'"
    )
