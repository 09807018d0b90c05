"""The line to the store: what breaks, how it is told, and what is done again."""

import asyncio
import os
import signal
from datetime import UTC, datetime
from pathlib import Path

import pytest
import redis

from bot.model import ChatRef, Edition, Subscription
from bot.ports import StoreUnavailable
from bot.store import connection
from bot.store.connection import connect, persistence
from bot.store.outbox import RedisOutbox
from bot.store.subscriptions import RedisSubscriptions
from tests.store.conftest import free_port, wait_until
from tests.store.test_keys import use_every_key

VISA = Subscription(
    ChatRef(1), "visa", "visa", frozenset({Edition.EN}), datetime(2026, 3, 2, tzinfo=UTC)
)


async def refusal(url, *command):
    client = await connect(url, Path())
    with pytest.raises(StoreUnavailable) as refused:
        await client.execute(*command or ("SET", "x", "y"))
    await client.close()
    assert refused.value.__cause__ is None
    assert refused.value.__suppress_context__
    for secret in ("127.0.0.1", "wrong", url.rpartition(":")[2]):
        assert secret not in str(refused.value)
    return str(refused.value)


async def test_a_store_that_is_not_there():
    assert await refusal(f"redis://127.0.0.1:{free_port()}") == "the store can't be reached"


async def test_a_wrong_password(serve):
    server = serve("--requirepass", "right")
    said = await refusal(f"redis://:wrong@127.0.0.1:{server.port}")
    assert said == "the store refuses the password"
    said = await refusal(f"redis://127.0.0.1:{server.port}")
    assert said == "the store refuses the password"


async def test_a_full_store_takes_nothing_in_and_lets_what_is_owed_out(serve):
    server = serve("--maxmemory-policy", "noeviction")
    client = await connect(f"redis://127.0.0.1:{server.port}", Path())
    await client.execute("CONFIG", "SET", "maxmemory", "1")
    with pytest.raises(StoreUnavailable, match="the store is full"):
        await client.execute("SET", "x", "y")
    with pytest.raises(StoreUnavailable, match="the store is full"):
        await RedisSubscriptions(client).add(VISA, 5)
    assert await client.execute("KEYS", "*") == []
    await client.close()


async def test_a_replica(serve):
    server = serve(
        "--replicaof", "127.0.0.1", str(free_port()), "--replica-serve-stale-data", "yes"
    )
    said = await refusal(f"redis://127.0.0.1:{server.port}")
    assert said == "the store is read-only"


async def test_a_command_that_the_server_does_not_know(store_url):
    assert "refuses the command: unknown command" in await refusal(store_url, "NONSENSE")


async def test_a_server_that_hangs(serve, monkeypatch):
    monkeypatch.setattr(connection, "SECONDS", 0.2)
    server = serve()
    client = await connect(f"redis://127.0.0.1:{server.port}", Path())
    await client.execute("PING")
    os.kill(server.process.pid, signal.SIGSTOP)
    with pytest.raises(StoreUnavailable, match="did not answer in time"):
        await client.execute("PING")
    os.kill(server.process.pid, signal.SIGCONT)
    assert await client.execute("ECHO", "mine") == b"mine"
    await client.close()


async def test_a_store_that_was_restarted_is_used_again_at_the_next_call(serve):
    server = serve()
    client = await connect(f"redis://127.0.0.1:{server.port}", Path())
    await asyncio.gather(*(client.execute("PING") for _ in range(20)))
    server.kill()
    with pytest.raises(StoreUnavailable):
        await client.execute("PING")
    await asyncio.to_thread(server.start)
    await asyncio.gather(*(client.execute("PING") for _ in range(20)))
    server.kill()
    await asyncio.to_thread(server.start)
    assert await client.execute("PING")
    await client.close()


async def test_a_command_whose_answer_was_lost_is_not_sent_again(store_url):
    path = store_url.removeprefix("unix://")

    async def deaf(reader, writer):
        """Passes on what comes in, and hangs up instead of answering INCR."""
        to_store, from_store = (await asyncio.open_unix_connection(path))[::-1]
        while data := await reader.read(65536):
            to_store.write(data)
            answer = await from_store.read(65536)
            if b"INCR" in data:
                break
            writer.write(answer)
        to_store.close()
        writer.close()

    async with await asyncio.start_server(deaf, "127.0.0.1", 0) as proxy:
        port = proxy.sockets[0].getsockname()[1]
        client = await connect(f"redis://127.0.0.1:{port}", Path())
        with pytest.raises(StoreUnavailable):
            await client.execute("INCR", "counter")
        await client.close()
    with redis.Redis.from_url(store_url) as probe:
        assert probe.get("counter") == b"1"


async def test_a_script_that_the_server_forgot_is_sent_again(store):
    outbox = RedisOutbox(store)
    await outbox.take(1, 60, 1)
    await store.execute("SCRIPT", "FLUSH")
    assert await outbox.take(1, 60, 1) == []


async def test_more_callers_than_connections_are_all_answered(store):
    counted = await asyncio.gather(*(store.execute("INCR", "counter") for _ in range(500)))
    assert sorted(counted) == [*range(1, 501)]
    clients = (await store.info("clients"))["connected_clients"]
    assert clients <= connection.CONNECTIONS


async def test_who_is_cancelled_in_a_command_stops(store):
    async def busy():
        while True:
            await store.execute("SADD", "x", "y")

    for _ in range(100):
        task = asyncio.create_task(busy())
        for _ in range(7):
            await asyncio.sleep(0)
        task.cancel()
        assert await asyncio.wait([task], timeout=5) == ({task}, set())
        assert task.cancelled()
    assert await store.execute("ECHO", "mine") == b"mine"


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["--appendonly", "yes", "--appendfsync", "always"], None),
        (["--appendonly", "yes"], None),
        (["--appendonly", "yes", "--appendfsync", "no"], "does not wait for its disk"),
        (["--appendonly", "no", "--save", ""], "keeps nothing on disk"),
        (["--appendonly", "no", "--save", "60 1000"], "snapshots alone"),
        (
            ["--appendonly", "yes", "--maxmemory", "100mb", "--maxmemory-policy", "allkeys-lru"],
            "throws keys away",
        ),
        (["--appendonly", "yes", "--rename-command", "CONFIG", ""], None),
        (["--appendonly", "no", "--rename-command", "CONFIG", ""], "keeps nothing on disk"),
    ],
)
async def test_a_store_that_may_lose_what_it_took_is_told(serve, words, sentence):
    client = await connect(f"redis://127.0.0.1:{serve(*words).port}", Path())
    said = await persistence(client)
    assert said is None if sentence is None else sentence in said
    await client.close()


async def test_a_cluster_serves_every_script_whichever_node_is_named(serve):
    ports = [free_port(), free_port()]
    nodes = [
        serve(
            "--cluster-enabled",
            "yes",
            "--cluster-port",
            str(port),
            "--cluster-config-file",
            str(port),
        )
        for port in ports
    ]
    probes = [redis.Redis(port=node.port) for node in nodes]
    probes[0].execute_command("CLUSTER ADDSLOTSRANGE", 0, 8191)
    probes[1].execute_command("CLUSTER ADDSLOTSRANGE", 8192, 16383)
    probes[0].execute_command("CLUSTER MEET", "127.0.0.1", nodes[1].port, ports[1])
    for probe in probes:
        wait_until(lambda: probe.cluster("INFO")["cluster_state"] == "ok")  # noqa: B023 - at once
    for node in nodes:
        client = await connect(f"redis+cluster://127.0.0.1:{node.port}", Path())
        await use_every_key(client)
        assert "keeps nothing" in await persistence(client)
        await client.close()
        for probe in probes:
            probe.flushall()
    for probe in probes:
        probe.close()


async def test_a_sentinel_names_the_primary(serve, tmp_path):
    server = serve()
    config = tmp_path / "sentinel.conf"
    config.write_text(f"sentinel monitor news 127.0.0.1 {server.port} 1\n")
    watcher = serve(str(config), "--sentinel")
    dead = free_port()
    url = f"redis+sentinel://127.0.0.1:{dead},127.0.0.1:{watcher.port}/news"
    client = await connect(url, Path())
    await use_every_key(client)
    await client.close()
    client = await connect(url.replace("/news", "/other"), Path())
    with pytest.raises(StoreUnavailable, match="can't be reached"):
        await client.execute("PING")
    await client.close()
