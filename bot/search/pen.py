"""The right to write the index, and the writer of a file that can be written."""

import fcntl
import os
import sqlite3
from contextlib import suppress
from pathlib import Path

import structlog

from bot.search.index import NAME, Place, damaged, place
from bot.search.schema import VERSION
from bot.search.writer import Writer

LOCK = "search.lock"

log = structlog.get_logger(__name__)


class Pen:
    """The right to write, which the kernel takes back however a process ends, and the writer.
    Every method blocks, and raises what a damaged file does.
    """

    def __init__(self, data_dir: Path) -> None:
        self._lock_path = data_dir / LOCK
        self.path = data_dir / NAME
        self._lock: int | None = None
        self._writer: Writer | None = None
        self._place: Place = None

    def take(self) -> Writer | None:
        """The writer of a file of this version; None while another process writes."""
        if not self._is_ours():
            return None
        if place(self.path) != self._place:
            self.drop()
        if damaged(self.path).exists():
            self.discard()
            log.warning("search index is made anew", reason="it is damaged")
        if self._writer is None:
            self._open()
        return self._writer

    def drop(self) -> None:
        """Let go of the file, to be opened again."""
        if self._writer is not None:
            with suppress(sqlite3.Error):
                self._writer.close()
            self._writer = None

    def discard(self) -> None:
        """Have the next writer begin with nothing."""
        self.drop()
        for end in ("", "-wal", "-shm", ".damaged"):
            self.path.with_name(NAME + end).unlink(missing_ok=True)

    def close(self) -> None:
        """Let another process write."""
        self.drop()
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None

    def _is_ours(self) -> bool:
        if self._lock is None:
            self._lock_path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            lock = os.open(self._lock_path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                os.close(lock)
                return False
            self._lock = lock
        return True

    def _open(self) -> None:
        self._writer = Writer(self.path)
        if self._writer.contents.version != VERSION:
            log.info("search index is made anew", reason="it is of another version")
            self.discard()
            self._writer = Writer(self.path)
        self._place = place(self.path)
