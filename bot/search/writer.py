"""Puts articles in the index and takes them out."""

import sqlite3
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

import structlog

from bot.model import Article
from bot.search import schema
from bot.search.contents import Contents
from bot.search.damage import Damaged
from bot.search.drafts import Draft, Unreadable, drafted
from bot.search.entries import Entries, Entry
from bot.search.numbering import Numbering
from bot.search.rows import Rows

log = structlog.get_logger(__name__)


class Writer:
    """The one connection that writes. What is put in or taken out is there for all at the next
    `flush`. Every method blocks, and raises sqlite3.Error, or Damaged where a row
    is: then nothing is changed since the last `flush`.
    """

    def __init__(self, path: Path) -> None:
        self._db = schema.to_write(path)
        self.contents = Contents(self._db)
        self._rows = Rows(self._db)
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
        self.enter(drafted(articles))

    def enter(self, drafts: Iterable[Draft | Unreadable]) -> None:
        """The same for what another process drafted."""
        try:
            for draft in drafts:
                entry = self._entry(draft)
                known = self._known(draft.id)
                if isinstance(draft, Unreadable) or entry is None:
                    self._take_out(draft.id, known)
                else:
                    self._rows.remove(draft.id, known - entry.words)
                    self._enter(draft, entry, entry.words - known)
        except BaseException:
            self._undo()
            raise

    def remove(self, ids: Iterable[int]) -> None:
        """Take them out."""
        try:
            for id_ in ids:
                self._take_out(id_, self._known(id_))
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
            self._rows.write()
            self._words.note()
            schema.note(self._db, "place", str(self._place))
            if cursor is not None:
                schema.note(self._db, "cursor", cursor)
            self._db.execute("COMMIT")
        except BaseException:
            self._undo()
            raise

    def settle(self) -> None:
        """Move what was flushed from the log to its place in the file. Nobody waits for it."""
        self._db.execute("PRAGMA wal_checkpoint(PASSIVE)")

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
        self._rows.forget()
        with suppress(sqlite3.Error, Damaged):
            if self._db.in_transaction:
                self._db.execute("ROLLBACK")
            self._words.recall()
            self._place = schema.number(self._db, "place")

    def _entry(self, draft: Draft | Unreadable) -> Entry | None:
        """How it is entered. Whatever fails in the reading of one article must not keep others
        out: None then.
        """
        self._begin()
        if isinstance(draft, Unreadable):
            log.error("article can't be indexed", url=draft.url, reason=draft.reason)
            return None
        try:
            return self._entries.read(draft)
        except sqlite3.Error:
            raise
        except Exception:
            log.exception("article can't be indexed", article=draft.id)
            return None

    def _enter(self, draft: Draft, entry: Entry, new: Iterable[int]) -> None:
        self._note_place(draft)
        row = draft.id, draft.card, entry.said
        self._db.execute("REPLACE INTO cards VALUES (?, ?, ?)", row)
        self._rows.add(draft.id, new)

    def _note_place(self, draft: Draft) -> None:
        """Among all articles: one that changed keeps the place that it had."""
        self._place += 1
        row = draft.id, draft.head.edition, draft.published, self._place
        self._db.execute(
            "INSERT INTO articles VALUES (?, ?, ?, ?) ON CONFLICT (id) DO UPDATE "
            "SET edition = excluded.edition, published = excluded.published",
            row,
        )

    def _known(self, id_: int) -> set[int]:
        """Under which words it is entered."""
        if self._rows.is_waiting(id_):
            self.flush()
        self._begin()
        asked = "SELECT edition, published, card, said FROM articles JOIN cards USING (id)"
        row = self._db.execute(f"{asked} WHERE id = ?", (id_,)).fetchone()
        return self._entries.known(id_, *row) if row else set()

    def _take_out(self, id_: int, words: set[int]) -> None:
        """All but its place."""
        self._rows.remove(id_, words)
        self._db.execute("DELETE FROM cards WHERE id = ?", (id_,))
