"""What is looked at again, when, and what counts as a change."""

from dataclasses import replace

import pytest
from structlog.testing import capture_logs

from bot.flows.review import AFTER_SECONDS, has_changed
from bot.ports import PageNotFound, SiteUnavailable
from tests.builders.news import article
from tests.flows.newsroom import Failing

MINUTE = 60.0


@pytest.fixture
async def told(newsroom):
    """A newsroom that has told a reader of article 7."""
    newsroom.publish(article(1, minutes=9))
    await newsroom.look()
    await newsroom.subscribe("visa")
    newsroom.publish(article(7, "Visas for all"))
    await newsroom.look()
    assert newsroom.alerted == [7]
    newsroom.site.asked.clear()
    return newsroom


def reads(room):
    return room.site.asked.count("article 7")


async def kept(room):
    return (await room.articles.get([7]))[7]


async def test_it_is_read_again_after_five_twenty_and_fifty_five_minutes_and_then_no_more(told):
    at = []
    for minute in range(200):
        told.clock.pass_time(MINUTE)
        before = reads(told)
        await told.review.read()
        at += [minute + 1] * (reads(told) - before)
    assert at == [seconds / MINUTE for seconds in AFTER_SECONDS]


async def test_what_nobody_was_told_is_not_read_again(told):
    told.publish(article(8, "Rain"))
    await told.later()
    told.clock.pass_time(4000)
    for _ in range(5):
        await told.review.read()
    assert told.site.asked.count("article 8") == 1


@pytest.mark.parametrize(
    "changes",
    [
        {"title": "Visas for some"},
        {"body": ("Nobody gets a visa. It was said today.", "So be it.")},
    ],
)
async def test_another_title_or_lead_is_kept_and_put_right(told, changes):
    changed = replace(article(7, "Visas for all"), **changes)
    told.publish(changed)
    told.clock.pass_time(AFTER_SECONDS[0])
    await told.review.read()
    assert await kept(told) == changed
    assert [*await told.corrections.open()] == [7]


@pytest.mark.parametrize(
    "changes",
    [
        {"views": 1234},
        {"picture": "https://24.kg/other.png"},
        {"author": "Another"},
        {"title": "Visas\u00a0for  all"},
    ],
)
async def test_views_pictures_and_spaces_do_not_count(told, changes):
    before = await kept(told)
    told.publish(replace(article(7, "Visas for all"), **changes))
    told.clock.pass_time(4000)
    await told.review.read()
    assert await kept(told) == before
    assert await told.corrections.open() == {}
    assert told.corrections.looks == {}


async def test_a_change_far_down_the_text_does_not_count():
    long = article(7, body=("A lead of one sentence is here. And a second.", "x", "y"))
    assert not has_changed(long, replace(long, body=(long.body[0], "x", "z")))


async def test_a_row_with_another_title_is_looked_at_at_once_and_only_once(told):
    told.publish(article(7, "Visas for most"))
    await told.look()
    await told.review.read()
    assert (await kept(told)).title == "Visas for most"
    assert reads(told) == 1
    await told.later()
    await told.review.read()
    assert reads(told) == 1


async def test_a_row_that_is_always_worded_otherwise_costs_one_look(told):
    page = article(7, "Visas for all")
    told.publish(replace(page, title="Visas for..."))
    told.site._articles[7] = page
    for _ in range(4):
        told.publish(article(told.clock.seconds // 60 % 1000 + 100))
        await told.later()
        await told.review.read()
    assert reads(told) == 1
    assert await told.corrections.open() == {}


async def test_an_article_keeps_its_time_its_story_and_its_importance(told):
    told.articles.put(replace(await kept(told), repeats=3, important=True))
    before = await kept(told)
    told.publish(replace(article(7, "Visas for some", minutes=-30), important=False))
    told.clock.pass_time(AFTER_SECONDS[0])
    await told.review.read()
    after = await kept(told)
    assert (after.published, after.repeats, after.important) == (before.published, 3, True)


async def test_a_page_that_is_gone_is_let_be(told):
    told.site.fail(PageNotFound("404"), "article 7")
    told.clock.pass_time(4000)
    await told.review.read()
    assert told.corrections.looks == {}
    assert (await kept(told)).title == "Visas for all"


async def test_a_site_that_does_not_answer_is_left_alone_and_asked_later(told):
    told.site.fail(SiteUnavailable("503", retry_after=90), "article 7")
    told.clock.pass_time(AFTER_SECONDS[0])
    for _ in range(5):
        await told.review.read()
    assert reads(told) == 1
    told.site.recover("article 7")
    told.publish(article(7, "Visas for some"))
    told.clock.pass_time(91)
    await told.review.read()
    assert (await kept(told)).title == "Visas for some"


async def test_rows_that_can_not_be_compared_stop_nothing(told):
    told.review._articles = Failing(told.articles, frozenset({"between"}), error=KeyError("x"))
    told.publish(article(9, "A visa"))
    with capture_logs() as logs:
        assert await told.later() == 1
    assert told.alerted == [7, 9]
    assert "rows not compared" in [line["event"] for line in logs]
