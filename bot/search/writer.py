"""Puts articles in the index and takes them out."""

import sqlite3
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

import structlog

from bot.model import Article
from bot.search import cards, postings, schema
from bot.search.contents import Contents
from bot.search.damage import Damaged
from bot.search.entries import Entries, Entry
from bot.search.numbering import Numbering

log = structlog.get_logger(__name__)

MANY = 2_000
"""Rows of a block, to look up which one after the other takes longer than to read them all."""


class Writer:
    """The one connection that writes. What is put in or taken out is there for all at the next
    `flush`. Every method blocks, and raises sqlite3.Error, or Damaged where a row
    is: then nothing is changed since the last `flush`.
    """

    def __init__(self, path: Path) -> None:
        self._db = schema.to_write(path)
        self.contents = Contents(self._db)
        self._rows: dict[int, dict[int, list[int]]] = {}
        """Block → word → numbers that the next `flush` adds."""
        self._taken: set[int] = set()
        try:
            self._prepare()
            self._words = Numbering(self._db)
            self._entries = Entries(self._words)
            self._place = schema.number(self._db, "place")
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """Let go of the file."""
        self._db.close()

    def put(self, articles: Iterable[Article]) -> None:
        """Add them, in place of what is known of them. One that can't be read is left out."""
        try:
            for article in articles:
                entry = self._entry(article)
                self._take_out(article.id)
                if entry is not None:
                    self._enter(article, entry)
        except BaseException:
            self._undo()
            raise

    def remove(self, ids: Iterable[int]) -> None:
        """Take them out."""
        try:
            for id_ in ids:
                self._take_out(id_)
                self._db.execute("DELETE FROM articles WHERE id = ?", (id_,))
        except BaseException:
            self._undo()
            raise

    def flush(self, cursor: str | None = None) -> None:
        """Let others see it. `cursor`: all that was in the store at this place in its log is in
        the index; empty: that is not so.
        """
        try:
            self._begin()
            self._add()
            self._words.note()
            schema.note(self._db, "place", str(self._place))
            if cursor is not None:
                schema.note(self._db, "cursor", cursor)
            self._db.execute("COMMIT")
        except BaseException:
            self._undo()
            raise

    def compact(self) -> None:
        """Write the file anew without gaps: a build leaves a third of it empty."""
        self._db.execute("VACUUM")
        self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def _prepare(self) -> None:
        if not self._db.execute("SELECT 1 FROM sqlite_master").fetchone():
            self._begin()
            for statement in schema.TABLES.split(";")[:-1]:
                self._db.execute(statement)
            schema.note(self._db, "version", schema.VERSION)
            self._db.execute("COMMIT")

    def _begin(self) -> None:
        if not self._db.in_transaction:
            self._db.execute("BEGIN IMMEDIATE")

    def _undo(self) -> None:
        self._rows.clear()
        self._taken.clear()
        with suppress(sqlite3.Error, Damaged):
            if self._db.in_transaction:
                self._db.execute("ROLLBACK")
            self._words.recall()
            self._place = schema.number(self._db, "place")

    def _entry(self, article: Article) -> Entry | None:
        """How it is entered. Whatever fails in the reading of one article must not keep others
        out: None then.
        """
        self._begin()
        try:
            return self._entries.read(article)
        except sqlite3.Error:
            raise
        except Exception:
            log.exception("article can't be indexed", url=article.url)
            return None

    def _enter(self, article: Article, entry: Entry) -> None:
        self._note_place(article)
        row = article.id, entry.card, entry.said
        self._db.execute("REPLACE INTO cards VALUES (?, ?, ?)", row)
        block, number = divmod(article.id, postings.BLOCK)
        rows = self._rows.setdefault(block, {})
        for word in entry.words:
            rows.setdefault(word, []).append(number)
        self._taken.add(article.id)

    def _note_place(self, article: Article) -> None:
        """Among all articles: one that changed keeps the place that it had."""
        self._place += 1
        row = article.id, article.edition, cards.minutes(article), self._place
        self._db.execute(
            "INSERT INTO articles VALUES (?, ?, ?, ?) ON CONFLICT (id) DO UPDATE "
            "SET edition = excluded.edition, published = excluded.published",
            row,
        )

    def _take_out(self, id_: int) -> None:
        """All but its place."""
        if id_ in self._taken:
            self.flush()
        self._begin()
        asked = "SELECT edition, published, card, said FROM articles JOIN cards USING (id)"
        row = self._db.execute(f"{asked} WHERE id = ?", (id_,)).fetchone()
        if row is None:
            return
        words = self._entries.known(id_, *row)
        block, number = divmod(id_, postings.BLOCK)
        for word, bits in self._known(block, words).items():
            self._put_row(block, word, postings.removed(bits, number))
        self._db.execute("DELETE FROM cards WHERE id = ?", (id_,))

    def _add(self) -> None:
        for block, rows in sorted(self._rows.items()):
            known = self._known(block, rows.keys())
            made = (
                (block, word, postings.added(known.get(word), given))
                for word, given in sorted(rows.items())
            )
            self._db.executemany("REPLACE INTO postings VALUES (?, ?, ?)", made)
        self._rows.clear()
        self._taken.clear()

    def _known(self, block: int, words: Iterable[int]) -> dict[int, bytes]:
        """The rows that these words have."""
        wanted = [*words]
        asked = "SELECT word, bits FROM postings WHERE block = ?"
        if len(wanted) > MANY:
            return dict(self._db.execute(asked, (block,)).fetchall())
        asked += " AND word = ?"
        found = (self._db.execute(asked, (block, word)).fetchone() for word in wanted)
        return dict(row for row in found if row)

    def _put_row(self, block: int, word: int, bits: bytes) -> None:
        if bits:
            self._db.execute("REPLACE INTO postings VALUES (?, ?, ?)", (block, word, bits))
        else:
            gone = "DELETE FROM postings WHERE block = ? AND word = ?"
            self._db.execute(gone, (block, word))
