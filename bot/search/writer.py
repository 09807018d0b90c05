"""Puts articles in the index and takes them out, each call in one transaction."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self

from bot.model import Article, Edition
from bot.search import cards, naming, postings, schema
from bot.search.naming import BREAK, Name

KNOWN = 300_000
"""Words whose numbers are kept in memory."""
LAST = ("words", "place")


class Writer:
    """The one connection that writes. Every method blocks, and raises sqlite3.Error, or
    zlib.error, ValueError or TypeError where the file is damaged.
    """

    def __init__(self, path: Path) -> None:
        self._db = schema.to_write(path)
        self._numbers: dict[str, int] = {}
        self._last: dict[str, int] = {}
        try:
            self._prepare()
        except BaseException:
            self.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file."""
        self._db.close()

    @property
    def version(self) -> str:
        """Of the program that made the file."""
        return schema.about(self._db, "version")

    @property
    def cursor(self) -> str:
        """How far the index follows the store's log; empty: nowhere yet."""
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
        """Those published at this time or later."""
        asked = "SELECT id FROM articles WHERE edition = ? AND published >= ?"
        return [id_ for each in Edition for (id_,) in self._db.execute(asked, (each, minutes))]

    def newest(self) -> int:
        """When the newest was published; 0 where there is none."""
        asked = "SELECT max(published) FROM articles WHERE edition = ?"
        return max(self._db.execute(asked, (each,)).fetchone()[0] or 0 for each in Edition)

    def begin(self) -> None:
        """From now on the index is not whole."""
        schema.note(self._db, "cursor", "")

    def follow(self, cursor: str) -> None:
        """All that was there at this place in the log, is in the index: it is whole."""
        schema.note(self._db, "cursor", cursor)

    def put(self, articles: Sequence[Article], cursor: str = "") -> None:
        """Add them, in place of what is known of them; and `follow`."""
        with self._step():
            for article in articles:
                self._forget(article.id)
            self._add([self._entry(article) for article in articles])
            if cursor:
                self.follow(cursor)

    def remove(self, ids: Iterable[int]) -> None:
        """Take them out."""
        with self._step():
            for id_ in ids:
                self._forget(id_)
                self._db.execute("DELETE FROM articles WHERE id = ?", (id_,))

    def _prepare(self) -> None:
        if not self._db.execute("SELECT 1 FROM sqlite_master").fetchone():
            with self._step():
                for statement in schema.TABLES.split(";")[:-1]:
                    self._db.execute(statement)
                schema.note(self._db, "version", schema.VERSION)
        self._recall()

    def _recall(self) -> None:
        """The number given to the last word, and the place to the last article."""
        self._numbers.clear()
        self._last = {name: int(schema.about(self._db, name) or 0) for name in LAST}

    @contextmanager
    def _step(self) -> Iterator[None]:
        self._db.execute("BEGIN IMMEDIATE")
        try:
            yield
            for name, number in self._last.items():
                schema.note(self._db, name, str(number))
            self._db.execute("COMMIT")
        except BaseException:
            if self._db.in_transaction:
                self._db.execute("ROLLBACK")
            self._recall()
            raise

    def _entry(self, article: Article) -> tuple[int, set[int]]:
        """Write what is kept of it; its id, and under which words it is entered."""
        said = [*naming.sequence(article.title, article.edition), BREAK]
        words = self._beside(article)
        for text in article.body:
            said += (*naming.sequence(text, article.edition), BREAK)
            words.update(self._all(naming.compounds(text, article.edition)))
        row, card = self._all(said), cards.card_of(article)
        self._place(article)
        packed = cards.pack(card), cards.pack_words(row)
        self._db.execute("REPLACE INTO cards VALUES (?, ?, ?)", (article.id, *packed))
        return article.id, words.union(row) - {0}

    def _beside(self, article: Article) -> set[int]:
        """What can be told from the card alone: the words of title and section, as such."""
        title = [*naming.sequence(article.title, article.edition)]
        whole = self._all((*title, *naming.compounds(article.title, article.edition)))
        others = *naming.of_section(article), naming.of_edition(article.edition)
        found = {*self._all(others), *whole}
        return found.union(-each for each in (*whole, *self._all(naming.beginnings(title))))

    def _place(self, article: Article) -> None:
        """Among all articles: one that changed keeps the place that it had."""
        self._last["place"] += 1
        row = article.id, article.edition, cards.minutes(article), self._last["place"]
        self._db.execute(
            "INSERT INTO articles VALUES (?, ?, ?, ?) ON CONFLICT (id) DO UPDATE "
            "SET edition = excluded.edition, published = excluded.published",
            row,
        )

    def _add(self, entries: Iterable[tuple[int, Collection[int]]]) -> None:
        blocks: dict[int, dict[int, list[int]]] = {}
        for id_, words in entries:
            block, number = divmod(id_, postings.BLOCK)
            rows = blocks.setdefault(block, {})
            for word in words:
                rows.setdefault(word, []).append(number)
        for block, rows in sorted(blocks.items()):
            is_new = not self._has(block)
            self._db.executemany(
                "REPLACE INTO postings VALUES (?, ?, ?)",
                (
                    (block, word, postings.added(None if is_new else self._row(block, word), given))
                    for word, given in sorted(rows.items())
                ),
            )

    def _forget(self, id_: int) -> None:
        """Take it out, but for its place."""
        asked = "SELECT edition, published, card, said FROM articles JOIN cards USING (id)"
        row = self._db.execute(f"{asked} WHERE id = ?", (id_,)).fetchone()
        if row is None:
            return
        article = cards.article_of(id_, *row[:3])
        words = {*cards.unpack_words(row[3]), *self._beside(article)} - {0}
        block, number = divmod(id_, postings.BLOCK)
        for word in words:
            known = self._row(block, word)
            left = postings.removed(known, number) if known else b""
            self._put_row(block, word, left)
        self._db.execute("DELETE FROM cards WHERE id = ?", (id_,))

    def _has(self, block: int) -> bool:
        asked = "SELECT 1 FROM postings WHERE block = ? LIMIT 1"
        return self._db.execute(asked, (block,)).fetchone() is not None

    def _row(self, block: int, word: int) -> bytes | None:
        asked = "SELECT bits FROM postings WHERE block = ? AND word = ?"
        row = self._db.execute(asked, (block, word)).fetchone()
        return row[0] if row else None

    def _put_row(self, block: int, word: int, bits: bytes) -> None:
        if bits:
            self._db.execute("REPLACE INTO postings VALUES (?, ?, ?)", (block, word, bits))
        else:
            gone = "DELETE FROM postings WHERE block = ? AND word = ?"
            self._db.execute(gone, (block, word))

    def _all(self, names: Iterable[Name]) -> list[int]:
        """Their numbers, 0 for a break."""
        known = self._numbers
        return [known.get(each.name) or self._number(each) for each in names]

    def _number(self, word: Name) -> int:
        """Of a word; of a new one the next that is free."""
        if word is BREAK:
            return 0
        asked = "SELECT number FROM words WHERE name = ?"
        row = self._db.execute(asked, (word.name,)).fetchone()
        number = row[0] if row else self._enter(word)
        if len(self._numbers) >= KNOWN:
            self._numbers.clear()
        self._numbers[word.name] = number
        return int(number)

    def _enter(self, word: Name) -> int:
        number = self._last["words"] = self._last["words"] + 1
        self._db.execute("INSERT INTO words VALUES (?, ?)", (word.name, number))
        pairs = ((key, number) for key in word.keys)
        self._db.executemany("INSERT INTO keys VALUES (?, ?)", pairs)
        return number
