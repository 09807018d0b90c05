"""What tests of several rooms share: real servers, started once a worker, emptied for each test."""

import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest
import redis
import structlog
from hypothesis import HealthCheck, settings
from redis.backoff import NoBackoff
from redis.retry import Retry

from bot.store.connection import Client, connect
from bot.store.embedded import find_binary

# Property tests may take their time: a busy machine is no failure.
settings.register_profile("unhurried", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("unhurried")

# Tracebacks with every local in a frame take a second each.
PLAIN = structlog.dev.ConsoleRenderer(
    colors=False, exception_formatter=structlog.dev.plain_traceback
)
structlog.configure(processors=[structlog.processors.add_log_level, PLAIN])

IN_MEMORY = ["--port", "0", "--save", "", "--appendonly", "no"]
GUARD = '"$@" & server=$!; cat; kill $server; wait $server'
"""Stops the server when whoever started it ends, in whatever way: its standard input closes."""


@pytest.fixture(scope="session")
def valkey_url() -> Iterator[str]:
    yield from _serve(str(find_binary()))


@pytest.fixture(scope="session")
def redis7_url() -> Iterator[str]:
    binary = shutil.which("redis-server")
    if binary is None and os.environ.get("CI"):
        pytest.fail("CI tests on Redis 7.0 too: install redis-server")
    if binary is None:
        pytest.skip("redis-server is not installed")
    yield from _serve(binary)


@pytest.fixture
def empty_server(request: pytest.FixtureRequest) -> Callable[[str], str]:
    """The address of `valkey` or `redis7`, emptied."""
    return lambda name: _emptied(request.getfixturevalue(f"{name}_url"))


@pytest.fixture(params=["valkey", "redis7"])
def redis_server_url(request: pytest.FixtureRequest, empty_server: Callable[[str], str]) -> str:
    """Each of the servers that the bot promises to run on, empty."""
    return empty_server(request.param)


@pytest.fixture
def store_url(valkey_url: str) -> str:
    """One server, empty: for tests to which it does not matter which."""
    return _emptied(valkey_url)


@pytest.fixture
async def store(store_url: str) -> AsyncIterator[Client]:
    """A client of that one."""
    client = await connect(store_url, Path())
    yield client
    await client.close()


def _serve(binary: str) -> Iterator[str]:
    with tempfile.TemporaryDirectory(prefix="store-") as folder:
        command = [binary, *IN_MEMORY, "--dir", folder, "--unixsocket", f"{folder}/sock"]
        guard = subprocess.Popen(
            ["/bin/sh", "-c", GUARD, "guard", *command],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            start_new_session=True,
        )
        try:
            _wait_until_it_answers(f"unix://{folder}/sock")
            yield f"unix://{folder}/sock"
        finally:
            guard.communicate()


def _wait_until_it_answers(url: str) -> None:
    deadline = time.monotonic() + 30
    with redis.Redis.from_url(url, retry=Retry(NoBackoff(), 0)) as client:
        while True:
            with suppress(redis.ConnectionError):
                client.ping()
                return
            assert time.monotonic() < deadline, "the server does not answer"
            time.sleep(0.01)


def _emptied(url: str) -> str:
    with redis.Redis.from_url(url) as client:
        client.flushall()
        client.script_flush()
    return url
