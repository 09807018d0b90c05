"""The primary dies, or stands still as one that is cut off: its replica is used, by itself."""

import asyncio
import os
import signal
from pathlib import Path

import pytest

from bot.ports import StoreUnavailable
from bot.store import connection
from bot.store.connection import connect
from tests.store.replicated import clustered, watched


async def written_again(client):
    """Once the store takes writes: how often it did not."""
    failed = 0
    while True:
        try:
            await client.execute("SET", "{jarchy}:x", "after")
        except StoreUnavailable:
            failed += 1
            await asyncio.sleep(0.05)
        else:
            return failed


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGSTOP])
@pytest.mark.parametrize("serve", [watched, clustered])
async def test_after_a_failover_the_new_primary_is_used(serve, how, tmp_path, monkeypatch):
    monkeypatch.setattr(connection, "SECONDS", 0.5)
    with serve(tmp_path) as store:
        client = await connect(store.url, Path())
        for number in range(20):
            await client.execute("SADD", "{jarchy}:all", number)
        await asyncio.to_thread(store.wait_until_replicated)
        await asyncio.gather(*(client.execute("GET", "{jarchy}:x") for _ in range(10)))
        os.kill(store.primary.process.pid, how)
        async with asyncio.timeout(30):
            assert await written_again(client) > 0
        assert await client.execute("SCARD", "{jarchy}:all") == 20
        await client.close()
