"""Older news is read at leisure, for search, and told to nobody."""

import pytest

from bot.flows import backfill
from bot.ports import PageNotFound, PageUnreadable, SiteUnavailable, StoreUnavailable
from tests.builders.news import EN, KY, RU, article
from tests.fakes.site import FakeSite
from tests.flows.newsroom import PAUSE_SECONDS, Failing, Newsroom

HOURS = 60 * 30
"""Minutes: too long ago to be told."""


def old(*numbers, edition=EN):
    """One an hour, the lower the number the newer."""
    return [article(each, minutes=HOURS + 60 * each, edition=edition) for each in numbers]


@pytest.fixture
async def newsroom():
    """A site with a page and two thirds that the baseline leaves alone, and a reader."""
    newsroom = Newsroom(rows_a_page=3)
    newsroom.publish(*old(*range(1, 12)))
    await newsroom.subscribe("visa")
    return newsroom


async def begun(newsroom, *editions):
    """The first start: after it the pages asked for are forgotten."""
    await newsroom.look(*editions)
    newsroom.site.asked.clear()


async def read(newsroom, flow, pages):
    for _ in range(pages):
        await flow.read()
        newsroom.clock.pass_time(PAUSE_SECONDS)


async def headlines(newsroom, edition=EN):
    return sorted(item.id for item in await newsroom.articles.latest([edition], 99))


async def test_titles_of_older_pages_are_found_and_told_to_nobody(newsroom):
    await begun(newsroom)
    assert await headlines(newsroom) == [*range(1, 7)]
    await read(newsroom, newsroom.backfill(), 9)
    assert await headlines(newsroom) == [*range(1, 12)]
    assert newsroom.site.asked == [f"listing en {page}" for page in (2, 3, 4, 5)]
    assert await newsroom.later() == 0
    assert newsroom.alerted == []
    assert await newsroom.kept() == []


async def test_so_many_pages_are_read_as_are_wished(newsroom):
    await begun(newsroom)
    await read(newsroom, newsroom.backfill(pages=3), 9)
    assert newsroom.site.asked == ["listing en 2", "listing en 3"]
    assert await headlines(newsroom) == [*range(1, 10)]


@pytest.mark.parametrize("pages", [0, 1])
async def test_none_are_read_where_none_are_wished(newsroom, pages):
    await begun(newsroom)
    await read(newsroom, newsroom.backfill(pages=pages), 3)
    assert newsroom.site.asked == []


async def test_another_process_goes_on_where_the_last_one_was(newsroom):
    await begun(newsroom)
    await read(newsroom, newsroom.backfill(), 2)
    newsroom.restart()
    newsroom.site.asked.clear()
    await newsroom.look()
    await read(newsroom, newsroom.backfill(), 9)
    pages = [asked for asked in newsroom.site.asked if not asked.endswith(" 1")]
    assert pages == ["listing en 4", "listing en 5"]
    newsroom.restart()
    newsroom.site.asked.clear()
    await newsroom.look()
    await read(newsroom, newsroom.backfill(), 3)
    assert newsroom.site.asked == ["listing en 1"]


async def test_more_pages_are_read_when_more_are_wished(newsroom):
    await begun(newsroom)
    await read(newsroom, newsroom.backfill(pages=2), 2)
    await read(newsroom, newsroom.backfill(pages=3), 2)
    assert newsroom.site.asked == ["listing en 2", "listing en 3"]


async def test_editions_take_turns_and_each_is_read_once(newsroom):
    newsroom.publish(*old(*range(101, 106), edition=RU), *old(201, edition=KY))
    await begun(newsroom, EN, RU, KY)
    await read(newsroom, newsroom.backfill(RU, EN, KY), 12)
    asked = newsroom.site.asked
    assert [each.split()[2] for each in asked] == ["2", "2", "2", "3", "3", "4", "5"]
    assert {each.split()[1] for each in asked[:3]} == {"en", "ru", "ky"}
    assert await headlines(newsroom, RU) == [*range(101, 106)]


async def test_two_pages_are_apart_as_other_requests_are(newsroom):
    await begun(newsroom)
    flow = newsroom.backfill()
    await flow.read()
    newsroom.clock.pass_time(PAUSE_SECONDS - 0.1)
    await flow.read()
    assert newsroom.site.asked == ["listing en 2"]
    newsroom.clock.pass_time(0.1)
    await flow.read()
    assert newsroom.site.asked == ["listing en 2", "listing en 3"]


async def test_nothing_is_read_before_the_edition_is_baselined(newsroom):
    newsroom.reach.answered()
    await read(newsroom, newsroom.backfill(), 3)
    assert newsroom.site.asked == []


async def test_a_site_that_is_away_is_left_alone_until_a_poll_has_found_it_back(newsroom):
    await begun(newsroom)
    newsroom.site.fail(SiteUnavailable("away", retry_after=30))
    flow = newsroom.backfill()
    await flow.read()
    assert newsroom.site.asked == ["listing en 2"]
    newsroom.clock.pass_time(20)
    await flow.read()
    await newsroom.look()
    assert newsroom.site.asked == ["listing en 2"]
    newsroom.clock.pass_time(11)
    await newsroom.look()
    newsroom.clock.pass_time(backfill.RETRY_SECONDS)
    await flow.read()
    assert newsroom.site.asked[1:] == ["listing en 1"]
    newsroom.site.recover()
    await newsroom.look()
    await read(newsroom, flow, 9)
    assert await headlines(newsroom) == [*range(1, 12)]


@pytest.mark.parametrize("error", [PageUnreadable("changed"), SiteUnavailable("answers 500")])
async def test_a_page_that_stays_unreadable_is_tried_again_and_then_passed_over(newsroom, error):
    await begun(newsroom)
    newsroom.site.fail(error, "listing en 3")
    flow = newsroom.backfill()
    await read(newsroom, flow, 2)
    for _ in range(backfill.MOST_ATTEMPTS):
        newsroom.clock.pass_time(backfill.RETRY_SECONDS)
        await flow.read()
    await read(newsroom, flow, 5)
    pages = [int(asked.split()[2]) for asked in newsroom.site.asked]
    assert pages == [2, 3, 3, 3, 4, 5]
    assert await headlines(newsroom) == [*range(1, 7), 10, 11]


@pytest.mark.parametrize("error", [PageUnreadable("changed"), SiteUnavailable("answers 500")])
async def test_a_page_that_can_t_be_read_holds_up_no_other_edition(newsroom, error):
    newsroom.publish(*old(*range(101, 112), edition=RU))
    await begun(newsroom, EN, RU)
    newsroom.site.fail(error, "listing en 2")
    await read(newsroom, newsroom.backfill(EN, RU), 9)
    assert newsroom.site.asked == ["listing en 2", *(f"listing ru {page}" for page in (2, 3, 4, 5))]
    assert await headlines(newsroom, RU) == [*range(101, 112)]


async def test_a_page_that_is_not_there_is_the_end(newsroom):
    await begun(newsroom)
    newsroom.site.fail(PageNotFound("answers 404"), "listing en 4")
    flow = newsroom.backfill(pages=20)
    for _ in range(9):
        await flow.read()
        newsroom.clock.pass_time(backfill.RETRY_SECONDS)
    assert newsroom.site.asked == [f"listing en {page}" for page in (2, 3, 4)]


async def test_a_store_that_is_away_once_ends_nothing(newsroom):
    await begun(newsroom)
    flow = newsroom.backfill()
    await flow.read()
    newsroom.archive = flow._archive = Failing(newsroom.archive, frozenset({"file"}))
    newsroom.clock.pass_time(PAUSE_SECONDS)
    with pytest.raises(StoreUnavailable):
        await flow.read()
    newsroom.archive.fails = False
    newsroom.clock.pass_time(backfill.IDLE_SECONDS)
    await read(newsroom, flow, 9)
    assert await headlines(newsroom) == [*range(1, 12)]


async def test_a_site_that_shows_its_last_page_for_every_number_is_read_no_further(newsroom):
    class Clamped(FakeSite):
        async def listing(self, edition, page=1, validator=None):
            return await super().listing(edition, min(page, 4), validator)

    newsroom = Newsroom(site=Clamped(rows_a_page=3))
    newsroom.publish(*old(*range(1, 12)))
    await begun(newsroom)
    await read(newsroom, newsroom.backfill(pages=20), 9)
    assert len(newsroom.site.asked) == 4


async def test_what_may_still_be_told_is_left_for_the_poll_to_find(newsroom):
    """Rows that came while the bot was stopped are on older pages, too."""
    await begun(newsroom)
    newsroom.publish(*(article(each, minutes=60 - each) for each in range(21, 26)))
    await read(newsroom, newsroom.backfill(), 9)
    assert not {*range(21, 26)} & {*await headlines(newsroom)}
    await newsroom.look()
    assert newsroom.alerted == [*range(21, 26)]


async def test_an_emptied_store_is_filled_anew(newsroom):
    await begun(newsroom)
    flow = newsroom.backfill()
    await read(newsroom, flow, 9)
    newsroom.empty_store()
    newsroom.restart()
    await newsroom.look()
    assert await headlines(newsroom) == [*range(1, 7)]
    await read(newsroom, newsroom.backfill(), 9)
    assert await headlines(newsroom) == [*range(1, 12)]


async def test_rows_that_move_down_meanwhile_are_passed_over_by_no_page(newsroom):
    await begun(newsroom)
    flow = newsroom.backfill(pages=9)
    for number in range(21, 26):
        await read(newsroom, flow, 1)
        newsroom.publish(article(number, minutes=26 - number))
        await newsroom.later(0)
    await read(newsroom, flow, 9)
    assert await headlines(newsroom) == [*range(1, 12), *range(21, 26)]
    assert newsroom.alerted == [*range(21, 26)]
