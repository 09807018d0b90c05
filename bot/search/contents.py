"""What the index has, for whoever keeps it as the store is."""

import sqlite3

from bot.model import Edition
from bot.search import schema


class Contents:
    """Asks the index. Every method blocks, and raises sqlite3.Error."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    @property
    def version(self) -> str:
        """Of the program that made the file."""
        return schema.about(self._db, "version")

    @property
    def cursor(self) -> str:
        """How far the index follows the store's log; empty: it is not whole."""
        return schema.about(self._db, "cursor")

    def known(self) -> set[int]:
        """The ids of all that is there."""
        return {id_ for (id_,) in self._db.execute("SELECT id FROM articles")}

    def count(self) -> int:
        """How many there are."""
        return int(self._db.execute("SELECT count(*) FROM articles").fetchone()[0])

    def older(self, minutes: int) -> list[int]:
        """Those published before."""
        asked = "SELECT id FROM articles WHERE edition = ? AND published < ?"
        return [id_ for each in Edition for (id_,) in self._db.execute(asked, (each, minutes))]

    def since(self, minutes: int) -> list[int]:
        """Those published then or later."""
        asked = "SELECT id FROM articles WHERE edition = ? AND published >= ?"
        return [id_ for each in Edition for (id_,) in self._db.execute(asked, (each, minutes))]

    def newest(self) -> int:
        """When the newest was published; 0 where there is none."""
        asked = "SELECT max(published) FROM articles WHERE edition = ?"
        return max(self._db.execute(asked, (each,)).fetchone()[0] or 0 for each in Edition)
