"""What every Chronicle must do."""

from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.model import Article, Edition
from bot.ports import Chronicle
from bot.store import keys
from bot.store.articles import RedisArticles
from bot.store.chronicle import RedisChronicle
from bot.store.connection import Client, connect
from bot.store.records import headline
from tests.builders.news import article
from tests.fakes.chronicle import FakeChronicle
from tests.fakes.clock import START

EN, RU, _ = Edition
NOW = START.timestamp()


@dataclass(frozen=True, slots=True)
class Office:
    """An implementation, and how it comes to know articles."""

    chronicle: Chronicle
    put: Callable[..., Awaitable[None]]
    trim: Callable[[], Awaitable[None]]


def in_memory() -> Office:
    chronicle = FakeChronicle()

    async def put(*given: Article) -> None:
        chronicle.put(*given)

    async def trim() -> None:
        chronicle.trim()

    return Office(chronicle, put, trim)


def on_redis(client: Client) -> Office:
    articles = RedisArticles(client)

    async def put(*given: Article) -> None:
        for one in given:
            if not one.body:
                await articles.baseline(one.edition, [headline(one)], None)
                continue
            await articles.discover(one.edition, [headline(one)], None, 0)
            [(_, token, _)] = await articles.claim(NOW, 60, 1)
            assert await articles.keep(one, [], token, NOW)

    async def trim() -> None:
        await client.execute("XTRIM", keys.NEWS, "MAXLEN", 1)

    return Office(RedisChronicle(client), put, trim)


@pytest.fixture(params=["fake", "valkey", "redis7"])
async def office(
    request: pytest.FixtureRequest, empty_server: Callable[[str], str]
) -> AsyncIterator[Office]:
    if request.param == "fake":
        yield in_memory()
        return
    client = await connect(empty_server(request.param), Path())
    yield on_redis(client)
    await client.close()


async def test_what_came_after_a_cursor_is_told_in_order(office):
    before = await office.chronicle.cursor()
    assert await office.chronicle.changes(before) == ([], before)
    await office.put(article(5), article(3, body=()), article(4, edition=RU))
    ids, after = await office.chronicle.changes(before)
    assert ids == [5, 3, 4]
    assert await office.chronicle.changes(after) == ([], after)
    assert await office.chronicle.cursor() == after


async def test_a_log_that_no_longer_reaches_back_says_so(office):
    before = await office.chronicle.cursor()
    await office.put(article(1), article(2))
    end = await office.chronicle.cursor()
    await office.trim()
    assert await office.chronicle.changes(before) is None
    assert await office.chronicle.changes(end) == ([], end)
    assert await office.chronicle.changes("5000000000000") is None


async def test_all_are_known_the_newest_first_and_read_in_the_order_asked(office):
    shelf = article(1, minutes=9), article(2, minutes=1, body=()), article(3, minutes=5, edition=RU)
    await office.put(*shelf)
    assert await office.chronicle.ids() == [2, 3, 1]
    read = await office.chronicle.read([3, 99, 1])
    assert read == [shelf[2], shelf[0]]
    [bare] = await office.chronicle.read([2])
    assert (bare.id, bare.title, bare.body) == (2, shelf[1].title, ())
    assert await office.chronicle.read([]) == []


async def test_how_many_there_are_and_since_when(office):
    assert await office.chronicle.extent() == (0, 0.0)
    await office.put(article(1, minutes=9), article(2, edition=RU))
    assert await office.chronicle.extent() == (2, article(1, minutes=9).published.timestamp())
