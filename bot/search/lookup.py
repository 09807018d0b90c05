"""Which articles of a block hold what is asked for."""

import json
import sqlite3
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from bot.matching.analysis import STEM
from bot.matching.terms import Form, Leaf, Scope, Term, Tongue, Word
from bot.matching.tree import Always, Junction, Node, Not, holds
from bot.search import postings
from bot.search.naming import BEGUN, CAPITALS, EDITION, LETTERS, SECTION

WIDEST: Final = 64
"""Words that a beginning may stand for: those that the index met first, which are the frequent."""
LOOKED_AT: Final = 2_000
"""Words that begin so, of which these are chosen."""
EVERYTHING: Final = (1 << postings.BLOCK) - 1
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
_ROWS = "SELECT bits FROM postings WHERE block = ? AND word IN (SELECT value FROM json_each(?))"
_NEXT = "SELECT max(id) FROM articles WHERE id < ?"
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


class Block:
    """The articles of one block, each a bit. Every method raises sqlite3.Error, zlib.error or
    ValueError.
    """

    def __init__(self, db: sqlite3.Connection, number: int) -> None:
        self._db = db
        self._number = number
        self._rows: dict[Numbers, int] = {}
        self.first = number * postings.BLOCK
        """The id that the lowest bit stands for."""

    def below(self, id_: int) -> int:
        """All with lower ids."""
        return (1 << min(max(id_ - self.first, 0), postings.BLOCK)) - 1

    def having(self, place: Place) -> int:
        """Those that have a place's words, side by side or not."""
        bits = EVERYTHING
        for numbers in place.words:
            bits &= self._any(numbers)
            if not bits:
                break
        return bits | self._any(place.joined)

    def joins(self, place: Place, number: int) -> bool:
        """Whether an article has a place's words as one."""
        return bool(self._any(place.joined) >> number & 1)

    def _any(self, numbers: Numbers) -> int:
        if not numbers:
            return 0
        if numbers not in self._rows:
            rows = self._db.execute(_ROWS, (self._number, json.dumps(numbers)))
            self._rows[numbers] = postings.joined(row for (row,) in rows)
        return self._rows[numbers]


def blocks_below(db: sqlite3.Connection, id_: int) -> Iterator[Block]:
    """Those that have articles with lower ids, the newest first. Raises sqlite3.Error."""
    while (last := db.execute(_NEXT, (id_,)).fetchone()[0]) is not None:
        block = Block(db, last // postings.BLOCK)
        yield block
        id_ = block.first


@dataclass(frozen=True, slots=True)
class Tree:
    """A query's tree with its leaves looked up: some may have several places."""

    node: Node
    places: dict[str, list[Place]]
    """By the leaf's canonical form."""

    def held(self, block: Block) -> int:
        """The articles that may meet it: of several words it is not yet known where they stand."""
        return self._held(self.node, block)

    def _held(self, node: Node, block: Block) -> int:
        match node:
            case Always(value):
                return EVERYTHING if value else 0
            case Not(leaf):
                # Words apart are no reason to exclude an article: that is seen later.
                return EVERYTHING if self._is_run(leaf) else EVERYTHING & ~self._leaf(leaf, block)
            case Junction(is_all, parts):
                return self._junction(parts, block, is_all=is_all)
        return self._leaf(node, block)

    def _junction(self, parts: Collection[Node], block: Block, *, is_all: bool) -> int:
        bits = EVERYTHING if is_all else 0
        for part in parts:
            found = self._held(part, block)
            bits = bits & found if is_all else bits | found
            if is_all and not bits:
                break
        return bits

    def _leaf(self, leaf: Leaf, block: Block) -> int:
        bits = 0
        for place in self.places[leaf.canonical]:
            bits |= block.having(place)
        return bits

    def _is_run(self, leaf: Leaf) -> bool:
        return any(len(place.words) > 1 for place in self.places[leaf.canonical])

    @property
    def has_runs(self) -> bool:
        """Whether words must stand side by side, or not."""
        return any(len(each.words) > 1 for found in self.places.values() for each in found)

    def met(self, block: Block, number: int, said: Sequence[int]) -> bool:
        """Whether an article that may meet it does. `said`: its words in order."""

        def stands(leaf: Leaf) -> bool:
            return any(
                block.having(place) >> number & 1
                and (
                    len(place.words) == 1 or block.joins(place, number) or side_by_side(place, said)
                )
                for place in self.places[leaf.canonical]
            )

        return holds(self.node, stands)


def side_by_side(place: Place, said: Sequence[int]) -> bool:
    """Whether a place's words stand in this order in the words of an article."""
    first, *others = (frozenset(map(abs, numbers)) for numbers in place.words)
    last = len(said) - len(others)
    return any(
        said[at] in first
        and at < last
        and all(said[at + n] in other for n, other in enumerate(others, 1))
        for at in range(len(said))
    )


def _in_section(word: Word) -> list[str]:
    return [SECTION + key for key in word.keys]


def _in_title(numbers: Numbers) -> Numbers:
    return tuple(-abs(number) for number in numbers)
