"""The index's file: an SQLite database of one writer, which any process on the machine may read.

| table    | what it holds                                                                   |
|----------|---------------------------------------------------------------------------------|
| about    | of which version the file is, how far it follows the store, whether it is whole |
| words    | number of a word → its name (`naming`); those that came first are the lowest    |
| keys     | what a word is found by, besides its name → its number                          |
| postings | block of ids and word's number → articles that have it (`postings`), while they |
|          | are few; under the number's negative, those that have it in their title         |
| crowds   | the same, for what became too many                                              |
| articles | id → edition, time, and its place in the order in which the index came to know  |
| cards    | id → what is shown of it, and its words' numbers in order (`cards`)             |
"""

import sqlite3
from pathlib import Path
from typing import Final

from bot.matching.analysis import VERSION as ANALYSIS
from bot.search import damage

FORMAT: Final = 2
VERSION: Final = f"{FORMAT}.{ANALYSIS}"
"""An index of another one is made anew."""

TABLES: Final = """
CREATE TABLE about (name TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
CREATE TABLE words (number INTEGER PRIMARY KEY, name TEXT UNIQUE);
CREATE INDEX begun ON words (substr(ltrim(name, '~'), 1, 3), number);
CREATE TABLE keys (key TEXT, number INTEGER, PRIMARY KEY (key, number)) WITHOUT ROWID;
CREATE TABLE postings (block INTEGER, word INTEGER, ids BLOB, PRIMARY KEY (block, word))
    WITHOUT ROWID;
CREATE TABLE crowds (block INTEGER, word INTEGER, bits BLOB, PRIMARY KEY (block, word))
    WITHOUT ROWID;
CREATE TABLE articles (id INTEGER PRIMARY KEY, edition TEXT, published INTEGER, place INTEGER);
CREATE INDEX timeline ON articles (edition, published, id);
CREATE TABLE cards (id INTEGER PRIMARY KEY, card BLOB, said BLOB);
"""
CACHE_KIB, LOG_BYTES = 16_384, 1 << 24
BUSY_MS = 5_000


def to_write(path: Path) -> sqlite3.Connection:
    """A connection that writes; the file is made where there is none. Raises sqlite3.Error."""
    connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    try:
        connection.execute("PRAGMA journal_mode = WAL")
        # What a crash of the machine loses is read from the store again.
        connection.execute("PRAGMA synchronous = NORMAL")
        # What was written is found at once, and moved to its place afterwards (`Writer.settle`).
        connection.execute("PRAGMA wal_autocheckpoint = 0")
        connection.execute(f"PRAGMA journal_size_limit = {LOG_BYTES}")
        connection.execute(f"PRAGMA busy_timeout = {BUSY_MS}")
        connection.execute(f"PRAGMA cache_size = -{4 * CACHE_KIB}")
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def to_read(path: Path) -> sqlite3.Connection:
    """A connection that reads a file that is there. Raises sqlite3.Error."""
    connection = sqlite3.connect(
        f"{path.absolute().as_uri()}?mode=ro", uri=True, isolation_level=None,
        check_same_thread=False,
    )  # fmt: skip
    try:
        connection.execute(f"PRAGMA cache_size = -{CACHE_KIB}")
        # A file that is mapped, and made shorter by somebody, ends the process.
        connection.execute("PRAGMA mmap_size = 0")
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def about(connection: sqlite3.Connection, name: str) -> str:
    """What is noted under a name; empty: nothing. Raises sqlite3.Error."""
    row = connection.execute("SELECT value FROM about WHERE name = ?", (name,)).fetchone()
    return str(row[0]) if row else ""


@damage.read
def number(connection: sqlite3.Connection, name: str) -> int:
    """The same for a number; 0: nothing. Raises sqlite3.Error, or Damaged for what is none."""
    return int(about(connection, name) or 0)


def note(connection: sqlite3.Connection, name: str, value: str) -> None:
    """Note it. Raises sqlite3.Error."""
    connection.execute("REPLACE INTO about VALUES (?, ?)", (name, value))
