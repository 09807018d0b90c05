from datetime import UTC, datetime, timedelta

import pytest

from bot.model import Edition, Item, Popular
from bot.sites.address import SiteAddress
from bot.sites.http import HttpReader
from bot.sites.markup import parse
from bot.sites.popular import read_popular
from bot.sites.twentyfour_kg import TwentyFourKg
from tests.builders.page_server import html, serving
from tests.builders.site import article_page, day, listing_page, popular_block, row
from tests.fakes.clock import FakeClock

NOW = datetime(2026, 3, 12, 9, 43, tzinfo=UTC)
BASE = "https://24.kg"
SITE = SiteAddress(BASE)
EN, RU, KY = Edition


def item(number, title="A title", edition=EN, base=BASE):
    return Item(edition, number, f"{base}/english/{number}_slug/", title, NOW)


def popular(*blocks, edition=EN):
    page = f"<html><body>{''.join(blocks)}</body></html>"
    return read_popular(parse(page, "page"), f"{BASE}/english/", edition, SITE, NOW)


def test_the_block_is_read_in_its_order_and_each_title_once():
    first, second = item(9, "Bread & butter"), item(3, "A lake")
    assert popular(popular_block(first, second, first)) == (first, second)


def test_a_relative_address_and_a_short_one_are_of_the_site():
    link = '<a class="title" href="/english/7/">A <b>title</b></a>'
    block = f'<div class="lineTitle">Popular</div><div class="blockNews">{link}</div>'
    assert [(one.id, one.url) for one in popular(block)] == [(7, f"{BASE}/english/7/")]


@pytest.mark.parametrize(
    ("edition", "heading", "section"),
    [(EN, "Popular", "Business"), (RU, "Популярные новости", "Бизнес")],
)
def test_a_section_s_block_never_passes_for_what_is_read_most(edition, heading, section):
    wanted, other = item(1, edition=edition), item(2, edition=edition)
    there = popular_block(wanted, heading=heading)
    business = popular_block(other, heading=section)
    assert popular(there, business, edition=edition) == (wanted,)
    assert popular(business, there, edition=edition) == (wanted,)
    assert popular(business, edition=edition) == ()


def test_the_kyrgyz_block_is_the_first_whatever_it_is_called():
    first, second = item(1, edition=KY), item(2, edition=KY)
    blocks = popular_block(first, heading="Эл окуган"), popular_block(second, heading="Бизнес")
    assert popular(*blocks, edition=KY) == (first,)


@pytest.mark.parametrize(
    "link",
    [
        '<a class="title" href="https://24-kg.com/english/7_a/">A clone</a>',
        '<a class="title" href="/english/">A section</a>',
        '<a class="title">Nowhere</a>',
        '<a class="title" href="/english/7_a/"><img alt="A picture alone"></a>',
        '<a class="title" href="http://[/7/">No address</a>',
    ],
)
def test_what_is_no_article_is_passed_over(link):
    block = popular_block(item(1)).replace("<div><div", f"<div>{link}<div", 1)
    assert link in block
    assert popular(block) == (item(1),)


def test_a_page_without_the_block_shows_nothing():
    assert popular() == ()
    assert popular('<div class="blockNews"><a class="title" href="/english/7_a/">x</a></div>') == ()


@pytest.fixture
async def world():
    """(the pages by path, the site that reads them, its server, its clock)"""
    pages = {}

    async def answer(request):
        return html(pages[request.path])

    clock = FakeClock(NOW)
    async with (
        serving(answer) as server,
        HttpReader(server.url, clock, agent="test", pause=0) as reader,
    ):
        yield pages, TwentyFourKg(server.url, reader, clock), server, clock


async def test_every_page_that_shows_the_block_says_what_is_read_most_now(world):
    pages, site, server, clock = world
    first, second = item(5, base=server.url), item(6, base=server.url)
    listing = listing_page(day("12 March, Thursday"), row(7))
    pages["/english/"] = listing
    pages["/english/7_slug/"] = article_page(around=popular_block(first))
    assert site.popular(EN) is None
    (shown,) = (await site.listing(EN)).items
    assert site.popular(EN) is None

    await site.article(shown)
    assert site.popular(EN) == Popular((first,), NOW)
    assert site.popular(RU) is None

    clock.pass_time(60)
    await site.listing(EN)
    assert site.popular(EN) == Popular((first,), NOW)

    pages["/english/"] = listing.replace("</body>", popular_block(second) + "</body>")
    assert len((await site.listing(EN)).items) == 1
    assert [one.id for one in site.popular(EN).items] == [6]
    assert site.popular(EN).seen == NOW + timedelta(seconds=60)
    assert len(server.requests) == 4


async def test_an_article_s_words_are_its_own_whatever_is_popular(world):
    pages, site, server, _ = world
    pages["/english/7_slug/"] = article_page(around=popular_block(item(5, "A zeppelin")))
    read = await site.article(item(7, base=server.url))
    assert "zeppelin" not in repr(read)
