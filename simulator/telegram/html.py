"""`parse_mode=HTML`, with Telegram's own messages for what it can't parse."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from simulator.telegram.errors import ApiError
from simulator.telegram.model import Json
from simulator.telegram.references import decode_reference
from simulator.telegram.tags import TAGS, entity, parse_error
from simulator.telegram.text import SURROGATE, Formatted, utf16_length

SPACE = " \t\r\n\v\0"
SPECIAL = re.compile("[<&]")
BROKEN_CHARACTERS = (
    "Text contains invalid Unicode characters after decoding HTML entities, "
    "check for unmatched surrogate code units"
)


def parse_html(source: str) -> Formatted:
    """The text and its entities. Raises ApiError and nothing else."""
    return _Parser(source).parse()


@dataclass(slots=True)
class _Open:
    """A tag that waits for its end."""

    tag: str
    attributes: dict[str, str]
    offset: int
    piece: int


class _Parser:
    def __init__(self, source: str) -> None:
        self._source = source
        self._at = 0
        self._pieces: list[str] = []
        self._length = 0
        self._open: list[_Open] = []
        self._entities: list[Json] = []

    def parse(self) -> Formatted:
        while found := SPECIAL.search(self._source, self._at):
            self._put(self._source[self._at : found.start()])
            self._at = found.start()
            self._special(found[0])
        self._put(self._source[self._at :])
        if self._open:
            tag = self._open[-1].tag
            raise parse_error(f'Can\'t find end tag corresponding to start tag "{tag}"')
        return self._checked("".join(self._pieces))

    def _checked(self, text: str) -> Formatted:
        if SURROGATE.search(text):
            raise parse_error(BROKEN_CHARACTERS)
        return Formatted(text, self._entities)

    def _put(self, piece: str) -> None:
        self._pieces.append(piece)
        self._length += utf16_length(piece)

    def _special(self, character: str) -> None:
        if character == "&":
            decoded, self._at = decode_reference(self._source, self._at)
            self._put(decoded)
        elif self._source.startswith("</", self._at):
            self._end_tag()
        else:
            self._start_tag()

    def _peek(self) -> str:
        return self._source[self._at : self._at + 1]

    def _take(self, ends: Callable[[str], bool]) -> str:
        start = self._at
        while self._at < len(self._source) and not ends(self._source[self._at]):
            self._at += 1
        return self._source[start : self._at]

    def _skip_space(self) -> None:
        self._take(lambda character: character not in SPACE)

    def _error(self, reason: str, at: int, rest: str = "") -> ApiError:
        offset = len(self._source[:at].encode("utf-8", "surrogatepass"))
        return parse_error(f"{reason} at byte offset {offset}{rest}")

    def _start_tag(self) -> None:
        begin = self._at
        self._at += 1
        tag = self._take(lambda character: character in SPACE or character == ">").lower()
        if not self._peek():
            raise self._error("Unclosed start tag", begin)
        if tag not in TAGS:
            raise self._error(f'Unsupported start tag "{tag}"', begin)
        attributes: dict[str, str] = {}
        self._skip_space()
        while self._peek() != ">":
            name, value = self._attribute(tag, begin)
            attributes[name] = value
            self._skip_space()
        self._at += 1
        if tag == "span" and attributes.get("class") != "tg-spoiler":
            raise self._error('Tag "span" must have class "tg-spoiler"', begin)
        self._open.append(_Open(tag, attributes, self._length, len(self._pieces)))

    def _attribute(self, tag: str, begin: int) -> tuple[str, str]:
        if not self._peek():
            raise self._error("Unclosed start tag", begin)
        name = self._take(lambda character: character in SPACE or character in "=>")
        if not name:
            raise self._error(f'Empty attribute name in the tag "{tag}"', begin)
        self._skip_space()
        if self._peek() != "=":
            return self._bare_attribute(tag, name, begin)
        self._at += 1
        self._skip_space()
        if not self._peek():
            raise self._error(f'Unclosed start tag "{tag}"', begin)
        return name, self._value(begin)

    def _bare_attribute(self, tag: str, name: str, begin: int) -> tuple[str, str]:
        if not self._peek():
            raise self._error(f'Unclosed start tag "{tag}"', begin)
        if (tag, name) == ("blockquote", "expandable"):
            return name, ""
        what = f'Expected equal sign in declaration of an attribute of the tag "{tag}"'
        raise self._error(what, begin)

    def _value(self, begin: int) -> str:
        quote = self._peek()
        if quote not in "'\"":
            return self._token()
        pieces = []
        self._at += 1
        while self._peek() not in {quote, ""}:
            pieces.append(self._take(lambda character: character in {quote, "&"}))
            if self._peek() == "&":
                decoded, self._at = decode_reference(self._source, self._at)
                pieces.append(decoded)
        self._at += 1
        if self._at >= len(self._source):
            raise self._error("Unclosed start tag", begin)
        return "".join(pieces)

    def _token(self) -> str:
        begin = self._at
        token = self._take(lambda character: not re.match(r"[A-Za-z0-9.-]", character))
        if self._peek() not in {*SPACE, ">"}:
            raise self._error("Unexpected end of name token", begin)
        return token.lower()

    def _end_tag(self) -> None:
        begin = self._at
        if not self._open:
            raise self._error("Unexpected end tag", begin)
        self._at += 2
        found = self._take(lambda character: character in SPACE or character == ">").lower()
        self._skip_space()
        if self._peek() != ">":
            raise self._error("Unclosed end tag", begin)
        self._at += 1
        expected = self._open[-1].tag
        if found and found != expected:
            rest = f', expected "</{expected}>", found "</{found}>"'
            raise self._error("Unmatched end tag", begin, rest)
        self._close(self._open.pop())

    def _close(self, opened: _Open) -> None:
        length = self._length - opened.offset
        if length:
            inner = "".join(self._pieces[opened.piece :])
            place = {"offset": opened.offset, "length": length}
            if made := entity(opened.tag, opened.attributes, inner):
                self._add(made | place)

    def _add(self, made: Json) -> None:
        last = self._entities[-1] if self._entities else {}
        same = all(last.get(key) == made[key] for key in ("offset", "length"))
        if same and {made["type"], last["type"]} == {"pre", "code"}:
            self._entities[-1] = made | last | {"type": "pre"}
        else:
            self._entities.append(made)
