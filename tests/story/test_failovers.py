"""The store's primary is killed in the middle of a fan-out, and its replica takes its place."""

import asyncio
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from story.chaos import patiently
from story.crowd import gather, leased
from story.program import until

from bot.store.connection import connect
from bot.store.subscriptions import RedisSubscriptions
from tests.store.replicated import clustered, watched

READERS = 90
MOST_A_SECOND = 30
LEADER_SECONDS = 15.0


@asynccontextmanager
async def served(stage, store):
    """Two bots on a store, readers who follow one word, and a client to look with."""
    client = await connect(store.url, Path())
    try:
        crowd = await gather(stage, client, READERS)
        bots = [await stage.start(REDIS_URL=store.url)]
        await bots[0].says("edition=en")
        collect_too = ("-m", "bot", "run", "--only", "collect,deliver")
        bots.append(await stage.start(*collect_too, REDIS_URL=store.url))
        await bots[1].says("started")
        watching = asyncio.create_task(crowd.watch())
        yield client, crowd, bots
        watching.cancel()
    finally:
        await client.close()


@pytest.mark.timeout(180)
@pytest.mark.parametrize("servers", [watched, clustered])
async def test_a_failover_in_a_fan_out_loses_nothing_and_keeps_the_limits(servers, stage, tmp_path):
    (tmp_path / "servers").mkdir()
    with servers(tmp_path / "servers") as store:
        async with served(stage, store) as (client, crowd, bots):
            crowd.publish(2)
            await until(lambda: len(crowd.look().told) > 40)
            before = await leased(client)
            store.primary.kill()
            killed = stage.telegram.world.clock()
            crowd.publish()
            await asyncio.to_thread(store.wait_until_replaced)
            await crowd.all_told()
            crowd.publish()
            await crowd.all_told()
            flying = before | {each for each, at in crowd.first.items() if abs(at - killed) < 1}
            assert crowd.twice() <= flying
            assert crowd.most_in_a_second() <= MOST_A_SECOND
            assert crowd.most_to_a_chat() == 1
            known = await patiently(lambda: subscribers(client))
            assert known == {*crowd.chats}
            await bots[0].kill()
            await bots[1].says("this process leads", LEADER_SECONDS)
            crowd.publish()
            await crowd.all_told()


async def subscribers(client):
    return {chat async for each in RedisSubscriptions(client).all() for chat in each.chats}
