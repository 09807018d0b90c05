"""The matcher as a file: derived from the store, and gone back to it wherever in doubt.

A line that says who wrote it, the digest of the rest, and the rest: cursor and matcher, pickled.
"""

import hashlib
import os
import pickle
import stat
import sys
import tempfile
import time
from array import array
from collections import Counter, OrderedDict, defaultdict, deque
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from importlib.metadata import version
from io import BufferedReader
from pathlib import Path
from typing import IO, Any

import structlog

import bot
from bot.flows.uncollected import uncollected
from bot.matching.analysis import VERSION
from bot.matching.matcher import Matcher

FORMAT = 1
PROTOCOL = 5
DIGEST_SIZE = hashlib.blake2b().digest_size
STALE_SECONDS = 3600.0
"""A file begun so long ago was left by a process that died over it."""
DICTIONARIES = ("pymorphy3", "pymorphy3-dicts-ru", "simplemma")
OWN = ("bot.matching.", "bot.model.")
FOREIGN = {
    (one.__module__, one.__qualname__): one
    for one in (array, Counter, OrderedDict, defaultdict, deque, set, frozenset)
}

log = structlog.get_logger(__name__)


class Unusable(Exception):
    """What can't be taken for a snapshot of ours; the text says why."""


class FileSnapshot:
    """`Snapshot`. Processes may share the file: each writes it whole, and the last one counts."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._is_told = False

    def load(self) -> tuple[Matcher, str] | None:
        """What was saved last; None, and a line in the log, where that can't be used."""
        try:
            with _opened(self._path) as file, uncollected():
                return _read(file)
        except FileNotFoundError:
            log.info("no snapshot of the subscriptions yet")
        except Exception as error:  # noqa: BLE001 - damaged bytes fail in every way there is
            reason = str(error) if isinstance(error, Unusable | OSError) else "it is damaged"
            log.warning("snapshot of the subscriptions not used", reason=reason)
        return None

    def save(self, matcher: Matcher, cursor: str) -> None:
        """Keep it in place of the last one; trouble is logged once."""
        try:
            self._write(matcher, cursor)
        except OSError as error:
            if not self._is_told:
                log.warning("no snapshot of the subscriptions kept", reason=error.strerror)
            self._is_told = True
        except Exception:
            log.exception("no snapshot of the subscriptions kept")
        else:
            self._is_told = False

    def _write(self, matcher: Matcher, cursor: str) -> None:
        self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._sweep()
        # For its owner alone: mkstemp sees to it.
        number, name = tempfile.mkstemp(".new", f"{self._path.name}.", self._path.parent)
        try:
            with os.fdopen(number, "wb") as file, uncollected():
                _write(file, matcher, cursor)
            Path(name).replace(self._path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise

    def _sweep(self) -> None:
        for left in self._path.parent.glob(f"{self._path.name}.*.new"):
            with suppress(OSError):
                if left.stat().st_mtime < time.time() - STALE_SECONDS:
                    left.unlink()


@cache
def _writer() -> bytes:
    """The line for what this program writes and reads: its own code for matching and the
    dictionaries, which decide under which spellings words are kept.
    """
    made = hashlib.blake2b(digest_size=16)
    root = Path(bot.__file__).parent
    for path in sorted((*root.glob("matching/*"), *root.glob("model*"), *root.glob("model/*"))):
        if path.is_file():
            made.update(path.read_bytes())
    for name in DICTIONARIES:
        made.update(version(name).encode())
    python = f"{sys.implementation.name} {sys.version_info.major}.{sys.version_info.minor}"
    return f"jarchy subscriptions {FORMAT} {VERSION} {python} {made.hexdigest()}\n".encode()


def _write(file: IO[bytes], matcher: Matcher, cursor: str) -> None:
    file.write(_writer() + bytes(DIGEST_SIZE))
    digesting = _Digesting(file)
    pickle.Pickler(digesting, PROTOCOL).dump((cursor, matcher))
    file.seek(len(_writer()))
    file.write(digesting.digest.digest())


def _read(file: BufferedReader) -> tuple[Matcher, str]:
    """Raises Unusable, or whatever else an unpickler can."""
    if file.readline(len(_writer())) != _writer():
        raise Unusable("another version wrote it")
    digest = file.read(DIGEST_SIZE)
    begin = file.tell()
    if hashlib.file_digest(file, hashlib.blake2b).digest() != digest:
        raise Unusable("it is damaged")
    file.seek(begin)
    cursor, matcher = _Unpickler(file).load()
    if not isinstance(matcher, Matcher) or not isinstance(cursor, str):
        raise Unusable("it holds something else")
    return matcher, cursor


@contextmanager
def _opened(path: Path) -> Iterator[BufferedReader]:
    """To be read, where nobody else can have written it."""
    number = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    with os.fdopen(number, "rb") as file:
        found = os.fstat(number)
        if not stat.S_ISREG(found.st_mode):
            raise Unusable("it is no file")
        if found.st_uid != os.geteuid() or stat.S_IMODE(found.st_mode) & 0o022:
            raise Unusable("others can write it")
        yield file


class _Digesting:
    """A file with the digest of what was written. Being of Python, it lets other threads in after
    each piece that the pickler hands over.
    """

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self.digest = hashlib.blake2b()

    def write(self, piece: bytes) -> int:
        self.digest.update(piece)
        return self._file.write(piece)


class _Unpickler(pickle.Unpickler):
    """Makes what a matcher consists of, and nothing else."""

    def find_class(self, module: str, name: str) -> Any:
        if (module, name) in FOREIGN:
            return FOREIGN[module, name]
        if (module, name) == ("array", "_array_reconstructor"):
            return super().find_class(module, name)
        if "." not in name and f"{module}.".startswith(OWN):
            found = super().find_class(module, name)
            if isinstance(found, type) and found.__module__ == module:
                return found
        raise Unusable(f"it names {module}.{name}")
