"""The words that are asked for, as the index knows them."""

import json
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from bot.matching.analysis import STEM
from bot.matching.terms import Form, Leaf, Scope, Term, Tongue, Word
from bot.search.naming import BEGUN, CAPITALS, EDITION, LETTERS, SECTION

WIDEST: Final = 64
"""Words that a beginning may stand for: those that the index met first, which are the frequent."""
LOOKED_AT: Final = 2_000
"""Words that begin so, of which these are chosen."""
_LAST = chr(0x10FFFF)
_BY_KEY = """
SELECT number FROM words WHERE name IN (SELECT value FROM json_each(?1))
UNION SELECT number FROM keys WHERE key IN (SELECT value FROM json_each(?1))
"""
_BY_BEGINNING = """
SELECT number FROM (SELECT number FROM words WHERE name >= ? AND name < ? LIMIT ?)
ORDER BY number LIMIT ?
"""
_BY_LETTERS = """
SELECT number FROM words WHERE substr(ltrim(name, '~'), 1, 3) = ? ORDER BY number LIMIT ?
"""
_NAMES = "SELECT name FROM words WHERE number IN (SELECT value FROM json_each(?))"
Numbers = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """A term as the index knows it: for each of its words the numbers of those that it may be,
    and of those that are it in one word.
    """

    words: tuple[Numbers, ...]
    joined: Numbers = ()

    def in_title(self) -> "Place":
        """The same in titles."""
        return Place(tuple(map(_in_title, self.words)), _in_title(self.joined))


class Dictionary:
    """The numbers of words. Every method raises sqlite3.Error."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    def place(self, leaf: Leaf) -> Place:
        """A leaf, looked up."""
        if isinstance(leaf, Tongue):
            return Place((self.by_key([EDITION + leaf.edition]),))
        if leaf.scope is Scope.SECTION:
            return Place(tuple(self.by_key(_in_section(word)) for word in leaf.words))
        joined = leaf.joined if len(leaf.words) > 1 else ()
        place = Place(tuple(map(self._numbers, leaf.words)), self.by_key(joined))
        return place.in_title() if leaf.scope is Scope.TITLE else place

    def names(self, term: Term) -> list[str]:
        """As which words a term of one word stands in the index."""
        given = json.dumps(self._numbers(term.words[0]))
        return [name for (name,) in self._db.execute(_NAMES, (given,))]

    def _numbers(self, word: Word) -> Numbers:
        if word.form is Form.INFLECTED:
            return self.by_key(word.keys)
        if word.form is Form.PREFIX:
            return self._by_beginning(word.text)
        return tuple(
            number
            for name in (word.text, STEM + word.text)
            for number in (*self.by_key([name]), *self._between(name + CAPITALS))
        )

    def by_key(self, keys: Iterable[str]) -> Numbers:
        """Those found by one of these."""
        found = [*keys]
        return tuple(each for (each,) in self._db.execute(_BY_KEY, (json.dumps(found),)))

    def _by_beginning(self, text: str) -> Numbers:
        if len(text) <= LETTERS:
            given = text, WIDEST * (len(text) == LETTERS)
            often = tuple(each for (each,) in self._db.execute(_BY_LETTERS, given))
            return _in_title(self.by_key([BEGUN + text])) + often
        found = *self._between(text), *self._between(STEM + text)
        return tuple(sorted(found)[:WIDEST])

    def _between(self, text: str) -> Numbers:
        given = text, text + _LAST, LOOKED_AT, WIDEST
        return tuple(each for (each,) in self._db.execute(_BY_BEGINNING, given))


def _in_section(word: Word) -> list[str]:
    return [SECTION + key for key in word.keys]


def _in_title(numbers: Numbers) -> Numbers:
    return tuple(-abs(number) for number in numbers)
