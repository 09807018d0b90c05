"""Who asked for a query: chats as numbers, in sorted arrays of eight bytes each."""

from array import array
from bisect import bisect_left, insort
from collections.abc import Collection, Iterator, Mapping
from functools import lru_cache
from struct import Struct
from typing import TypeAlias

from bot.matching.seats import Seats
from bot.model import ChatRef, Edition

_BITS = {edition: 1 << place for place, edition in enumerate(Edition)}


@lru_cache(maxsize=64)
def bits_of(editions: Collection[Edition]) -> int:
    """Editions as bits."""
    bits = 0
    for edition in editions:
        bits |= _BITS[edition]
    return bits


Numbers: TypeAlias = "array[int] | bytes"
"""Chats, sorted; one alone or none without an array around their bytes, which takes half."""
FEW = 64
"""Chats that are put in one by one: each moves those behind it. More are sorted in together."""
_NOBODY = b""
_bytes = Struct("q").pack


class Readers:
    """The chats that follow one query, parted by the editions in which they do."""

    __slots__ = ("bits", "chats", "more")

    def __init__(self) -> None:
        self.bits = 0
        self.chats: Numbers = _NOBODY
        """Those with the editions `bits`; no bits where there are none."""
        self.more: dict[int, Numbers] | None = None
        """Those with other editions, by these."""

    def __len__(self) -> int:
        return sum(map(len, map(_listed, (self.chats, *(self.more or {}).values()))))

    def add(self, number: int, bits: int) -> bool:
        """Whether the chat is new; known or not, these are its editions now."""
        known = self._find(number)
        if known == bits:
            return False
        if known is not None:
            self._discard(known, number)
        self._enter({number}, bits)
        return known is None

    def add_all(self, numbers: set[int], bits: int) -> int:
        """Add many; how many of them are new."""
        known = {number for number in numbers if self._find(number) is not None} if self else set()
        for number in known:
            self.add(number, bits)
        self._enter(numbers - known, bits)
        return len(numbers) - len(known)

    def remove(self, number: int) -> bool:
        """Whether the chat was there."""
        known = self._find(number)
        if known is not None:
            self._discard(known, number)
        return known is not None

    def others(self, bit: int) -> list[Numbers]:
        """The chats that follow it in this edition, but for `chats`."""
        return [chats for bits, chats in (self.more or {}).items() if bits & bit]

    def _find(self, number: int) -> int | None:
        """The editions of a chat."""
        if _holds(self.chats, number):
            return self.bits
        more = (self.more or {}).items()
        return next((bits for bits, chats in more if _holds(chats, number)), None)

    def _enter(self, numbers: set[int], bits: int) -> None:
        """Add chats that are not there."""
        more = self.more or {}
        if not numbers:
            return
        if bits not in more and (bits == self.bits or not self.chats):
            self.bits, self.chats = bits, _with(self.chats, numbers)
        else:
            self.more = more
            more[bits] = _with(more.get(bits, _NOBODY), numbers)

    def _discard(self, bits: int, number: int) -> None:
        more = self.more or {}
        left = _without(more.get(bits, self.chats), number)
        if bits not in more:
            self.chats = left
            self.bits = bits if left else 0
        elif left:
            more[bits] = left
        else:
            del more[bits]
        self.more = more or None


def _listed(chats: Numbers) -> "array[int]":
    return chats if isinstance(chats, array) else array("q", chats)


def _holds(chats: Numbers, number: int) -> bool:
    if not isinstance(chats, array):
        return chats == _bytes(number)
    at = bisect_left(chats, number)
    return at < len(chats) and chats[at] == number


def _with(chats: Numbers, numbers: set[int]) -> Numbers:
    """With more, which are not there."""
    if isinstance(chats, array) and len(numbers) <= FEW:
        for number in numbers:
            insort(chats, number)
        return chats
    found = sorted([*_listed(chats), *numbers])
    return array("q", found) if len(found) > 1 else _bytes(found[0])


def _without(chats: Numbers, number: int) -> Numbers:
    """Without one that is there."""
    if not isinstance(chats, array):
        return _NOBODY
    del chats[bisect_left(chats, number)]
    return chats if len(chats) > 1 else chats.tobytes()


class Matches(Mapping[ChatRef, tuple[str, ...]]):
    """Who wants an article: chat → sorted keys of the subscriptions that it meets. To be read
    before the matcher changes.
    """

    def __init__(self, seats: Seats, lists: list[tuple[str, Numbers]]) -> None:
        self._seats = seats
        self.lists = lists
        """The same query by query, as it is kept: key, and chats as numbers of eight bytes."""
        self._keys: dict[int, tuple[str, ...]] | None = None

    def __getitem__(self, chat: ChatRef) -> tuple[str, ...]:
        number = self._seats.find(chat)
        if number is None:
            raise KeyError(chat)
        return self._by_chat()[number]

    def __iter__(self) -> Iterator[ChatRef]:
        return map(self._seats.chat, self._by_chat())

    def __len__(self) -> int:
        return len(self._by_chat())

    def __bool__(self) -> bool:
        return bool(self.lists)

    def __repr__(self) -> str:
        return repr(dict(self))

    def _by_chat(self) -> dict[int, tuple[str, ...]]:
        if self._keys is None:
            self._keys = {}
            for key, chats in sorted(self.lists, key=lambda one: one[0]):
                _add(self._keys, key, chats)
        return self._keys


def _add(keys: dict[int, tuple[str, ...]], key: str, chats: Numbers) -> None:
    one = (key,)
    for chat in _listed(chats):
        keys[chat] = (*keys[chat], key) if chat in keys else one
