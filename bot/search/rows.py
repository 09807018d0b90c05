"""Writes which articles have which words (`postings`)."""

import json
import sqlite3
from collections.abc import Collection, Iterable, Sequence

from bot.search import postings

MANY = 2_000
"""Rows of a block, to look up which takes longer than to read them all."""

_FEW = "SELECT word, ids FROM postings WHERE block = ?"
_AMONG = " AND word IN (SELECT value FROM json_each(?))"
_PUT_FEW = "REPLACE INTO postings VALUES (?, ?, ?)"
_PUT_CROWD = "REPLACE INTO crowds VALUES (?, ?, ?)"
_DROP_FEW = "DELETE FROM postings WHERE block = ? AND word = ?"


class Rows:
    """Those of one connection. Every method raises sqlite3.Error, or Damaged where a row is."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        self._added: dict[int, dict[int, list[int]]] = {}
        """Block → word → numbers that the next `write` adds."""
        self._waiting: set[int] = set()

    def is_waiting(self, id_: int) -> bool:
        """Whether the next `write` adds something of this article."""
        return id_ in self._waiting

    def add(self, id_: int, words: Iterable[int]) -> None:
        """Note that an article has these words, for the next `write`."""
        block, number = divmod(id_, postings.BLOCK)
        rows = self._added.setdefault(block, {})
        for word in words:
            rows.setdefault(word, []).append(number)
        self._waiting.add(id_)

    def remove(self, id_: int, words: Collection[int]) -> None:
        """Write that an article has none of these words."""
        block, number = divmod(id_, postings.BLOCK)
        known = self._known(block, words)
        for word in words:
            row = known.get(word, ())
            if number in row:
                left = postings.short(each for each in row if each != number)
                self._db.execute(_PUT_FEW, (block, word, left))
            elif bits := self._crowd(block, word):
                left = postings.packed(bits & ~(1 << number))
                self._db.execute(_PUT_CROWD, (block, word, left))

    def write(self) -> None:
        """What was noted."""
        for block, rows in sorted(self._added.items()):
            self._write(block, rows)
        self.forget()

    def forget(self) -> None:
        """What was noted, and must not be written."""
        self._added.clear()
        self._waiting.clear()

    def _write(self, block: int, rows: dict[int, list[int]]) -> None:
        known, few, full = self._known(block, rows), [], []
        for word, given in sorted(rows.items()):
            row = [*known.get(word, ()), *given]
            if len(row) > postings.room(word):
                full.append((word, row))
            else:
                few.append((block, word, postings.short(row)))
        self._db.executemany(_PUT_FEW, few)
        for word, row in full:
            bits = self._crowd(block, word) | postings.bits_of(row)
            self._db.execute(_PUT_CROWD, (block, word, postings.packed(bits)))
            if word in known:
                self._db.execute(_DROP_FEW, (block, word))

    def _crowd(self, block: int, word: int) -> int:
        asked = "SELECT bits FROM crowds WHERE block = ? AND word = ?"
        row = self._db.execute(asked, (block, word)).fetchone()
        return postings.unpacked(row[0]) if row else 0

    def _known(self, block: int, words: Collection[int]) -> dict[int, Sequence[int]]:
        """The arrays that these words have."""
        if len(words) > MANY:
            found = self._db.execute(_FEW, (block,))
        else:
            found = self._db.execute(_FEW + _AMONG, (block, json.dumps(sorted(words))))
        return {word: postings.listed(row) for word, row in found}
