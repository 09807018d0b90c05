"""The feed in memory and the one behind real HTTP are the same."""

from datetime import datetime, timedelta
from email.utils import format_datetime

import pytest
from aiohttp import web

from bot.model import Edition, Item, Validator
from bot.ports import PageUnreadable
from bot.sites.dates import BISHKEK
from bot.sites.feed import SiteFeed
from bot.sites.http import HttpReader
from tests.builders.page_server import serving
from tests.fakes.clock import FakeClock
from tests.fakes.feed import FakeFeed

NOW = datetime(2026, 3, 12, 15, 43, tzinfo=BISHKEK)


class Served:
    """What a `FakeFeed` shows, as RSS."""

    def __init__(self, held: FakeFeed) -> None:
        self.held = held

    async def answer(self, request: web.Request) -> web.StreamResponse:
        asked = request.headers.get("If-None-Match")
        try:
            page = await self.held.page(Validator(asked) if asked else None)
        except PageUnreadable:
            return web.Response(text="<html>Under repair</html>", content_type="text/html")
        if page is None:
            return web.Response(status=304)
        items = "".join(
            f"<item><title>{item.title}</title><link>{item.url}</link>"
            f"<pubDate>{format_datetime(item.published)}</pubDate></item>"
            for item in page.items
        )
        rss = f'<rss version="2.0"><channel><title>24.kg</title>{items}</channel></rss>'
        return web.Response(text=rss, headers={"ETag": page.validator.etag})


@pytest.fixture(params=["fake", "24.kg"])
async def world(request):
    """(what can be told to show, the feed under test, the site's address)"""
    held = FakeFeed()
    if request.param == "fake":
        yield held, held, "https://24.kg"
        return
    clock = FakeClock(NOW)
    async with (
        serving(Served(held).answer) as server,
        HttpReader(server.url, clock, agent="contract", pause=0) as reader,
    ):
        yield held, SiteFeed(f"{server.url}/rss/", server.url, reader, clock), server.url


def items(base):
    published = NOW - timedelta(hours=1)
    return [
        Item(edition, number, f"{base}/{section}/{number}_a/", f"Title {number}", published)
        for edition, section, number in (
            (Edition.EN, "english", 9),
            (Edition.RU, "vlast", 4),
            (Edition.KY, "kyrgyzcha", 7),
        )
    ]


async def test_what_it_shows_is_of_all_editions_and_in_its_order(world):
    held, feed, base = world
    held.show(*items(base))
    assert (await feed.page()).items == tuple(items(base))


async def test_an_empty_feed_is_one(world):
    _, feed, _ = world
    assert (await feed.page()).items == ()


async def test_an_unchanged_feed_is_none_until_it_shows_something_else(world):
    held, feed, base = world
    held.show(*items(base))
    first = await feed.page()
    assert await feed.page(first.validator) is None
    held.show(*items(base)[1:])
    assert (await feed.page(first.validator)).items == tuple(items(base)[1:])


async def test_what_is_no_feed_is_an_error_and_never_an_empty_one(world):
    held, feed, _ = world
    held.error = PageUnreadable("no feed")
    with pytest.raises(PageUnreadable):
        await feed.page()
