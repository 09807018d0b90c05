"""What goes wrong with the store or with Telegram is said once, in the log and to the operators,
and once that it is over; nothing is lost by it.
"""

import asyncio
from pathlib import Path

import pytest
from redis.asyncio import Redis
from story.crowd import gather

from bot.store.connection import connect
from simulator.telegram import Fault
from tests.store.conftest import Server

DURABLE = "--appendonly", "yes", "--appendfsync", "always", "--save", ""


@pytest.fixture
async def server(tmp_path):
    (tmp_path / "server").mkdir()
    server = await asyncio.to_thread(Server(tmp_path / "server", [*DURABLE]).start)
    yield server
    server.kill()


class Watch:
    """A bot on a server, its operator, and readers who follow one word."""

    def __init__(self, stage, server):
        self.stage, self.server = stage, server
        admin = stage.telegram.person("Operator", "en")
        self.admin = stage.telegram.private(admin)
        stage.telegram.world.chats[self.admin].started = True
        self.url = f"redis://127.0.0.1:{server.port}"

    async def start(self):
        client = await connect(self.url, Path())
        self.crowd = await gather(self.stage, client, 5)
        await client.close()
        self.bot = await self.stage.start(REDIS_URL=self.url, ADMIN_CHATS=str(self.admin))
        await self.bot.says("edition=en")
        await self.told_of_an_article()

    async def told_of_an_article(self):
        self.crowd.publish()
        await self.crowd.all_told()

    async def set(self, *setting):
        async with Redis.from_url(self.url) as redis:
            await redis.config_set(*setting)

    async def said_once(self, name, *reasons):
        """When it is over: a line and a message that it began, and one of each that it ended."""
        await self.stage.heard(self.admin, f"Over: {name}")
        lines = [line for line in self.bot.output.splitlines() if f"name={name}" in line]
        assert len(lines) == 2, lines
        assert any(reason in lines[0] for reason in reasons), lines
        assert len(self.stage.told(self.admin, f"Trouble: {name}")) == 1
        assert len(self.stage.told(self.admin, f"Over: {name}")) == 1
        assert not self.crowd.look().twice()


@pytest.fixture
async def watch(stage, server):
    made = Watch(stage, server)
    await made.start()
    return made


async def test_a_full_store_is_said_once_and_what_came_meanwhile_is_told(watch):
    await watch.set("maxmemory", "1")
    watch.crowd.publish(2)
    await watch.bot.says("name=store")
    await watch.set("maxmemory", "0")
    await watch.crowd.all_told()
    await watch.said_once("store", "the store is full")


async def test_a_store_that_became_read_only_is_said_once_and_nothing_is_lost(watch):
    async with Redis.from_url(watch.url) as redis:
        await redis.replicaof("127.0.0.1", "1")
        watch.crowd.publish(2)
        await watch.bot.says("name=store")
        await redis.replicaof("NO", "ONE")
    await watch.crowd.all_told()
    await watch.said_once("store", "the store is read-only")


async def test_a_store_that_was_killed_and_started_again_is_said_once_and_nothing_is_lost(watch):
    watch.crowd.publish(2)
    watch.server.kill()
    await watch.bot.says("name=store")
    watch.crowd.publish()
    await asyncio.to_thread(watch.server.start)
    await watch.crowd.all_told()
    await watch.said_once("store", "can't be reached", "loading")


async def test_a_telegram_that_is_away_is_said_once_and_what_came_meanwhile_is_told(watch):
    fault = Fault("sendMessage", status=502, times=None)
    watch.stage.telegram.faults.add(fault)
    watch.crowd.publish(2)
    await watch.bot.says("name=telegram", 60)
    watch.stage.telegram.faults.clear()
    await watch.crowd.all_told()
    await watch.said_once("telegram", "Bad Gateway")


async def test_an_emptied_store_is_said_once(watch):
    async with Redis.from_url(watch.url) as redis:
        await redis.flushall()
    await watch.said_once("emptied", "has forgotten what it knew")
