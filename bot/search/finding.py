"""One search: the newest that hold what is asked for, some hundreds at a time."""

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable
from itertools import islice
from typing import Final, NamedTuple

from bot.search import cards, postings, ranking
from bot.search.asking import Asked
from bot.search.dictionary import Dictionary
from bot.search.lookup import Block, Tree, blocks_below
from bot.search.ranking import Candidate

WINDOW: Final = 200
"""So many are ranked together, and a few more where the last are looked for one by one."""
LEAST: Final = 32
"""Articles that are looked at together."""
LOOKED_THROUGH: Final = 2_000
"""Articles that are looked through for words side by side, in one search."""

_ROWS = """
SELECT id, edition, published FROM articles
WHERE id IN (SELECT value FROM json_each(?)) AND place <= ? ORDER BY id DESC
"""
_SAID = "SELECT said FROM cards WHERE id = ?"
Grades = list[list[tuple[float, int]]]
"""For each word wanted: what it counts for, and in whose titles it stands so."""


class Window(NamedTuple):
    """Some of what was found."""

    found: list[Candidate]
    rest: int
    """What is left has ids below this one; 0: nothing is."""


class Finding:
    """Its words looked up. Raises sqlite3.Error or Damaged."""

    def __init__(self, db: sqlite3.Connection, asked: Asked, place: int) -> None:
        self._db = db
        self._place = place
        self._looked = 0
        words = Dictionary(db)
        whole, going_on = asked.begun or (None, None)
        places = {leaf.canonical: [words.place(leaf)] for leaf in asked.leaves}
        if whole and going_on:
            places[whole.canonical].append(words.place(going_on))
        self._tree = Tree(asked.tree, places)
        self._has_runs = self._tree.has_runs
        self._wanted = [[each.in_title() for each in places[t.canonical]] for t in asked.terms]

    @property
    def is_tired(self) -> bool:
        """Whether it has looked through as much as it may."""
        return self._looked >= LOOKED_THROUGH

    def window(self, below: int) -> Window:
        """The newest of those with lower ids, and that the index knew at `place`."""
        found: list[Candidate] = []
        for block in blocks_below(self._db, below):
            bits = self._tree.held(block) & block.below(below)
            grades = self._grades(block) if bits else []
            while bits:
                size = max(WINDOW - len(found), LEAST)
                numbers = [*islice(postings.numbers(bits), size)]
                last = numbers[-1]
                found += self._met(block, numbers, _in_title(grades, bits >> last << last))
                bits &= (1 << last) - 1
                if len(found) >= WINDOW or self.is_tired:
                    return Window(found, block.first + last)
        return Window(found, 0)

    def _met(self, block: Block, numbers: list[int], in_title: dict[int, float]) -> list[Candidate]:
        first = block.first
        rows = self._rows(block, numbers)
        if self._has_runs:
            rows = [row for row in rows if self._is_met(block, row[0] - first)]
        return [Candidate(*row, in_title.get(row[0] - first, 0.0)) for row in rows]

    def _rows(self, block: Block, numbers: Iterable[int]) -> list[tuple[int, str, int]]:
        ids = json.dumps([block.first + number for number in numbers])
        return self._db.execute(_ROWS, (ids, self._place)).fetchall()

    def _is_met(self, block: Block, number: int) -> bool:
        self._looked += 1
        row = self._db.execute(_SAID, (block.first + number,)).fetchone()
        return row is not None and self._tree.met(block, number, cards.unpack_words(row[0]))

    def _grades(self, block: Block) -> Grades:
        worth = 1.0, ranking.BEGUN
        return [
            [(each, block.having(place)) for each, place in zip(worth, places, strict=False)]
            for places in self._wanted
        ]


def _in_title(grades: Grades, among: int) -> dict[int, float]:
    """For each of these articles: the share of the words that stand in its title."""
    shares: defaultdict[int, float] = defaultdict(float)
    for word in grades:
        left = among
        for each, bits in word:
            for number in postings.numbers(left & bits):
                shares[number] += each / len(grades)
            left &= ~bits
    return shares
