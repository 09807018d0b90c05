"""Text from outside, made fit for one line of a message."""

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import accumulate, groupby

from bot.messages.lengths import continues, cut

Span = tuple[int, int]
"""From a code point up to, but not including, another."""

LONGEST = 8192
"""What comes after so many code points is never looked at."""
MOST_MARKS = 24
"""Telegram takes 100 entities in a message."""

_ISOLATE, _END_ISOLATE = "\u2068", "\u2069"
_INVISIBLE = frozenset(
    "\u00ad\u061c\u180e\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068"
    "\u2069\ufeff"
)
_BLANK = frozenset("\u115f\u1160\u2800\u3164\uffa0")
_RIGHT_TO_LEFT = frozenset({"R", "AL", "AN"})
_UNFIT = frozenset({"Cs", "Cc"})
_NONCHARACTERS = range(0xFDD0, 0xFDF0)
_LAST_OF_PLANE = 0xFFFE


def clean(text: str, limit: int) -> str:
    """One line of at most `limit` UTF-16 units, without control characters, halves of
    surrogates and what reorders or hides; in an isolate where it is written right to left.
    Empty where nothing in it can be seen.
    """
    return "".join(part for part, _ in pieces(text, (), limit))


def pieces(text: str, spans: Iterable[Span], limit: int) -> tuple[tuple[str, bool], ...]:
    """As `clean`, in pieces that are or aren't within one of the spans in `text`."""
    return _pieces(text[:LONGEST], tuple(spans), limit)


# An article goes to many readers, and many of them asked for the same words.
@lru_cache(maxsize=1024)
def _pieces(text: str, spans: tuple[Span, ...], limit: int) -> tuple[tuple[str, bool], ...]:
    flagged = list(_folded(_flagged(text, spans)))
    line = "".join(character for character, _ in flagged)
    isolated = _is_right_to_left(line)
    line = cut(line, limit - 2 * isolated)
    if not _is_visible(line):
        return ()
    marks = [mark for _, mark in flagged]
    found = _limited(_grouped(line, marks))
    return ((_ISOLATE, False), *found, (_END_ISOLATE, False)) if isolated else tuple(found)


def _flagged(text: str, spans: Iterable[Span]) -> Iterator[tuple[str, bool]]:
    inside = bytearray(len(text))
    for start, end in spans:
        first = max(0, start)
        last = max(first, min(end, len(text)))
        inside[first:last] = b"\1" * (last - first)
    for character, mark in zip(text, inside, strict=True):
        yield character, bool(mark)


def _folded(flagged: Iterable[tuple[str, bool]]) -> Iterator[tuple[str, bool]]:
    """White space to single spaces, none at the ends; a mark holds for a character with all
    that belongs to it.
    """
    space: tuple[str, bool] | None = None
    begun, last = False, False
    for character, flag in flagged:
        if character.isspace():
            space = space or (" ", flag)
        elif not _is_dropped(character):
            if space and begun:
                yield space
            mark = last if continues(character) and begun and not space else flag
            space, begun, last = None, True, mark
            yield character, mark


def _is_dropped(character: str) -> bool:
    if " " < character < "\x7f":
        return False
    if character in _INVISIBLE or unicodedata.category(character) in _UNFIT:
        return True
    return ord(character) in _NONCHARACTERS or ord(character) & _LAST_OF_PLANE == _LAST_OF_PLANE


def _is_visible(line: str) -> bool:
    return any(
        character not in _BLANK
        and (
            unicodedata.category(character)[0] in "LNPS" or unicodedata.category(character) == "Cn"
        )
        for character in line
    )


def _is_right_to_left(line: str) -> bool:
    if line.isascii():
        return False
    return any(unicodedata.bidirectional(character) in _RIGHT_TO_LEFT for character in line)


def _grouped(line: str, marks: Sequence[bool]) -> list[tuple[str, bool]]:
    # A cut may have put an ellipsis where there is no mark any more.
    padded = zip(line, [*marks, False], strict=False)
    found = groupby(padded, key=lambda pair: pair[1])
    return [("".join(character for character, _ in run), mark) for mark, run in found]


def _limited(found: list[tuple[str, bool]]) -> list[tuple[str, bool]]:
    """Not more marks than Telegram takes."""
    seen = accumulate(int(mark) for _, mark in found)
    return [
        (part, mark and so_far <= MOST_MARKS)
        for (part, mark), so_far in zip(found, seen, strict=True)
    ]
