"""Nothing grows with time: caches have bounds, and a process holds no more than at first."""

import asyncio
import gc
import importlib
import pkgutil
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from types import ModuleType

import pytest

import bot
import handlers
from bot.app.delivery import deliver, send_digests
from bot.app.parts import Parts
from bot.model import Alert, ChatRef, Edition, Item, Sent
from bot.settings import load
from bot.store.connection import connect
from tests.builders.news import article, chat, subscription

FINITE = {
    "bot.matching.kyrgyz_suffixes._letters_before": "two letters",
    "bot.messages.catalog.catalog": "a language",
    "bot.store.records._load_manner": "editions and ways of delivery: a few dozen",
}
"""Caches without a bound, and why they need none."""
BATCH, WARM, ROUNDS = 20, 3, 12
SLACK = 1.05


def modules() -> Iterator[ModuleType]:
    for package in (bot, handlers):
        for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if not found.name.endswith("__main__"):
                yield importlib.import_module(found.name)


def unbounded() -> set[str]:
    """Caches of functions and methods that take arguments and have no bound, by full name."""
    found = set()
    for module in modules():
        owners = [module, *(each for each in vars(module).values() if isinstance(each, type))]
        for owner in owners:
            for each in vars(owner).values():
                if _is_unbounded(each):
                    found.add(f"{each.__module__}.{each.__qualname__}")
    return found


def _is_unbounded(cached: object) -> bool:
    """A cache without a bound, of something that is asked: what is not has one answer."""
    if not hasattr(cached, "cache_parameters") or cached.cache_parameters()["maxsize"] is not None:
        return False
    code = cached.__wrapped__.__code__
    return code.co_argcount + code.co_kwonlyargcount > 0


def test_every_cache_has_a_bound_or_a_reason():
    assert unbounded() <= set(FINITE)


class Silence:
    """A messenger that remembers nothing."""

    def __init__(self) -> None:
        self.sent = 0

    async def send(self, _chat, _message):
        self.sent += 1
        return Sent(self.sent)


@asynccontextmanager
async def delivering(url: str, folder: Path) -> AsyncIterator[Parts]:
    settings = load(
        telegram_bot_token="42:simulated",
        redis_url=url,
        data_dir=folder,
        messages_per_second=1000,
        paid_broadcast=True,
    )
    client = await connect(url, folder)
    parts = replace(Parts.of(settings, client), messenger=Silence())
    tasks = [asyncio.ensure_future(work) for work in (deliver(parts), send_digests(parts))]
    yield parts
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, *(end() for end in parts.ends), return_exceptions=True)
    await client.close()


async def a_while(parts: Parts, number: int) -> None:
    """New readers, each told of a new article."""
    now = parts.clock.now()
    known = range(number * BATCH + 1, (number + 1) * BATCH + 1)
    for each in known:
        reader = chat(each)
        await parts.stores.chats.save(reader)
        await parts.stores.subscriptions.add(subscription(reader.ref, "visa"), 9)
    told = replace(article(number + 1), published=now - timedelta(minutes=1))
    row = Item(Edition.EN, told.id, told.url, told.title, told.published)
    await parts.stores.articles.discover(Edition.EN, [row], None, 0)
    [(_, token, _)] = await parts.stores.articles.claim(now.timestamp(), 60, 1)
    key = subscription(ChatRef(1), "visa").key
    alerts = [Alert(ChatRef(each), told.id, (key,)) for each in known]
    assert await parts.stores.articles.keep(told, alerts, token, now.timestamp())
    async with asyncio.timeout(30):
        while await parts.stores.outbox.waiting():  # noqa: ASYNC110 - the store is no event
            await asyncio.sleep(0.01)


def held() -> int:
    gc.collect()
    return len(gc.get_objects())


@pytest.mark.timeout(240)
async def test_a_process_that_tells_news_for_long_holds_no_more_than_at_first(
    empty_server, tmp_path
):
    async with delivering(empty_server("valkey"), tmp_path) as parts:
        for number in range(WARM):
            await a_while(parts, number)
        before = held()
        for number in range(WARM, WARM + ROUNDS):
            await a_while(parts, number)
        assert held() < before * SLACK
