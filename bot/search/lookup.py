"""Which articles of a block hold what is asked for."""

import json
import sqlite3
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Final

from bot.matching.terms import Leaf
from bot.matching.tree import Always, Junction, Node, Not, holds
from bot.search import postings
from bot.search.dictionary import Numbers, Place

EVERYTHING: Final = (1 << postings.BLOCK) - 1

_ROWS = """
SELECT 0, ids FROM postings WHERE block = ?1 AND word IN (SELECT value FROM json_each(?2))
UNION ALL
SELECT 1, bits FROM crowds WHERE block = ?1 AND word IN (SELECT value FROM json_each(?2))
"""
_NEXT = "SELECT max(id) FROM articles WHERE id < ?"


class Block:
    """The articles of one block, each a bit. Every method raises sqlite3.Error or Damaged."""

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
            rows = self._db.execute(_ROWS, (self._number, json.dumps(numbers))).fetchall()
            few = [postings.listed(row) for is_crowd, row in rows if not is_crowd]
            bits = postings.bits_of(chain.from_iterable(few)) if few else 0
            for is_crowd, row in rows:
                bits |= postings.unpacked(row) if is_crowd else 0
            self._rows[numbers] = bits
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
