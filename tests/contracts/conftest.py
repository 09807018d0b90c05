"""Each port's implementations, side by side: in memory, on Valkey, on Redis 7.0."""

from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pytest

from bot.ports import (
    Archive,
    Articles,
    Chats,
    Corrections,
    Digests,
    Handled,
    Leadership,
    Outbox,
    Pacing,
    PopularNews,
    Posts,
    Searches,
    Subscriptions,
)
from bot.store import keys
from bot.store.archive import RedisArchive
from bot.store.articles import RedisArticles
from bot.store.chats import RedisChats
from bot.store.connection import Client, connect
from bot.store.corrections import RedisCorrections
from bot.store.digests import RedisDigests
from bot.store.handled import RedisHandled
from bot.store.leadership import RedisLeadership
from bot.store.outbox import RedisOutbox
from bot.store.pacing import RedisPacing
from bot.store.popular import RedisPopularNews
from bot.store.posts import RedisPosts
from bot.store.searches import RedisSearches
from bot.store.subscriptions import RedisSubscriptions
from tests.fakes.archive import FakeArchive
from tests.fakes.articles import FakeArticles
from tests.fakes.chats import FakeChats
from tests.fakes.clock import FakeClock
from tests.fakes.corrections import FakeCorrections
from tests.fakes.digests import FakeDigests
from tests.fakes.handled import FakeHandled
from tests.fakes.leadership import FakeLeadership, Seat
from tests.fakes.outbox import FakeOutbox
from tests.fakes.popular import FakePopularNews
from tests.fakes.searches import FakeSearches
from tests.fakes.subscriptions import FakeSubscriptions

PER_SECOND = 4.0


@dataclass(frozen=True, slots=True)
class Stores:
    """One implementation of each port, over the same state."""

    archive: Archive
    articles: Articles
    corrections: Corrections
    digests: Digests
    outbox: Outbox
    pacing: Pacing
    popular: PopularNews
    posts: Posts
    subscriptions: Subscriptions
    chats: Chats
    handled: Handled
    searches: Searches
    candidates: tuple[Leadership, Leadership]
    pass_time: Callable[[float], None]
    """For leadership alone: the rest is told the time."""
    trim: Callable[[], Awaitable[None]]
    """Forget the log of changes but for its end."""


def in_memory() -> Stores:
    outbox, subscriptions = FakeOutbox(PER_SECOND), FakeSubscriptions()
    clock, seat = FakeClock(), Seat()
    articles, digests = FakeArticles(outbox), FakeDigests(outbox)
    return Stores(
        FakeArchive(articles),
        articles,
        FakeCorrections(articles),
        digests,
        outbox,
        outbox.pacing,
        FakePopularNews(articles),
        outbox.posts,
        subscriptions,
        FakeChats(subscriptions, outbox, digests),
        FakeHandled(),
        FakeSearches(),
        (FakeLeadership(clock, seat), FakeLeadership(clock, seat)),
        clock.pass_time,
        subscriptions.trim,
    )


def on_redis(client: Client) -> Stores:
    return Stores(
        RedisArchive(client),
        RedisArticles(client),
        RedisCorrections(client),
        RedisDigests(client),
        RedisOutbox(client),
        RedisPacing(client, PER_SECOND),
        RedisPopularNews(client),
        RedisPosts(client),
        RedisSubscriptions(client),
        RedisChats(client),
        RedisHandled(client),
        RedisSearches(client),
        (RedisLeadership(client), RedisLeadership(client)),
        lambda _: None,
        partial(client.execute, "XTRIM", keys.CHANGES, "MAXLEN", 1),
    )


@pytest.fixture(params=["fake", "valkey", "redis7"])
async def stores(
    request: pytest.FixtureRequest, empty_server: Callable[[str], str]
) -> AsyncIterator[Stores]:
    if request.param == "fake":
        yield in_memory()
        return
    client = await connect(empty_server(request.param), Path())
    yield on_redis(client)
    await client.close()
