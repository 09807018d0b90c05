"""Who wants an article: an inverted index of all subscriptions.

spelling → words asked for → queries that wait under their rarest word → who asked. An article's
distinct words are looked up once; of the queries only those are looked at whose two rarest words
both stand in it.
"""

from bot.matching.entry import ALWAYS, Entry
from bot.matching.program import anchors, compiled, needed, numbers, shortcut
from bot.matching.query import Query, parse
from bot.matching.readers import Matches, bits_of
from bot.matching.seats import Seats
from bot.matching.sheet import Sheet
from bot.matching.vocabulary import Asked, Vocabulary
from bot.model import Article, ChatRef, Following, Subscription

_SECTIONS = 1 << 32
"""The words of sections have numbers from here on."""


class Matcher:
    """The index of subscriptions. A change holds from the next article on."""

    def __init__(self) -> None:
        self._words = Vocabulary()
        self._sections = Vocabulary(_SECTIONS)
        self._seats = Seats()
        self._entries: dict[str, Entry] = {}
        # Entries whose key another meaning has: keys of an older analysis.
        self._others: dict[str, dict[str, Entry]] = {}
        self._size = 0

    def __len__(self) -> int:
        return self._size

    def follows(self, key: str) -> bool:
        """Whether anybody has a subscription under this key."""
        return key in self._entries

    @property
    def queries(self) -> int:
        """How many distinct ones are followed."""
        return len(self._entries) + sum(map(len, self._others.values()))

    def put(self, subscription: Subscription) -> None:
        """Add a subscription, in place of one of the same chat and key. Raises QueryError, and
        then nothing is changed.
        """
        entry = self._entry(subscription.key, subscription.text)
        self._join(entry, subscription.chat, bits_of(subscription.editions))

    def put_all(self, following: Following) -> None:
        """The same for many."""
        entry = self._entry(following.key, following.text)
        bits = bits_of(following.editions)
        if following.topic or following.key in self._others:
            for chat in following.chats:
                self._join(entry, ChatRef(chat, following.topic), bits)
        else:
            self._size += entry.add_all(set(following.chats), bits)

    def remove(self, chat: ChatRef, key: str) -> None:
        """Remove a subscription; an unknown one is nothing."""
        number = self._seats.find(chat)
        if number is not None:
            for entry in self._under_key(key):
                self._part(number, entry)

    def match(self, article: Article) -> Matches:
        """Who wants the article, in the editions that they follow their queries in."""
        sheet = Sheet(article, self._words, self._sections)
        bit = bits_of((article.edition,))
        met = self._met(sheet)
        lists = [(one.key, one.chats) for one in met if one.bits & bit]
        lists += [(one.key, chats) for one in met if one.more for chats in one.others(bit)]
        return Matches(self._seats, lists)

    def _entry(self, key: str, text: str) -> Entry:
        """The entry of a subscription, made where there is none. Raises QueryError."""
        known = self._entries.get(key)
        if known is not None and known.says(text):
            return known
        query = parse(text)
        if known is not None and known.meaning == query.key:
            known.see(text)
            return known
        if known is None:
            known = self._entries[key] = self._enter(key, query)
            return known
        others = self._others.setdefault(key, {})
        if query.key not in others:
            others[query.key] = self._enter(key, query)
        return others[query.key]

    def _under_key(self, key: str) -> list[Entry]:
        known = self._entries.get(key)
        return [*([known] if known else ()), *self._others.get(key, {}).values()]

    def _join(self, entry: Entry, chat: ChatRef, bits: int) -> None:
        """Let a chat follow a query, and none else under its key."""
        number = self._seats.take(chat)
        for other in self._under_key(entry.key) if self._others else ():
            if other is not entry:
                self._part(number, other)
        if entry.add(number, bits):
            self._size += 1
        else:
            self._seats.leave(number)

    def _part(self, number: int, entry: Entry) -> None:
        """Let a chat follow a query no more."""
        if entry.remove(number):
            self._size -= 1
            self._seats.leave(number)
            if not len(entry):
                self._forget(entry)

    def _enter(self, key: str, query: Query) -> Entry:
        program = compiled(query.tree, self._words, self._sections)
        entry = Entry(key, query, program)
        must = sorted(needed(program), key=self._weight)
        if len(must) > 1:
            entry.beside = must[1]
        entry.under = must[0] if must else _one(anchors(program, self._weight) or set())
        entry.barred, entry.is_enough = shortcut(program)
        for number in _each(entry.under):
            self._asked(number).wait(entry)
        return entry

    def _forget(self, entry: Entry) -> None:
        if self._entries.get(entry.key) is entry:
            del self._entries[entry.key]
        else:
            del self._others[entry.key][entry.meaning]
            if not self._others[entry.key]:
                del self._others[entry.key]
        for number in _each(entry.under):
            self._asked(number).leave(entry)
        for number in numbers(entry.program):
            self._table(number).drop(number)

    def _table(self, number: int) -> Vocabulary:
        return self._words if number < _SECTIONS else self._sections

    def _asked(self, number: int) -> Asked:
        return self._table(number).asked[number]

    def _weight(self, number: int) -> tuple[bool, int, int]:
        return self._asked(number).weight

    def _met(self, sheet: Sheet) -> list[Entry]:
        """The queries that the article meets."""
        words, sections = self._words.asked, self._sections.asked
        met: list[Entry] = []
        perhaps: list[Entry] = []
        either: set[Entry] = set()
        for number in sheet.held:
            asked = words.get(number) or sections[number]
            met += asked.sure
            perhaps += asked.perhaps
            if asked.either:
                either.update(asked.either)
        perhaps += either
        held = sheet.held | {ALWAYS}
        left = [one for one in perhaps if one.beside in held and one.barred not in held]
        return met + [one for one in left if one.is_enough or sheet.meets(one.program)]


def _one(numbers: set[int]) -> int | tuple[int, ...]:
    return tuple(numbers) if len(numbers) != 1 else numbers.pop()


def _each(numbers: int | tuple[int, ...]) -> tuple[int, ...]:
    return (numbers,) if isinstance(numbers, int) else numbers
