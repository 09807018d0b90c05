"""`Search` over the index's file. The work is done in threads, so that it holds nothing up."""

import asyncio
import sqlite3
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TypeVar

import structlog

from bot.model import Found, Hit, Wanted
from bot.search.damage import Damaged
from bot.search.reader import Reader

THREADS = 2
DAMAGES = (sqlite3.Error, Damaged, OSError)
"""What a file raises that is damaged, or gone."""
LASTING = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_IOERR}
NAME = "search.sqlite"

Place = tuple[int, int] | None
"""By which a file is told from another of its name; None: there is none."""
T = TypeVar("T")

log = structlog.get_logger(__name__)


class Index:
    """`Search` in a directory: whoever follows the store writes its file, anybody may read it.
    While there is none that can be read, nothing is found and `Found.is_whole` is False.
    """

    def __init__(self, data_dir: Path) -> None:
        self.path = data_dir / NAME
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="search")
        self._free: list[tuple[Place, Reader]] = []
        self._is_closed = False

    async def find(self, wanted: Wanted) -> Found:
        """In one of a few threads."""
        found = await self._read(lambda reader: reader.find(wanted))
        return found or Found((), is_whole=False)

    async def like(self, article: int, limit: int) -> list[Hit]:
        """In one of a few threads."""
        return await self._read(lambda reader: reader.like(article, limit)) or []

    def close(self) -> None:
        """Search no more: nothing is found from now on. What is under way ends by itself."""
        self._is_closed = True
        self._threads.shutdown(wait=False)
        self._let_go()

    async def _read(self, ask: Callable[[Reader], T]) -> T | None:
        if self._is_closed:
            return None
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._threads, self._answer, ask)

    def _answer(self, ask: Callable[[Reader], T]) -> T | None:
        """None: there is no file that can be read."""
        try:
            with self._reader() as reader:
                return ask(reader) if reader else None
        except DAMAGES as error:
            log.warning("search index unreadable", reason=f"{type(error).__name__}: {error}")
            if is_damage(error):
                _mark(self.path)
        except Exception:
            log.exception("search failed")
        return None

    @contextmanager
    def _reader(self) -> Iterator[Reader | None]:
        """One that no other thread uses, of the file that is there now."""
        there = place(self.path)
        reader = self._free_one(there) or (Reader(self.path) if there else None)
        if reader is None or not reader.is_ours:
            if reader is not None:
                reader.close()
            yield None
            return
        try:
            yield reader
        except BaseException:
            reader.close()
            raise
        self._free.append((there, reader))
        if self._is_closed:
            self._let_go()

    def _free_one(self, there: Place) -> Reader | None:
        while self._free:
            of, reader = self._free.pop()
            if of == there:
                return reader
            reader.close()
        return None

    def _let_go(self) -> None:
        while self._free:
            with suppress(*DAMAGES):
                self._free.pop()[1].close()


def place(path: Path) -> Place:
    """Which file is there now."""
    with suppress(OSError):
        found = path.stat()
        return found.st_dev, found.st_ino
    return None


def damaged(path: Path) -> Path:
    """A file by which whoever reads lets whoever writes know that the index is to be made anew."""
    return path.with_name(path.name + ".damaged")


def is_damage(error: Exception) -> bool:
    """Whether a file raises this that will be as bad the next time: not for a lock, a full disk
    or a fault of ours.
    """
    if isinstance(error, sqlite3.OperationalError) and not hasattr(error, "sqlite_errorcode"):
        return True  # The sqlite3 module's own: a text that is no UTF-8.
    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_OK) & 0xFF
    return isinstance(error, Damaged) or code in LASTING


def _mark(path: Path) -> None:
    with suppress(OSError):
        damaged(path).touch()
