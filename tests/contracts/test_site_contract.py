"""The site in memory and the one behind real HTTP, in the real markup, are the same."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from aiohttp import web

from bot.model import Article, Edition, Item, Popular, Validator
from bot.ports import NewsSite, PageNotFound, PageUnreadable, SiteError, SiteUnavailable
from bot.sites.dates import BISHKEK
from bot.sites.http import HttpReader
from bot.sites.twentyfour_kg import PATHS, TwentyFourKg
from tests.builders.page_server import html, serving
from tests.builders.site import article_page, listing_of, popular_block
from tests.fakes.clock import FakeClock
from tests.fakes.site import FakeSite

NOW = datetime(2026, 3, 12, 15, 43, tzinfo=BISHKEK)
ROWS = 3


class Served:
    """What a `FakeSite` holds, as pages; so that both sides are told the same way."""

    def __init__(self, held: FakeSite) -> None:
        self.held = held
        self.base = ""

    async def answer(self, request: web.Request) -> web.StreamResponse:
        try:
            return await self._page(request)
        except PageNotFound:
            return html("none", 404)
        except SiteUnavailable as error:
            return html("no", 503, Retry_After=str(error.retry_after))
        except SiteError:
            return html("<html>Under repair</html>")

    async def _page(self, request: web.Request) -> web.StreamResponse:
        for edition, path in PATHS.items():
            page = _page_number(request.path, path)
            if page:
                return await self._listing(request, edition, page)
        number = int(request.path.strip("/").split("/")[1])
        row = Item(Edition.EN, number, request.path, "", NOW)
        found = await self.held.article(row)
        body = "".join(f"<p>{text}</p>" for text in found.body)
        published = f"{found.published:%H:%M, %d %B %Y}"
        return html(article_page(found.title, body, link=found.url, published=published))

    async def _listing(
        self, request: web.Request, edition: Edition, page: int
    ) -> web.StreamResponse:
        asked = request.headers.get("If-None-Match")
        listing = await self.held.listing(edition, page, Validator(asked) if asked else None)
        if listing is None:
            return web.Response(status=304)
        shown = self.held.popular(edition)
        block = popular_block(*shown.items) if shown else ""
        page = listing_of(list(listing.items)).replace("</body>", f"{block}</body>")
        return html(page, ETag=listing.validator.etag)


def _page_number(path: str, listing: str) -> int:
    rest = path.removeprefix(listing) if path.startswith(listing) else "elsewhere"
    if rest.startswith("page_"):
        return int(rest.strip("/").removeprefix("page_"))
    return 0 if rest else 1


@pytest.fixture(params=["fake", "24.kg"])
async def world(request):
    """(what can be told to publish, the site under test, its base address)"""
    held = FakeSite(rows_a_page=ROWS)
    if request.param == "fake":
        yield held, held, "https://24.kg"
        return
    clock = FakeClock(NOW)
    served = Served(held)
    async with (
        serving(served.answer) as server,
        HttpReader(server.url, clock, agent="contract", pause=0) as reader,
    ):
        yield held, TwentyFourKg(server.url, reader, clock), server.url


def article(base, number=7, minutes=0, edition=Edition.EN, **changes):
    section = {Edition.EN: "english", Edition.KY: "kyrgyzcha", Edition.RU: "vlast"}[edition]
    made = Article(
        edition,
        number,
        f"{base}/{section}/{number}/",
        f"Title {number}",
        ("One.", "Two & three."),
        NOW - timedelta(minutes=minutes),
        section="English",
        author="An AUTHOR",
        views=7,
    )
    return replace(made, **changes)


async def test_what_is_published_is_listed_newest_first(world):
    held, site, base = world
    assert isinstance(site, FakeSite | TwentyFourKg)
    old, new = held.publish(article(base, 9, minutes=2000), article(base, 4, important=True))
    listing = await site.listing(Edition.EN)
    assert listing.items == (new, old)
    assert (listing.edition, listing.page) == (Edition.EN, 1)


@pytest.mark.parametrize("edition", Edition)
async def test_an_edition_lists_its_own(world, edition):
    held, site, base = world
    items = held.publish(*(article(base, 7 + n, edition=e) for n, e in enumerate(Edition)))
    listing = await site.listing(edition)
    assert listing.items == tuple(item for item in items if item.edition == edition)


async def test_pages_follow_each_other_and_after_the_last_there_is_nothing(world):
    held, site, base = world
    items = held.publish(*(article(base, n, minutes=n) for n in range(1, 6)))
    pages = [(await site.listing(Edition.EN, page)).items for page in (1, 2, 3, 9)]
    assert pages == [tuple(items[:3]), tuple(items[3:]), (), ()]


async def test_a_first_page_without_a_row_is_an_error_and_never_nothing_new(world):
    _, site, _ = world
    with pytest.raises(PageUnreadable):
        await site.listing(Edition.EN)


async def test_an_unchanged_listing_is_none_until_something_is_published(world):
    held, site, base = world
    held.publish(article(base, 1, minutes=5))
    first = await site.listing(Edition.EN)
    assert await site.listing(Edition.EN, 1, first.validator) is None
    held.publish(article(base, 2))
    again = await site.listing(Edition.EN, 1, first.validator)
    assert [item.id for item in again.items] == [2, 1]


async def test_the_page_behind_a_row_is_its_article(world):
    held, site, base = world
    published = article(base, important=True)
    (item,) = held.publish(published)
    assert await site.article(item) == published


async def test_an_edited_article_is_read_as_it_is_now(world):
    held, site, base = world
    (item,) = held.publish(article(base))
    edited = article(base, title="Another title", body=("Another.",))
    held.publish(edited)
    assert await site.article(item) == edited
    assert (await site.listing(Edition.EN)).items[0].title == "Another title"


async def test_a_withdrawn_article_is_neither_listed_nor_found(world):
    held, site, base = world
    item, other = held.publish(article(base, 1), article(base, 2))
    held.withdraw(1)
    assert (await site.listing(Edition.EN)).items == (other,)
    with pytest.raises(PageNotFound):
        await site.article(item)


async def test_a_site_that_fails_once_works_again(world):
    held, site, base = world
    items = held.publish(article(base))
    held.fail(SiteUnavailable("down", retry_after=2))
    with pytest.raises(SiteUnavailable) as caught:
        await site.listing(Edition.EN)
    assert caught.value.retry_after == 2
    held.recover()
    assert (await site.listing(Edition.EN)).items == tuple(items)


async def test_one_bad_page_leaves_the_rest_readable(world):
    held, site, base = world
    bad, good = held.publish(article(base, 1, minutes=1), article(base, 2))
    held.fail(PageUnreadable("changed"), "article 1")
    with pytest.raises(PageUnreadable):
        await site.article(bad)
    assert (await site.article(good)).id == 2
    assert (await site.listing(Edition.EN)).items == (good, bad)


async def test_what_is_read_most_is_what_the_last_page_showed(world):
    held, site, base = world
    assert site.popular(Edition.EN) is None
    held.publish(article(base))
    most = tuple(Item(Edition.EN, n, f"{base}/english/{n}_a/", f"Title {n}", NOW) for n in (9, 3))
    held.shown[Edition.EN] = Popular(most, NOW)
    await site.listing(Edition.EN)
    assert site.popular(Edition.EN) == Popular(most, NOW)
    assert site.popular(Edition.RU) is None


def test_both_are_news_sites():
    sites: list[type[NewsSite]] = [FakeSite, TwentyFourKg]
    assert all(callable(site.listing) and callable(site.article) for site in sites)
