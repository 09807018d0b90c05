"""Large fan-outs: whatever is interrupted, and wherever, each chat gets an article once."""

import asyncio
from collections import Counter
from pathlib import Path

import pytest

from bot.ports import StoreUnavailable
from bot.store import keys
from bot.store.articles import FAN_OUT, KEEP, RedisArticles
from bot.store.chats import RedisChats
from bot.store.connection import connect
from bot.store.outbox import RedisOutbox
from tests.store.test_keys import EN as EDITION
from tests.store.test_keys import NOW, ChatRef, alerts, article, item

CHATS = [ChatRef(number) for number in range(1, 10)]


class Interrupted:
    """A client that breaks after so many scripts of a fan-out, before or after the last one."""

    def __init__(self, client, calls, *, after):
        self._client = client
        self._left = calls
        self._after = after

    def __getattr__(self, name):
        return getattr(self._client, name)

    async def run(self, script, touched, *words):
        fans_out = script in (FAN_OUT, KEEP)
        if fans_out and not self._left and not self._after:
            raise StoreUnavailable("cut off")
        result = await self._client.run(script, touched, *words)
        if fans_out and not self._left:
            raise StoreUnavailable("cut off")
        self._left -= fans_out
        return result


async def claim(articles, now):
    await articles.discover(EDITION, [item(1)], None, 0)
    return [token for _, token, _ in await articles.claim(now, 60, 1)]


async def drain(outbox, now):
    """What is sent of all that is owed at this moment."""
    bundles = await outbox.take(now, 60, 100)
    for bundle in bundles:
        assert await outbox.settle(bundle, now)
    return Counter(alert.chat for bundle in bundles for alert in bundle.alerts)


@pytest.mark.parametrize("after", [True, False])
@pytest.mark.parametrize("calls", range(5))
async def test_a_fan_out_that_was_interrupted_is_finished_without_a_second_alert(
    store, calls, after
):
    outbox = RedisOutbox(store)
    interrupted = RedisArticles(Interrupted(store, calls, after=after), chunk=2)
    [token] = await claim(interrupted, NOW)
    with pytest.raises(StoreUnavailable):
        await interrupted.keep(article(1), alerts(1, CHATS), token, NOW)
    told = await drain(outbox, NOW + 1)
    articles = RedisArticles(store, chunk=2)
    for token in await claim(articles, NOW + 60):
        assert await articles.keep(article(1), alerts(1, CHATS), token, NOW + 61)
    told += await drain(outbox, NOW + 70)
    assert told == Counter(CHATS)
    assert await store.execute("EXISTS", keys.fanout(1)) == 0
    assert await articles.get([1]) == {1: article(1)}


@pytest.mark.parametrize("calls", range(1, 5))
async def test_a_process_that_was_frozen_in_a_fan_out_adds_nothing_when_it_wakes(store, calls):
    outbox = RedisOutbox(store)
    frozen, awake = RedisArticles(store, chunk=2), RedisArticles(store, chunk=2)
    [old] = await claim(frozen, NOW)
    for start in range(0, 2 * calls, 2):
        await frozen._fan_out(1, alerts(1, CHATS[start : start + 2]), old, NOW)
    [new] = await claim(awake, NOW + 60)
    told = await drain(outbox, NOW + 60)
    assert await awake.keep(article(1), alerts(1, CHATS), new, NOW + 61)
    told += await drain(outbox, NOW + 70)
    assert not await frozen.keep(article(1), alerts(1, CHATS), old, NOW + 71)
    told += await drain(outbox, NOW + 80)
    assert told == Counter(CHATS)


async def test_a_group_that_moves_in_a_fan_out_is_told_once_under_its_new_id(store):
    articles, old, new = RedisArticles(store, chunk=2), ChatRef(-5), ChatRef(-1005)
    [token] = await claim(articles, NOW)
    await articles._fan_out(1, alerts(1, [new]), token, NOW)
    await RedisChats(store).move(old.id, new.id)
    await articles._fan_out(1, alerts(1, [old]), token, NOW)
    assert await articles.keep(article(1), alerts(1, [old]), token, NOW)
    assert await drain(RedisOutbox(store), NOW + 1) == Counter([new])


async def test_an_item_that_is_dropped_in_a_fan_out_leaves_nothing_behind(store):
    articles = RedisArticles(store, chunk=2)
    [token] = await claim(articles, NOW)
    await articles._fan_out(1, alerts(1, CHATS[:2]), token, NOW)
    await articles.drop(1, token)
    assert await store.execute("EXISTS", keys.fanout(1)) == 0


async def test_two_that_fan_out_at_once_tell_everyone_once(store_url):
    clients = [await connect(store_url, Path()) for _ in range(2)]
    both = [RedisArticles(client, chunk=1) for client in clients]
    [old] = await claim(both[0], NOW)
    [new] = await claim(both[1], NOW + 60)
    kept = await asyncio.gather(
        both[0].keep(article(1), alerts(1, CHATS), old, NOW + 60),
        both[1].keep(article(1), alerts(1, CHATS), new, NOW + 60),
    )
    assert kept == [False, True]
    assert await drain(RedisOutbox(clients[0]), NOW + 70) == Counter(CHATS)
    for client in clients:
        await client.close()
