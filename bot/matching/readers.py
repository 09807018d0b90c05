"""Who asked for a query: chats as numbers, in sorted arrays of eight bytes each."""

from array import array
from bisect import bisect_left
from collections.abc import Collection, Iterator, Mapping
from functools import lru_cache

from bot.model import ChatRef, Edition

_BITS = {edition: 1 << place for place, edition in enumerate(Edition)}
_TOPICS = -(1 << 62)
"""Topics have numbers from here on upwards; Telegram's ids have 52 bits."""


@lru_cache(maxsize=64)
def bits_of(editions: Collection[Edition]) -> int:
    """Editions as bits."""
    bits = 0
    for edition in editions:
        bits |= _BITS[edition]
    return bits


class Seats:
    """Chats as numbers: a chat's own id, or, for a topic, the next that is free."""

    def __init__(self) -> None:
        self._numbers: dict[ChatRef, int] = {}
        self._topics: dict[int, ChatRef] = {}
        self._uses: dict[int, int] = {}
        self._next = _TOPICS

    def __len__(self) -> int:
        return len(self._numbers)

    def find(self, chat: ChatRef) -> int | None:
        """Its number, if it has one."""
        return self._numbers.get(chat) if chat.topic else chat.id

    def take(self, chat: ChatRef) -> int:
        """Its number, used once more."""
        if not chat.topic:
            return chat.id
        number = self._numbers.get(chat)
        if number is None:
            number = self._next = self._next + 1
            self._numbers[chat], self._topics[number] = number, chat
        self._uses[number] = self._uses.get(number, 0) + 1
        return number

    def leave(self, number: int) -> None:
        """It is used once less."""
        if number in self._uses:
            self._uses[number] -= 1
            if not self._uses[number]:
                del self._uses[number], self._numbers[self._topics.pop(number)]

    def chat(self, number: int) -> ChatRef:
        """Whose number it is."""
        return self._topics.get(number) or ChatRef(number)


class Readers:
    """The chats that follow one query, parted by the editions in which they do."""

    __slots__ = ("bits", "chats", "more")

    def __init__(self) -> None:
        self.bits = 0
        self.chats = array("q")
        """Those with the editions `bits`, sorted; no bits where there are none."""
        self.more: dict[int, array[int]] | None = None
        """Those with other editions, by these."""

    def __len__(self) -> int:
        return sum(len(chats) for _, chats in self._parts())

    def add(self, number: int, bits: int) -> bool:
        """Whether the chat is new; known or not, these are its editions now."""
        if bits == self.bits and self.more is None:
            return _enter(self.chats, number)
        known = self._find(number)
        if known == bits:
            return False
        if known is not None:
            self._discard(known, number)
        _enter(self._part(bits), number)
        return known is None

    def add_all(self, numbers: set[int], bits: int) -> int:
        """Add many; how many of them are new."""
        known = {number for number in numbers if self._find(number) is not None} if self else set()
        for number in known:
            self.add(number, bits)
        new = numbers - known
        part = self._part(bits)
        if len(new) < len(part):
            for number in new:
                _enter(part, number)
        else:
            part[:] = array("q", sorted([*part, *new]))
        return len(new)

    def remove(self, number: int) -> bool:
        """Whether the chat was there."""
        known = self._find(number)
        if known is not None:
            self._discard(known, number)
        return known is not None

    def others(self, bit: int) -> "list[array[int]]":
        """The chats that follow it in this edition, but for `chats`."""
        return [chats for bits, chats in (self.more or {}).items() if bits & bit and chats]

    def _parts(self) -> "Iterator[tuple[int, array[int]]]":
        yield self.bits, self.chats
        yield from (self.more or {}).items()

    def _find(self, number: int) -> int | None:
        for bits, chats in self._parts():
            at = bisect_left(chats, number)
            if at < len(chats) and chats[at] == number:
                return bits
        return None

    def _part(self, bits: int) -> "array[int]":
        """Those with these editions, to be added to."""
        if not self.chats and bits not in (self.more or ()):
            self.bits = bits
            return self.chats
        if bits == self.bits and self.chats:
            return self.chats
        self.more = self.more or {}
        return self.more.setdefault(bits, array("q"))

    def _discard(self, bits: int, number: int) -> None:
        chats = (self.more or {}).get(bits, self.chats)
        del chats[bisect_left(chats, number)]
        if not self.chats:
            self.bits = 0


def _enter(chats: "array[int]", number: int) -> bool:
    """Whether it is new."""
    at = bisect_left(chats, number)
    if at < len(chats) and chats[at] == number:
        return False
    chats.insert(at, number)
    return True


class Matches(Mapping[ChatRef, tuple[str, ...]]):
    """Who wants an article: chat → sorted keys of the subscriptions that it meets. To be read
    before the matcher changes.
    """

    def __init__(self, seats: Seats, lists: "list[tuple[str, array[int]]]") -> None:
        self._seats = seats
        self.lists = lists
        """The same query by query, as it is kept: key, and chats as numbers."""
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


def _add(keys: dict[int, tuple[str, ...]], key: str, chats: "array[int]") -> None:
    one = (key,)
    for chat in chats:
        keys[chat] = (*keys[chat], key) if chat in keys else one
