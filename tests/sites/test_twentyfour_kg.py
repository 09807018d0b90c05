import asyncio
from datetime import UTC, datetime

import pytest
from structlog.testing import capture_logs

from bot.model import Edition, Item
from bot.ports import PageNotFound, PageUnreadable
from bot.sites.http import HttpReader
from bot.sites.twentyfour_kg import TwentyFourKg
from tests.builders.page_server import html, serving
from tests.builders.site import article_page, day, listing_page, row
from tests.fakes.clock import FakeClock

NOW = datetime(2026, 3, 12, 9, 43, tzinfo=UTC)
TODAY = day("12 March, Thursday")


@pytest.fixture
async def world():
    """(the pages by path, the site that reads them, its server)"""
    pages = {}

    async def answer(request):
        return pages.get(request.path) or html("<html>404</html>", 404)

    clock = FakeClock(NOW)
    async with (
        serving(answer) as server,
        HttpReader(server.url, clock, agent="test", pause=0) as reader,
    ):
        yield pages, TwentyFourKg(server.url, reader, clock), server


@pytest.mark.parametrize(
    ("edition", "page", "path"),
    [
        (Edition.RU, 1, "/"),
        (Edition.EN, 1, "/english/"),
        (Edition.KY, 1, "/kyrgyzcha/"),
        (Edition.RU, 2, "/page_2/"),
        (Edition.EN, 3, "/english/page_3/"),
    ],
)
async def test_each_edition_and_page_has_its_address(world, edition, page, path):
    pages, site, _ = world
    pages[path] = html(listing_page(TODAY, row(7)))
    assert [item.id for item in (await site.listing(edition, page)).items] == [7]


async def test_a_site_below_a_path_is_read_too():
    async def answer(request):
        shown = listing_page(TODAY, row(7, href="/mirror/english/7_a/"))
        return html(shown if request.path == "/mirror/english/" else article_page())

    clock = FakeClock(NOW)
    async with serving(answer) as server:
        base = f"{server.url}/mirror/"
        async with HttpReader(base, clock, agent="test", pause=0) as reader:
            site = TwentyFourKg(base, reader, clock)
            (item,) = (await site.listing(Edition.EN)).items
            article = await site.article(item)
    assert server.requests[1].path == "/mirror/english/7_a/"
    assert article.url == f"{server.url}/mirror/english/7/"


@pytest.mark.parametrize("text", ["", "<html>Under repair</html>", listing_page(TODAY)])
async def test_a_200_with_the_wrong_page_is_an_error_and_never_nothing_new(world, text):
    pages, site, _ = world
    pages["/english/"] = html(text)
    with pytest.raises(PageUnreadable):
        await site.listing(Edition.EN)


async def test_a_later_page_that_is_missing_or_without_rows_is_the_end(world):
    pages, site, _ = world
    pages["/english/page_2/"] = html(listing_page())
    assert (await site.listing(Edition.EN, 2)).items == ()
    assert (await site.listing(Edition.EN, 3)).items == ()


async def test_a_later_page_without_a_list_is_an_error_and_never_the_end(world):
    pages, site, _ = world
    pages["/english/page_2/"] = html("<html>Are you a robot?</html>")
    with pytest.raises(PageUnreadable):
        await site.listing(Edition.EN, 2)


async def test_a_first_page_that_is_missing_is_an_error(world):
    _, site, _ = world
    with pytest.raises(PageNotFound):
        await site.listing(Edition.EN)


async def test_an_article_is_asked_for_at_the_address_of_its_row(world):
    pages, site, server = world
    pages["/english/7_Slug/"] = html(article_page())
    item = Item(Edition.EN, 7, f"{server.url}/english/7_Slug/", "A title", NOW)
    assert (await site.article(item)).url == f"{server.url}/english/7/"


async def test_an_article_that_redirects_to_another_host_is_an_error(world):
    pages, site, server = world
    pages["/english/7/"] = html("", 302, Location="https://24-kg.com/english/7/")
    with pytest.raises(PageUnreadable, match="another host"):
        await site.article(Item(Edition.EN, 7, f"{server.url}/english/7/", "A title", NOW))


async def test_skipped_rows_are_told_once_until_they_are_others(world):
    pages, site, _ = world
    bad = [row(7), row(8, at="soon")]
    with capture_logs() as logs:
        for rows in (bad, bad, [row(7)], bad):
            pages["/english/"] = html(listing_page(TODAY, *rows))
            await site.listing(Edition.EN)
    assert [log["count"] for log in logs if log["event"] == "rows skipped"] == [1, 1]


async def test_the_loop_goes_on_while_a_large_page_is_parsed(world):
    pages, site, _ = world
    pages["/english/"] = html(listing_page(TODAY, row(7), "<p>x</p>" * 100_000))
    turns = 0
    reading = asyncio.create_task(site.listing(Edition.EN))
    while not reading.done():
        turns += 1
        await asyncio.sleep(0)
    assert (await reading).items
    assert turns > 100
