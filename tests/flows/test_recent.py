"""What queries would have met of late."""

import asyncio
from datetime import timedelta

import pytest

from bot.flows.month import Month
from bot.flows.recent import MOST_TRIALS, Recent
from bot.matching import diary
from bot.matching.query import parse
from bot.model import Item
from bot.ports import StoreUnavailable
from tests.builders.news import EN, KY, RU, article
from tests.fakes.articles import FakeArticles
from tests.fakes.clock import START, FakeClock
from tests.fakes.outbox import FakeOutbox

MINUTES = 60 * 24
"""In a day."""


class Paper:
    """A site's articles, as the store has them, and what is made of them."""

    def __init__(self, patience: float = 60.0) -> None:
        self.clock = FakeClock()
        self.articles = FakeArticles(FakeOutbox())
        self.recent = Recent(self.articles, self.clock, patience=patience)

    async def keep(self, *articles) -> None:
        for each in articles:
            row = Item(each.edition, each.id, each.url, each.title, each.published)
            await self.articles.discover(each.edition, [row], None, 0)
            [(_, token, _)] = await self.articles.claim(self.clock.seconds, 20, 1)
            assert await self.articles.keep(each, [], token, self.clock.seconds)

    async def every_day(self, days: int, edition=EN, title="Nothing of note") -> None:
        """One article for each of the last days."""
        first = 1000 + 1000 * list(type(edition)).index(edition)
        await self.keep(
            *(
                article(first + n, title, minutes=n * MINUTES + 1, edition=edition, body=("Nil.",))
                for n in range(days)
            )
        )

    async def outlook(self, text: str, *editions):
        await self.recent.look()
        return await self.recent.outlook(parse(text), editions or (EN,))


@pytest.fixture
async def paper():
    made = Paper()
    yield made
    await made.recent.stop()


async def test_titles_and_bodies_count_and_the_latest_is_named(paper):
    await paper.every_day(31)
    await paper.keep(
        article(1, "Visas for all", minutes=3 * MINUTES),
        article(2, "A story", minutes=5 * MINUTES, body=("It is about visas.",)),
        article(3, "Another", minutes=MINUTES),
    )
    outlook = await paper.outlook("visa")
    assert (outlook.days, outlook.met, outlook.is_rough) == (30, 2, False)
    assert (outlook.latest.id, outlook.latest.title) == (1, "Visas for all")


async def test_of_what_was_baselined_the_title_counts(paper):
    rows = [
        Item(EN, n, f"https://24.kg/english/{n}/", title, START - timedelta(minutes=n))
        for n, title in enumerate(["Visas", "Snow", "A visa centre"], 1)
    ]
    await paper.articles.baseline(EN, rows, None)
    outlook = await paper.outlook("visa")
    assert (outlook.days, outlook.met, outlook.latest) == (1, 2, rows[0])


@pytest.mark.parametrize(("known", "days"), [(1, 1), (3, 2), (8, 7), (40, 30)])
async def test_it_is_said_how_many_days_are_known(paper, known, days):
    await paper.every_day(known, title="Visas")
    outlook = await paper.outlook("visa")
    assert outlook.days == days
    assert outlook.met == min(known, 30)


async def test_a_day_that_has_just_begun_needs_no_article_yet(paper):
    await paper.every_day(3, title="Visas")
    paper.clock.pass_time(19 * 3600)
    outlook = await paper.outlook("visa")
    assert (outlook.days, outlook.met) == (3, 3)


async def test_a_lone_old_article_does_not_make_the_days_before_known(paper):
    await paper.every_day(3)
    await paper.keep(article(1, "Visas", minutes=20 * MINUTES))
    outlook = await paper.outlook("visa")
    assert (outlook.days, outlook.met) == (2, 0)


async def test_of_several_editions_the_least_known_decides_and_an_unread_one_does_not(paper):
    await paper.every_day(20, title="24")
    await paper.every_day(5, RU, title="24")
    assert (await paper.outlook("24", EN)).days == 19
    both = await paper.outlook("24", EN, RU, KY)
    assert (both.days, both.met) == (4, 10)
    assert await paper.outlook("24", KY) is None


async def test_what_is_new_is_seen_a_minute_later(paper):
    await paper.every_day(3)
    assert (await paper.outlook("visa")).met == 0
    await paper.keep(article(1, "Visas"))
    assert (await paper.outlook("visa")).met == 0
    paper.clock.pass_time(60)
    assert (await paper.outlook("visa")).met == 1


async def test_what_came_late_into_an_older_day_is_seen_in_time(paper):
    await paper.every_day(5)
    await paper.outlook("visa")
    paper.clock.pass_time(6 * 3600)
    await paper.outlook("visa")
    await paper.keep(article(1, "Visas", minutes=3 * MINUTES))
    paper.clock.pass_time(3600)
    assert (await paper.outlook("visa")).met == 0
    paper.clock.pass_time(3 * 3600)
    assert (await paper.outlook("visa")).met == 1


async def test_after_a_first_start_what_comes_in_is_seen_at_once_whatever_its_age(paper):
    await paper.recent.look()
    assert await paper.outlook("visa") is None
    seen = []
    for day in range(5):
        await paper.keep(article(day + 1, "Visas", minutes=day * MINUTES + 1))
        paper.clock.pass_time(2**day)
        seen.append((await paper.outlook("visa")).met)
    assert seen == [1, 2, 3, 4, 5]


async def test_a_process_that_runs_for_long_looks_once_a_minute(paper):
    await paper.every_day(3)
    for seconds in (0, 1, 2, 4, 8, 16, 32, 64):
        paper.clock.pass_time(seconds)
        await paper.recent.look()
    await paper.keep(article(1, "Visas"))
    paper.clock.pass_time(59)
    assert (await paper.outlook("visa")).met == 0
    paper.clock.pass_time(1)
    assert (await paper.outlook("visa")).met == 1


async def test_what_is_older_than_thirty_days_is_let_go(paper):
    await paper.every_day(30, title="Visas")
    assert (await paper.outlook("visa")).met == 30
    paper.clock.pass_time(10 * 86400)
    await paper.keep(*(article(n, "24", minutes=-MINUTES * n) for n in range(1, 11)))
    assert (await paper.outlook("24")).days == 30
    assert (await paper.outlook("title:Visas")).met == 20


async def test_days_on_which_nothing_came_are_not_known(paper):
    await paper.every_day(30, title="Visas")
    await paper.recent.look()
    paper.clock.pass_time(10 * 86400)
    assert await paper.outlook("visa") is None


def test_a_month_that_goes_on_for_years_does_not_grow():
    month = Month()
    for number in range(400):
        of_day = article(number, minutes=-number * MINUTES)
        month.add(Item(EN, number, of_day.url, of_day.title, of_day.published), of_day)
        month.forget(of_day.published - timedelta(days=30))
    assert len(month.pages) <= 2


@pytest.mark.parametrize(
    ("text", "met"),
    [
        ('"visa regime"', 2),
        ('"regime visa"', 0),
        ("=VISA", 1),
        ('"visas"', 1),
        ("regim*", 3),
        ("title:visa", 2),
        ("visa -regime", 1),
        ("section:society", 4),
    ],
)
async def test_what_postings_can_not_tell_is_read_again(paper, text, met):
    bodies = ["The visa regime", "A VISA: the regime", "Its visa-regime", "Many visas"]
    await paper.keep(
        *(
            article(n, body if n % 2 else "A title", minutes=n, body=(body,))
            for n, body in enumerate(bodies)
        )
    )
    outlook = await paper.outlook(text)
    assert (outlook.met, outlook.is_rough) == (met, False)


async def test_too_much_to_read_again_is_estimated(paper):
    """Of two hundred with both words every other one has the phrase."""
    count = 200
    words = ("the visa regime", "no regime, a visa")
    await paper.keep(*(article(n, words[n % 2], minutes=n) for n in range(count)))
    outlook = await paper.outlook('"visa regime"')
    assert count > MOST_TRIALS
    assert (outlook.met, outlook.is_rough) == (count // 2, True)


async def test_nothing_is_said_until_all_is_looked_through(paper):
    await paper.every_day(30)
    assert await paper.recent.outlook(parse("visa"), [EN]) is None
    await paper.recent.look()
    assert await paper.recent.outlook(parse("visa"), [EN]) is not None


async def test_others_have_their_turn_while_a_month_is_read(paper):
    await paper.keep(*(article(n, minutes=n) for n in range(300)))
    looking, turns = asyncio.create_task(paper.recent.look()), 0
    while not looking.done():
        turns += 1
        await asyncio.sleep(0)
    assert turns > 300


async def test_a_reader_does_not_wait_for_a_slow_store():
    paper = Paper(patience=0.01)
    await paper.keep(article(1, "The visa regime"))
    await paper.recent.look()
    asked, goes_on = paper.articles.get, asyncio.Event()

    async def slow(ids):
        await goes_on.wait()
        return await asked(ids)

    paper.articles.get = slow
    assert await paper.recent.outlook(parse('"visa regime"'), [EN]) is None
    paper.clock.pass_time(60)
    await paper.keep(article(2, "The visa regime"))
    assert await paper.recent.outlook(parse('"visa regime"'), [EN]) is None
    await paper.recent.stop()


async def test_nothing_is_read_any_more_after_the_end(paper):
    await paper.every_day(3)
    await paper.recent.stop()
    await paper.recent.look()
    assert await paper.recent.outlook(parse("24"), [EN]) is None


async def test_a_store_that_is_away_is_asked_again(paper):
    await paper.keep(article(1, "The visa regime"))
    asked = paper.articles.between

    async def away(*_):
        raise StoreUnavailable("away")

    paper.articles.between = away
    assert await paper.outlook("visa") is None
    paper.articles.between = asked
    assert await paper.outlook("visa") is None
    paper.clock.pass_time(60)
    assert (await paper.outlook("visa")).met == 1

    async def gone(_):
        raise StoreUnavailable("away")

    paper.articles.get = gone
    assert await paper.outlook('"visa regime"') is None
    assert (await paper.outlook("visa")).met == 1


async def test_one_article_that_can_not_be_looked_through_hides_no_other(paper, monkeypatch):
    found = diary.surfaces

    def poisoned(text):
        if "poison" in text:
            raise RecursionError
        return found(text)

    monkeypatch.setattr(diary, "surfaces", poisoned)
    await paper.keep(article(1, "Visa poison"), article(2, "Visas"), article(3, "A visa"))
    assert (await paper.outlook("visa")).met == 2
