"""What is published is kept once, with its alerts, whatever the site, the store and time do."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.flows.audience import Audience
from bot.flows.collect import LEASE_SECONDS
from bot.model import Edition, Listing
from bot.ports import PageNotFound, PageUnreadable, SiteUnavailable, StoreUnavailable
from tests.builders.bank import rate
from tests.builders.news import EN, KY, RU, article, chat
from tests.flows.newsroom import Failing, Newsroom

HOUR = 60.0
DOWN = SiteUnavailable("https://24.kg/english/: answers 503")
CHANGED = PageUnreadable("https://24.kg/english/: a listing without a row")
ABSENT = PageNotFound("answers 404")


@pytest.fixture
async def settled(newsroom):
    """A newsroom at work: three pages of old news were baselined, and somebody asks for visas."""
    newsroom.publish(*(article(n, minutes=(20 - n) * HOUR) for n in range(11, 20)))
    await newsroom.subscribe("visa")
    await newsroom.look()
    newsroom.site.asked.clear()
    return newsroom


async def test_the_headers_rates_are_handed_on_with_the_first_look_and_with_each_new_listing(
    newsroom,
):
    newsroom.publish(article(1))
    for value in ("87.45", "87.46"):
        newsroom.site.rates = (rate(value, source="site"),)
        await newsroom.look()
        await newsroom.later()
        newsroom.publish(article(int(value[-1]), minutes=1))
    assert list(dict.fromkeys(str(each.value) for each in newsroom.noticed)) == ["87.45", "87.46"]


async def test_a_listing_that_is_the_same_is_asked_for_whole_where_its_header_is_wanted(newsroom):
    newsroom.publish(article(1))
    await newsroom.look()
    await newsroom.later()
    newsroom.noticed.clear()
    newsroom.site.rates = (rate("87.46", source="site"),)
    await newsroom.later()
    assert newsroom.noticed == []
    newsroom.wants_rates = True
    await newsroom.later()
    assert newsroom.noticed == [rate("87.46", source="site")]
    assert newsroom.alerted == []


# --- the first look --------------------------------------------------------------------------


async def test_the_first_look_sees_everything_and_tells_nobody(newsroom):
    await newsroom.subscribe("visa")
    newsroom.publish(*(article(n, minutes=n) for n in range(1, 8)))
    assert await newsroom.look() == 0
    assert await newsroom.later() == 0
    assert newsroom.alerted == await newsroom.kept() == []
    assert newsroom.site.asked[:3] == ["listing en 1", "listing en 2", "listing en 3"]
    assert [item.id for item in await newsroom.articles.latest([EN], 9)] == [1, 2, 3, 4, 5, 6, 7]


async def test_the_first_look_ends_where_everything_is_too_old_to_be_told(newsroom):
    newsroom.publish(*(article(n, minutes=n * 8 * HOUR) for n in range(1, 30)))
    await newsroom.look()
    assert newsroom.site.asked == ["listing en 1", "listing en 2"]


async def test_the_first_look_takes_two_pages_even_of_old_news_so_that_paging_back_ends(newsroom):
    newsroom.publish(*(article(n, minutes=(50 + n) * HOUR) for n in range(1, 60)))
    await newsroom.look()
    newsroom.publish(article(100))
    newsroom.site.asked.clear()
    assert await newsroom.later() == 1
    assert "listing en 5" not in newsroom.site.asked


async def test_a_first_look_at_a_listing_of_one_page_is_one(newsroom):
    newsroom.publish(article(1, minutes=5))
    await newsroom.look()
    assert await newsroom.articles.is_baselined(EN)
    assert await newsroom.articles.floor(EN) is None


async def test_a_first_look_that_fails_is_made_again_and_still_tells_nobody(newsroom):
    await newsroom.subscribe("visa")
    newsroom.publish(*(article(n, minutes=n) for n in range(1, 5)))
    newsroom.site.fail(DOWN)
    await newsroom.look()
    assert not await newsroom.articles.is_baselined(EN)
    newsroom.site.recover()
    await newsroom.later()
    assert newsroom.alerted == await newsroom.kept() == []


async def test_below_a_first_look_that_broke_off_nothing_is_news(newsroom):
    await newsroom.subscribe("visa")
    newsroom.publish(*(article(n, minutes=n * HOUR) for n in range(1, 13)))
    newsroom.site.fail(DOWN, "listing en 2")
    await newsroom.look()
    assert await newsroom.articles.floor(EN) == article(3, minutes=3 * HOUR).published
    newsroom.site.recover("listing en 2")
    newsroom.publish(article(50))
    await newsroom.later()
    assert newsroom.alerted == [50]


async def test_after_a_first_look_that_broke_off_old_pages_are_left_alone(newsroom):
    newsroom.publish(*(article(n, minutes=n * HOUR) for n in range(1, 60)))
    newsroom.site.fail(DOWN, "listing en 2")
    await newsroom.look()
    newsroom.site.recover("listing en 2")
    newsroom.publish(article(100))
    newsroom.site.asked.clear()
    await newsroom.later()
    assert "listing en 4" not in newsroom.site.asked
    assert 100 in await newsroom.kept()


async def test_a_new_edition_is_baselined_by_itself(settled):
    await settled.subscribe("виза", chat(1002))
    settled.publish(*(article(n, "Виза дня", edition=RU, minutes=n) for n in range(1, 5)))
    await settled.look(EN, RU)
    assert settled.alerted == []
    settled.publish(article(90, "Виза дня", edition=RU))
    await settled.look(EN, RU)
    assert settled.alerted == [90]


async def test_an_emptied_store_is_baselined_again_in_silence(settled):
    settled.publish(*(article(n, minutes=1) for n in range(30, 40)))
    settled.empty_store()
    settled.restart()
    await settled.subscribe("visa")
    await settled.later()
    await settled.later()
    assert settled.alerted == await settled.kept() == []
    settled.publish(article(40))
    await settled.later()
    assert settled.alerted == [40]


# --- looking for news ------------------------------------------------------------------------


async def test_what_is_published_is_kept_and_owed_to_who_asked(settled):
    settled.publish(article(20, "A visa for a day"), article(21, "Rain tomorrow", body=()))
    assert await settled.look() == 2
    assert settled.alerted == [20]
    assert await settled.kept() == [20, 21]
    assert settled.meter.counted[-2:] == ["kept en", "kept en"]


async def test_paging_back_ends_at_a_page_of_known_rows(settled):
    settled.publish(*(article(n) for n in range(20, 24)))
    await settled.look()
    assert [asked for asked in settled.site.asked if asked.startswith("listing")] == [
        "listing en 1",
        "listing en 2",
        "listing en 3",
    ]
    assert settled.alerted == [20, 21, 22, 23]


async def test_after_a_long_stop_what_is_told_is_read_before_what_is_too_old_for_it(settled):
    settled.clock.pass_time(7 * 24 * HOUR * 60)
    ages = {20: 160, 21: 100, 22: 24, 23: 5, 24: 1}
    settled.publish(*(article(n, minutes=(hours - 7 * 24) * HOUR) for n, hours in ages.items()))
    await settled.look()
    asked = [asked for asked in settled.site.asked if asked.startswith("article")]
    assert asked == [f"article {n}" for n in (22, 23, 24, 20, 21)]
    assert settled.alerted == [22, 23, 24]


async def test_an_unchanged_listing_is_not_sent_again_and_the_rest_is_still_read(settled):
    settled.publish(article(20))
    settled.site.fail(DOWN, "article 20")
    await settled.look()
    settled.site.recover("article 20")
    settled.site.asked.clear()
    assert await settled.later() == 1
    assert settled.site.asked == ["listing en 1", "article 20"]


async def test_a_site_that_shows_the_same_page_for_every_number_ends_the_paging(settled):
    real = settled.site.listing

    async def same(edition, page=1, validator=None):
        listing = await real(edition, 1, validator)
        return listing and replace(listing, page=page)

    settled.site.listing = same
    settled.publish(*(article(n, minutes=-n) for n in range(20, 30)))
    await settled.look()
    assert len(settled.site.asked) < 10
    assert settled.alerted == [27, 28, 29]


async def test_a_listing_without_an_end_is_left_after_so_many_pages(settled):
    async def endless(edition, page=1, _validator=None):
        settled.site.asked.append(f"listing {page}")
        rows = settled.publish(*(article(page * 10 + n, minutes=page) for n in range(3)))
        return Listing(edition, page, tuple(rows))

    settled.site.listing = endless
    settled.site.fail(DOWN, "article")
    await settled.look()
    assert sum(asked.startswith("listing") for asked in settled.site.asked) == 40
    assert await settled.articles.gap(EN) == 0


async def test_a_back_dated_article_with_a_lower_id_is_told(settled):
    settled.publish(article(5, "A visa story of the morning", minutes=1.5 * HOUR))
    await settled.look()
    assert settled.alerted == [5]


async def test_what_is_too_old_when_first_seen_is_kept_and_told_to_nobody(settled):
    settled.restart()
    settled.publish(article(20, minutes=-60))
    settled.clock.pass_time(timedelta(hours=26).total_seconds())
    settled.publish(article(21, minutes=-26 * HOUR))
    await settled.look()
    assert await settled.kept() == [20, 21]
    assert settled.alerted == [21]


async def test_withdrawn_reordered_and_edited_rows_tell_nobody_again(settled):
    settled.publish(article(20))
    await settled.look()
    settled.site.withdraw(19)
    settled.publish(article(20, "Visa story, corrected", minutes=-30))
    settled.publish(article(11, "Visa story, pinned", minutes=-40))
    assert await settled.later(3600) == 0
    assert settled.alerted == [20]


async def test_all_that_was_published_while_the_bot_was_down_is_told(settled):
    settled.publish(*(article(n, minutes=-n) for n in range(100, 220)))
    settled.clock.pass_time(4 * 3600)
    settled.restart()
    await settled.look()
    assert settled.alerted == [*range(100, 220)]


async def test_articles_are_read_oldest_first(settled):
    settled.publish(article(30, minutes=1), article(25, minutes=9), article(28, minutes=5))
    await settled.look()
    assert settled.site.asked[-3:] == ["article 25", "article 28", "article 30"]


# --- a page that is broken ---------------------------------------------------------------------


async def test_a_broken_older_page_does_not_silence_the_newest(settled):
    settled.site.fail(DOWN, "listing en 2")
    settled.publish(*(article(n, minutes=-n) for n in range(20, 25)))
    await settled.look()
    assert settled.alerted == [22, 23, 24]
    assert await settled.articles.gap(EN) == 2
    assert await settled.articles.validator(EN) is None


async def test_a_page_that_can_not_be_read_hides_none_behind_it(settled):
    settled.site.fail(CHANGED, "listing en 2")
    settled.publish(*(article(n, minutes=-n) for n in range(20, 28)))
    await settled.look()
    assert settled.alerted == [20, 21, 25, 26, 27]
    assert await settled.articles.gap(EN) == 2
    settled.site.recover("listing en 2")
    await settled.later()
    assert settled.alerted == list(range(20, 28))


async def test_a_gap_is_closed_as_soon_as_the_page_is_mended(settled):
    settled.site.fail(DOWN, "listing en 2")
    settled.publish(*(article(n, minutes=-n) for n in range(20, 25)))
    await settled.look()
    settled.site.recover("listing en 2")
    await settled.later()
    assert settled.alerted == [20, 21, 22, 23, 24]
    assert await settled.articles.gap(EN) == 0
    assert await settled.articles.validator(EN) is not None


async def test_a_gap_is_closed_by_another_process(settled):
    settled.site.fail(DOWN, "listing en 2")
    settled.publish(*(article(n, minutes=-n) for n in range(20, 25)))
    await settled.look()
    settled.restart()
    settled.site.recover("listing en 2")
    await settled.later()
    assert settled.alerted == [20, 21, 22, 23, 24]


async def test_a_gap_that_moved_down_with_what_was_published_since_is_found(settled):
    settled.site.fail(DOWN, "listing en 2")
    settled.publish(*(article(n, minutes=-n) for n in range(20, 25)))
    await settled.look()
    for n in (30, 33, 36):
        settled.publish(*(article(n + i, minutes=-(n + i)) for i in range(3)))
        await settled.later()
    settled.site.recover("listing en 2")
    await settled.later()
    assert settled.alerted == [*range(20, 25), *range(30, 39)]


async def test_a_gap_is_not_forgotten_when_a_page_before_it_breaks(settled):
    settled.site.fail(DOWN, "listing en 3")
    settled.publish(*(article(n, minutes=-n) for n in range(20, 28)))
    await settled.look()
    settled.site.recover("listing en 3")
    settled.site.fail(DOWN, "listing en 2")
    await settled.later()
    assert await settled.articles.gap(EN) == 3
    settled.site.recover("listing en 2")
    await settled.later()
    assert settled.alerted == [*range(20, 28)]


async def test_an_operator_is_told_once_of_older_pages_that_stay_broken(settled):
    settled.site.fail(CHANGED, "listing en 2")
    for n in range(20, 26):
        settled.publish(article(n, minutes=-n), article(n + 100, minutes=-n))
        await settled.later()
    settled.site.recover()
    settled.site.recover("listing en 2")
    await settled.later()
    begun, over = settled.told
    assert begun == f"Trouble: older pages en: {CHANGED}"
    assert over == "Over: older pages en"


async def test_a_listing_that_is_wrong_is_told_once_and_its_end_too(settled):
    settled.site.fail(CHANGED, "listing en")
    for _ in range(3):
        await settled.later()
    settled.site.recover("listing en")
    await settled.later()
    assert settled.told == [f"Trouble: listing en: {CHANGED}", "Over: listing en"]
    assert settled.meter.counted[-4:] == [*["polled en badly"] * 3, "polled en well"]


async def test_a_site_that_does_not_answer_twice_is_no_trouble_yet(settled):
    for failures in (2, 3):
        settled.site.fail(DOWN)
        for _ in range(failures):
            await settled.later()
        settled.site.recover()
        await settled.later()
    assert settled.told == [f"Trouble: listing en: {DOWN}", "Over: listing en"]


@pytest.mark.parametrize("page", [1, 2])
async def test_a_listing_on_which_the_parser_breaks_down_is_an_unreadable_one(settled, page):
    settled.site.fail(ZeroDivisionError("division by zero"), f"listing en {page}")
    settled.publish(*(article(n, minutes=-n) for n in range(20, 25)))
    for _ in range(4):
        await settled.later()
    (told,) = settled.told
    assert "ZeroDivisionError: division by zero" in told
    assert settled.alerted == ([] if page == 1 else [22, 23, 24])
    settled.site.recover(f"listing en {page}")
    await settled.later()
    assert settled.alerted == [20, 21, 22, 23, 24]


async def test_one_broken_edition_leaves_the_others_alone(settled):
    await settled.look(RU, KY)
    settled.publish(*(article(n, edition=edition) for n, edition in ((1, RU), (2, KY))))
    await settled.look(RU, KY)
    settled.site.fail(CHANGED, "listing en")
    settled.publish(article(20), *(article(n, edition=e) for n, e in ((21, RU), (22, KY))))
    await settled.look(*Edition)
    assert await settled.kept() == [21, 22]


# --- an article that can't be read ---------------------------------------------------------------


async def wait_long(newsroom, turns):
    for _ in range(turns):
        await newsroom.later(1900)


async def test_a_bad_article_does_not_hold_up_the_next(settled):
    settled.publish(*(article(n, minutes=30 - n) for n in (20, 21, 22)))
    settled.site.fail(PageUnreadable("changed"), "article 21")
    assert await settled.look() == 2
    assert settled.alerted == [20, 22]


@pytest.mark.parametrize(
    ("error", "seconds"),
    [
        (PageUnreadable("changed"), [60, 120, 240]),
        (RecursionError("too deep"), [60, 120, 240]),
        (ABSENT, [60, 120]),
        (SiteUnavailable("503"), [60, 120, 240]),
        (SiteUnavailable("503", retry_after=900), [900, 900, 900]),
    ],
)
async def test_an_article_that_can_not_be_read_is_tried_again_less_and_less_often(
    settled, error, seconds
):
    settled.publish(article(20))
    settled.site.fail(error, "article 20")
    await settled.look()
    for wait in seconds:
        tried = settled.site.asked.count("article 20")
        await settled.later(wait - 1)
        assert settled.site.asked.count("article 20") == tried
        await settled.later(1)
        assert settled.site.asked.count("article 20") == tried + 1


async def test_a_withdrawn_article_is_dropped_after_three_tries(settled):
    settled.publish(article(20))
    settled.site.fail(ABSENT, "article 20")
    await settled.look()
    await wait_long(settled, 5)
    assert settled.site.asked.count("article 20") == 3
    assert settled.alerted == await settled.kept() == []


@pytest.mark.parametrize(
    ("error", "tries"), [(PageUnreadable("changed"), 5), (KeyError("title"), 5), (DOWN, 8)]
)
async def test_an_article_that_stays_unreadable_is_told_by_its_headline(settled, error, tries):
    settled.publish(article(20, "New visa rules"))
    settled.site.fail(error, "article 20")
    await settled.look()
    await wait_long(settled, 9)
    assert settled.site.asked.count("article 20") == tries
    assert settled.alerted == [20]
    kept = (await settled.articles.get([20]))[20]
    assert (kept.title, kept.body) == ("New visa rules", ())


async def test_nothing_is_read_while_the_site_does_not_answer(settled):
    settled.publish(article(20))
    settled.site.fail(DOWN, "article 20")
    await settled.look()
    settled.site.fail(DOWN, "listing")
    settled.site.recover("article 20")
    await wait_long(settled, 4)
    assert settled.site.asked.count("article 20") == 1
    settled.site.recover("listing")
    await settled.later()
    assert settled.alerted == [20]


async def test_a_site_that_is_to_be_left_alone_is_and_no_article_pays_for_it(settled):
    settled.publish(article(20), article(21))
    settled.site.fail(SiteUnavailable("503", retry_after=600), "article 20")
    await settled.look()
    asked = len(settled.site.asked)
    for _ in range(9):
        assert await settled.later(60) == 0
    assert len(settled.site.asked) == asked
    settled.site.recover("article 20")
    await settled.later(120)
    await settled.later(120)
    assert settled.alerted == [20, 21]
    assert all(found.body for found in (await settled.articles.get([20, 21])).values())


async def test_a_long_outage_costs_no_article_its_text(settled):
    settled.publish(article(20), article(21))
    settled.site.fail(DOWN)
    await wait_long(settled, 12)
    settled.site.recover()
    await settled.later()
    kept = await settled.articles.get([20, 21])
    assert all(found.body for found in kept.values())
    assert len(kept) == 2


async def test_what_a_matcher_breaks_down_on_is_not_lost_and_stops_nobody(settled, monkeypatch):
    settled.publish(article(20), article(21, minutes=-1))
    wanting = Audience.wanting

    async def poisoned(audience, found):
        if found.id == 20:
            raise IndexError("list index out of range")
        return await wanting(audience, found)

    with monkeypatch.context() as broken:
        broken.setattr(Audience, "wanting", poisoned)
        assert await settled.look() == 1
        await wait_long(settled, 9)
        assert settled.alerted == [21]
    settled.restart()
    await settled.later(1900)
    assert settled.alerted == [20, 21]


# --- claims ------------------------------------------------------------------------------------


async def test_an_article_whose_claim_was_lost_meanwhile_is_told_once(settled):
    settled.publish(article(20))
    real = settled.site.article
    rival = Newsroom(site=settled.site)
    rival.articles, rival.clock = settled.articles, settled.clock
    rival.subscriptions = settled.subscriptions
    rival.restart()

    async def slow(item):
        settled.clock.pass_time(LEASE_SECONDS + 1)
        settled.site.article = real
        assert await rival.look() == 1
        return await real(item)

    settled.site.article = slow
    assert await settled.look() == 0
    assert settled.alerted == [20]
    assert settled.meter.counted.count("kept en") == 0
    assert rival.meter.counted.count("kept en") == 1


async def test_a_killed_reader_s_article_is_read_again_when_its_lease_is_over(settled):
    settled.publish(article(20))
    await settled.poll.look(EN)
    await settled.articles.claim(settled.clock.seconds, LEASE_SECONDS, 1)
    settled.restart()
    assert await settled.later(LEASE_SECONDS - 1) == 0
    assert await settled.later(1) == 1
    assert settled.alerted == [20]


@pytest.mark.parametrize("method", ["claim", "keep", "put_off", "discover", "unknown", "floor"])
async def test_a_store_that_is_away_loses_and_repeats_nothing(settled, method):
    settled.publish(article(20), article(21))
    settled.site.fail(PageUnreadable("changed"), "article 21")
    whole = settled.articles
    settled.articles = Failing(whole, frozenset({method}))
    settled.restart()
    with pytest.raises(StoreUnavailable):
        await settled.look()
    settled.site.recover("article 21")
    settled.articles.fails = False
    await settled.later()
    assert settled.alerted == [20, 21]


async def test_stopping_lets_the_article_at_work_end_and_begins_no_other(settled):
    settled.publish(article(20, minutes=2), article(21, minutes=1))
    real, stopping = settled.site.article, asyncio.Event()

    async def stopped_meanwhile(item):
        settled.collect.stop()
        await settled.poll.look(EN)
        stopping.set()
        return await real(item)

    settled.site.article = stopped_meanwhile
    assert await settled.look() == 1
    assert stopping.is_set()
    assert settled.alerted == [20]
    settled.restart()
    settled.site.article = real
    assert await settled.look() == 1
