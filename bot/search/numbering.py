"""The numbers by which the index knows words. Those of the words met first are the lowest."""

import sqlite3
from collections.abc import Iterable

from bot.matching.patterns import WORD
from bot.matching.words import INITIAL, LONGEST, joint
from bot.model import Edition
from bot.search import schema
from bot.search.naming import Name, clean, compounds, named

KNOWN = 400_000
"""Words whose numbers are kept in memory."""


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
        # By the word as it stands there, and whether the edition is Kyrgyz.
        self._known: tuple[dict[str, int], dict[str, int]] = {}, {}
        self._named: dict[str, int] = {}

    def note(self) -> None:
        """Keep where they stand."""
        schema.note(self._db, "words", str(self._last))

    def sequence(self, text: str, edition: Edition) -> list[int]:
        """The words of a text in order, 0 between two that do not hang together. Words too long
        for any language are left out.
        """
        text, found, before = clean(text).replace("_", " "), [0], ""
        is_kyrgyz = edition is Edition.KY
        known = self._known[is_kyrgyz]
        for word, gap in zip(WORD.findall(text), WORD.split(text), strict=False):
            if gap != " " and _parts(gap, before):
                found.append(0)
            before = word
            number = known.get(word)
            found.append(self._meet(word, is_kyrgyz=is_kyrgyz) if number is None else number)
        return found

    def compounds(self, text: str, edition: Edition) -> list[int]:
        """What is written with dashes and may be one word."""
        return self.of(compounds(text, edition))

    def of(self, names: Iterable[Name]) -> list[int]:
        """The numbers of names, which are few but those of words."""
        if len(self._named) >= KNOWN:
            self._named.clear()
        return [self._named.get(each.name) or self._look_up(each) for each in names]

    def _look_up(self, name: Name) -> int:
        number = self._named[name.name] = self._number(name)
        return number

    def _meet(self, word: str, *, is_kyrgyz: bool) -> int:
        known = self._known[is_kyrgyz]
        if len(known) >= KNOWN:
            known.clear()
        known[word] = self._number(named(word, is_kyrgyz)) if len(word) <= LONGEST else 0
        return known[word]

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


def _parts(gap: str, before: str) -> bool:
    """Whether two words do not hang together: a full stop joins a name to an initial alone."""
    hung = joint(gap)
    return not hung or (hung == INITIAL and len(before) > 1)
