"""The embedded server, as several processes use it and as processes die."""

import asyncio
import os
import signal
import stat
from pathlib import Path

import pytest
import redis

from bot.ports import StoreUnavailable
from bot.store import embedded, places
from bot.store.connection import connect, persistence
from bot.store.embedded import Embedded
from tests.store.conftest import ONCE, answers, wait_until


async def server_of(client):
    return (await client.info("server"))["process_id"]


async def written(data_dir):
    client = await connect("", data_dir)
    found = {name.decode() for name in await client.execute("SMEMBERS", "written")}
    await client.close()
    return found


def is_up(path):
    with redis.Redis(unix_socket_path=str(path), retry=ONCE) as probe:
        return answers(probe)


async def test_what_was_written_is_there_after_a_stop(data_dir):
    client = await connect("", data_dir)
    await client.execute("SADD", "written", "x")
    await client.close()
    assert not is_up(data_dir / "store" / "store.sock")
    assert await written(data_dir) == {"x"}


async def test_it_is_as_durable_and_as_private_as_promised(data_dir):
    client = await connect("", data_dir)
    settings = {
        "appendonly": "yes",
        "appendfsync": "always",
        "aof-load-truncated": "yes",
        "maxmemory-policy": "noeviction",
        "port": "0",
        "save": "",
    }
    assert {name: await client.setting(name) for name in settings} == settings
    assert await persistence(client) is None
    assert stat.S_IMODE((data_dir / "store").stat().st_mode) == 0o700
    assert stat.S_IMODE((data_dir / "store" / "store.sock").stat().st_mode) == 0o700
    await client.close()


async def test_the_last_to_leave_stops_it(data_dir):
    first = await connect("", data_dir)
    second = await connect("", data_dir)
    assert await server_of(first) == await server_of(second)
    await first.close()
    assert await second.execute("PING")
    await second.close()
    assert not is_up(data_dir / "store" / "store.sock")


async def test_who_comes_while_the_last_leaves_has_a_server_too(data_dir):
    for _ in range(5):
        first = await connect("", data_dir)
        _, second = await asyncio.gather(first.close(), connect("", data_dir))
        assert await second.execute("PING")
        await second.close()


async def test_closing_twice_is_no_harm(data_dir):
    server = Embedded(data_dir)
    await server.open()
    await server.close()
    await server.close()
    await server.ensure()
    assert not is_up(server.socket)


async def test_four_that_start_at_once_share_one(data_dir, write):
    writers = [write(data_dir, name) for name in "abcd"]
    assert len({writer.next_line() for writer in writers}) == 1
    for writer in writers:
        writer.end(signal.SIGTERM)
    assert not is_up(data_dir / "store" / "store.sock")


async def test_kill_9_of_all_its_users_loses_nothing_and_the_next_adopts_it(data_dir, write):
    writers = [write(data_dir, name) for name in "ab"]
    servers = {writer.next_line() for writer in writers}
    for writer in writers * 200:
        writer.next_line()
    acknowledged = set.union(*(writer.end(signal.SIGKILL) for writer in writers))
    client = await connect("", data_dir)
    assert servers == {f"server {await server_of(client)}"}
    await client.close()
    assert not is_up(data_dir / "store" / "store.sock")
    assert acknowledged <= await written(data_dir)
    assert len(acknowledged) >= 400


async def test_kill_9_of_the_server_loses_nothing_and_it_is_started_again(data_dir, write):
    writers = [write(data_dir, name) for name in "abc"]
    servers = {writer.next_line() for writer in writers}
    for _ in range(3):
        for writer in writers * 50:
            writer.next_line()
        client = await connect("", data_dir)
        server = await server_of(client)
        os.kill(server, signal.SIGKILL)
        await client.close()
        servers.add(f"server {server}")
    for writer in writers * 50:
        writer.next_line()
    acknowledged = set.union(*(writer.end(signal.SIGTERM) for writer in writers))
    assert acknowledged <= await written(data_dir)
    assert len(acknowledged) >= 550
    assert len(servers) == 3


async def test_after_the_server_died_one_call_fails_and_the_next_does_not(data_dir):
    client = await connect("", data_dir)
    os.kill(await server_of(client), signal.SIGKILL)
    with pytest.raises(StoreUnavailable, match="can't be reached"):
        await client.execute("PING")
    assert await client.execute("PING")
    await client.close()


async def test_ctrl_c_in_the_terminal_ends_the_bot_and_not_the_server(data_dir, write):
    writer = write(data_dir, "a")
    server = writer.next_line()
    os.killpg(writer.process.pid, signal.SIGINT)
    writer.process.communicate()
    client = await connect("", data_dir)
    assert server == f"server {await server_of(client)}"
    await client.close()


@pytest.mark.parametrize("kept", [0.99, 0.5, 0.3])
async def test_a_log_that_was_cut_is_read_up_to_the_cut(data_dir, kept):
    client = await connect("", data_dir)
    for number in range(200):
        await client.execute("RPUSH", "numbers", f"number {number}")
    await client.close()
    [log] = (data_dir / "store" / "appendonlydir").glob("*.incr.aof")
    os.truncate(log, int(log.stat().st_size * kept))
    client = await connect("", data_dir)
    found = await client.execute("LRANGE", "numbers", 0, -1)
    assert found == [f"number {number}".encode() for number in range(len(found))]
    assert 200 * kept - 5 <= len(found) < 200
    await client.close()


async def test_a_log_that_is_garbage_is_refused_with_what_the_server_says(data_dir):
    client = await connect("", data_dir)
    for number in range(50):
        await client.execute("RPUSH", "numbers", number)
    await client.close()
    [log] = (data_dir / "store" / "appendonlydir").glob("*.incr.aof")
    with log.open("r+b") as file:
        file.seek(log.stat().st_size // 2)
        file.write(b"garbage garbage garbage garbage")
    with pytest.raises(StoreUnavailable, match=r"did not start: .*Bad file format"):
        await connect("", data_dir)


async def test_a_path_too_long_for_a_socket_is_no_harm(data_dir):
    deep = data_dir.joinpath(*["a very long name, with spaces"] * 6)
    first, second = await connect("", deep), await connect("", deep)
    assert await server_of(first) == await server_of(second)
    path = Embedded(deep).socket
    assert len(os.fsencode(path)) < 104
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    await first.close()
    await second.close()
    assert not path.parent.exists()


async def test_a_private_place_of_someone_elses_making_is_refused(data_dir, tmp_path, monkeypatch):
    monkeypatch.setattr(places, "SHORT_TEMP", str(tmp_path))
    deep = data_dir.joinpath(*["long" * 10] * 4)
    (tmp_path / "elsewhere").mkdir()
    Embedded(deep).socket.parent.symlink_to(tmp_path / "elsewhere")
    with pytest.raises(StoreUnavailable, match="DATA_DIR can't be used"):
        await connect("", deep)


async def test_a_platform_without_a_binary_is_told_what_to_do(data_dir, monkeypatch):
    monkeypatch.setattr(embedded, "find_spec", lambda _: None)
    with pytest.raises(StoreUnavailable, match="set REDIS_URL"):
        await connect("", data_dir)


async def test_a_binary_that_is_not_there_is_told(data_dir):
    with pytest.raises(StoreUnavailable, match="can't be run: No such file"):
        await connect("", data_dir, binary=Path("/nowhere/valkey-server"))


async def test_a_binary_that_fails_is_told_with_what_it_says(data_dir, tmp_path):
    binary = tmp_path / "server"
    binary.write_text("#!/bin/sh\necho no such option\nexit 3\n")
    binary.chmod(0o700)
    with pytest.raises(StoreUnavailable, match="refuses to start: no such option"):
        await connect("", data_dir, binary=binary)


async def test_a_data_directory_that_can_not_be_made_is_told(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreUnavailable, match="DATA_DIR can't be used"):
        await connect("", tmp_path / "file")


async def test_its_log_is_bounded(data_dir, monkeypatch):
    monkeypatch.setattr(places, "LONGEST_LOG", 100)
    data_dir.mkdir()
    for number in range(4):
        await (await connect("", data_dir)).close()
        with (data_dir / "store.log").open("a") as log:
            log.write(f"{number}" * 100)
    assert (data_dir / "store.log.1").read_text().endswith("2" * 100)
    assert "2" * 100 not in (data_dir / "store.log").read_text()


async def test_a_log_that_was_cut_in_the_middle_is_loaded_but_for_its_last_entry(data_dir):
    client = await connect("", data_dir)
    for number in range(100):
        await client.execute("SADD", "written", f"{number}")
    server = await server_of(client)
    os.kill(server, signal.SIGKILL)
    (log,) = (data_dir / "store" / "appendonlydir").glob("*.incr.aof")
    socket = data_dir / "store" / "store.sock"
    wait_until(lambda: not is_up(socket))
    os.truncate(log, log.stat().st_size - 5)
    with pytest.raises(StoreUnavailable):
        await client.execute("PING")
    found = {int(each) for each in await client.execute("SMEMBERS", "written")}
    assert found == {*range(99)}
    await client.execute("SADD", "written", "99")
    await client.close()
    assert len(await written(data_dir)) == 100
    assert "truncat" in (data_dir / "store.log").read_text().lower()
