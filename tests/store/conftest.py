"""Servers of a test's own, to be configured, killed and cut off."""

import asyncio
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from pathlib import Path

import pytest
import redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from bot.ports import StoreUnavailable
from bot.store.connection import connect
from bot.store.embedded import find_binary

ROOT = Path(__file__).parents[2]
ONCE = Retry(NoBackoff(), 0)
WRITER = Path(__file__).with_name("writer.py")


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return taken.getsockname()[1]


@dataclass(slots=True)
class Server:
    """A server over TCP. `words`: its settings as on its command line."""

    folder: Path
    words: list[str]
    port: int = field(default_factory=free_port)
    process: subprocess.Popen[bytes] | None = None

    def start(self) -> "Server":
        places = ["--port", str(self.port), "--bind", "127.0.0.1", "--dir", str(self.folder)]
        log = (self.folder / f"{self.port}.log").open("ab")
        with log:
            self.process = subprocess.Popen(
                [find_binary(), *self.words, *places], stdout=log, stderr=log
            )
        with redis.Redis(port=self.port, retry=ONCE) as probe:
            wait_until(lambda: answers(probe))
        return self

    def kill(self) -> None:
        if self.process:
            self.process.kill()
            self.process.wait()


def answers(probe: redis.Redis) -> bool:
    try:
        return bool(probe.ping())
    except redis.AuthenticationError:
        return True
    except redis.RedisError:
        return False


def wait_until(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 30
    while not condition():
        assert time.monotonic() < deadline, "it never came true"
        time.sleep(0.01)


@pytest.fixture
def serve(tmp_path: Path) -> Iterator[Callable[..., Server]]:
    """Starts a server with these settings; killed in the end."""
    with ExitStack() as stack:

        def start(*words: str) -> Server:
            server = Server(tmp_path, [*words, "--save", ""] if "--save" not in words else [*words])
            stack.callback(server.kill)
            return server.start()

        yield start


@dataclass(slots=True)
class Writer:
    """A process that uses the embedded store, and says which writes were acknowledged."""

    process: subprocess.Popen[str]
    said: list[str] = field(default_factory=list)

    def next_line(self) -> str:
        assert self.process.stdout is not None
        line = self.process.stdout.readline().strip()
        assert line, "the writer ended"
        self.said.append(line)
        return line

    def end(self, how: signal.Signals) -> set[str]:
        """All that was acknowledged until it ended."""
        self.process.send_signal(how)
        rest, _ = self.process.communicate()
        # The last line may have been cut by the kill.
        self.said += rest.split("\n")[:-1]
        return {line for line in self.said if ":" in line}


@pytest.fixture
def write() -> Iterator[Callable[..., Writer]]:
    """Starts writers in a data directory; killed in the end."""
    with ExitStack() as stack:

        def start(data_dir: Path, name: str) -> Writer:
            process = stack.enter_context(
                subprocess.Popen(
                    [sys.executable, WRITER, data_dir, name],
                    stdout=subprocess.PIPE,
                    text=True,
                    env=os.environ | {"PYTHONPATH": str(ROOT)},
                    start_new_session=True,
                )
            )
            stack.callback(process.kill)
            return Writer(process)

        yield start


@pytest.fixture
def data_dir(tmp_path: Path) -> Iterator[Path]:
    """A data directory, in which no server is left behind."""
    path = tmp_path / "data"
    yield path
    if path.is_dir():
        with suppress(StoreUnavailable):
            asyncio.run(adopt(path))


async def adopt(path: Path) -> None:
    await (await connect("", path)).close()
