"""The numbers by which the index knows words. Those of the words met first are the lowest."""

import sqlite3
from collections.abc import Callable
from typing import Generic, TypeVar

from bot.model import Edition
from bot.search import schema
from bot.search.drafts import BREAK
from bot.search.naming import Name, named

KNOWN = 400_000
"""Words whose numbers are kept in memory."""

K = TypeVar("K")


class Met(dict[K, int], Generic[K]):
    """Numbers that are looked up when they are met first."""

    def __init__(self, look_up: Callable[[K], int]) -> None:
        super().__init__()
        self._look_up = look_up

    def __missing__(self, key: K) -> int:
        """See the class."""
        if len(self) >= KNOWN:
            self.clear()
        number = self[key] = self._look_up(key)
        return number


class Numbering:
    """Gives words their numbers, new ones the next. Every method raises sqlite3.Error or
    Damaged.
    """

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        self.recall()

    def recall(self) -> None:
        """After a step that was undone: see where numbers stand."""
        self._last = schema.number(self._db, "words")
        self._others = Met(self._number)
        self._plain = Met[str](lambda word: self._word(word, is_kyrgyz=False))
        self._kyrgyz = Met[str](lambda word: self._word(word, is_kyrgyz=True))

    def note(self) -> None:
        """Keep where they stand."""
        schema.note(self._db, "words", str(self._last))

    def met(self, edition: Edition) -> Met[str]:
        """The number of each word of a text, as it stands there; 0 for a break."""
        return self._kyrgyz if edition is Edition.KY else self._plain

    def of(self, name: Name) -> int:
        """The number of what is no word of a text."""
        return self._others[name]

    def _word(self, surface: str, *, is_kyrgyz: bool) -> int:
        return self._number(named(surface, is_kyrgyz)) if surface != BREAK else 0

    def _number(self, word: Name) -> int:
        asked = "SELECT number FROM words WHERE name = ?"
        row = self._db.execute(asked, (word.name,)).fetchone()
        return int(row[0]) if row else self._enter(word)

    def _enter(self, word: Name) -> int:
        self._last += 1
        self._db.execute("INSERT INTO words VALUES (?, ?)", (self._last, word.name))
        pairs = ((key, self._last) for key in word.keys)
        self._db.executemany("INSERT INTO keys VALUES (?, ?)", pairs)
        return self._last
