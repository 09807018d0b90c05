"""Other indexes: a word of a text is entered under all that it is found by, and a query's words
are looked for under all that they are asked by.
"""

import sqlite3
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from bot.flows.inline import MOST_TYPED
from bot.matching.analysis import asked, keys
from bot.matching.words import fold, sequence
from bot.model import Article, Edition
from bot.search import cards
from bot.search.ranking import Candidate, ranked

NEWEST = 200
_FOUND = """
SELECT id, edition, published FROM f JOIN shown ON id = f.rowid
WHERE f MATCH ? ORDER BY f.rowid DESC LIMIT ?
"""


def entered(article: Article) -> set[str]:
    """Under what an article is found."""
    words = set(sequence(article.title)).union(*map(sequence, article.body))
    return set().union(*(keys(word, article.edition) for word in words))


def wanted(words: str) -> tuple[list[list[str]], str]:
    """What each word is found by, one of which must be there, and what the last begins with."""
    *whole, last = sequence(words)
    return [sorted(asked(word)) for word in whole], fold(last)


class Fts5:
    def __init__(self, folder: Path) -> None:
        self._db = sqlite3.connect(folder / "fts.sqlite", isolation_level=None)
        self._db.executescript(
            "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA cache_size = -64000;"
            "CREATE VIRTUAL TABLE f USING fts5(words, content='', detail=none, prefix='1 2 3',"
            "tokenize=\"ascii tokenchars '~^:-._+#''&'\");"
            "CREATE TABLE shown (id INTEGER PRIMARY KEY, edition, published, card)"
        )

    def build(self, articles: Sequence[Article]) -> None:
        self._db.execute("BEGIN")
        for article in articles:
            self.add(article)
        self._db.execute("COMMIT")

    def finish(self) -> None:
        self._db.execute("INSERT INTO f (f) VALUES ('optimize')")
        self._db.execute("VACUUM")
        self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def add(self, article: Article) -> None:
        words = " ".join(entered(article))
        shown = article.edition, cards.minutes(article), cards.pack(cards.card_of(article))
        self._db.execute("INSERT INTO f (rowid, words) VALUES (?, ?)", (article.id, words))
        self._db.execute("INSERT INTO shown VALUES (?, ?, ?, ?)", (article.id, *shown))

    def find(self, words: str) -> list[Article]:
        whole, last = wanted(words)
        parts = [" OR ".join(map(self._said, each)) for each in whole]
        parts.append(f"{self._said(last)}* OR {self._said('~' + last)}*")
        query = " AND ".join(f"({part})" for part in parts)
        found = self._db.execute(_FOUND, (query, NEWEST)).fetchall()
        best = ranked([Candidate(*row) for row in found], [Edition.RU])[:MOST_TYPED]
        return [cards.article_of(*each[:3], self._card(each.id)) for each in best]

    def _card(self, id_: int) -> bytes:
        card: bytes
        (card,) = self._db.execute("SELECT card FROM shown WHERE id = ?", (id_,)).fetchone()
        return card

    def _said(self, word: str) -> str:
        return '"' + word.replace('"', "") + '"'


class Tantivy:
    def __init__(self, folder: Path) -> None:
        import tantivy

        self._lib = tantivy
        schema = tantivy.SchemaBuilder()
        schema.add_integer_field("id", stored=True, fast=True)
        schema.add_text_field("words", tokenizer_name="whitespace", index_option="basic")
        self._schema = schema.build()
        self._index: Any = tantivy.Index(self._schema, path=str(folder))
        self._writer: Any = None

    def build(self, articles: Sequence[Article]) -> None:
        self._writer = self._writer or self._index.writer(200_000_000)
        for article in articles:
            self._writer.add_document(self._document(article))

    def finish(self) -> None:
        self._writer.commit()
        self._writer.wait_merging_threads()
        self._index.reload()

    def add(self, article: Article) -> None:
        writer = self._index.writer(15_000_000)
        writer.add_document(self._document(article))
        writer.commit()
        self._index.reload()

    def find(self, words: str) -> Any:
        query, occur = self._lib.Query, self._lib.Occur
        whole, last = wanted(words)
        parts = [query.term_set_query(self._schema, "words", each) for each in whole]
        parts.append(query.regex_query(self._schema, "words", f"~?{_escaped(last)}.*"))
        both = query.boolean_query([(occur.Must, part) for part in parts])
        return self._index.searcher().search(both, NEWEST, order_by_field="id").hits

    def _document(self, article: Article) -> Any:
        return self._lib.Document(id=article.id, words=" ".join(entered(article)))


def _escaped(text: str) -> str:
    return "".join(char if char.isalnum() else f"\\{char}" for char in text)


RIVALS: dict[str, Callable[[Path], Any]] = {"SQLite FTS5": Fts5, "tantivy": Tantivy}
