from dataclasses import replace
from datetime import timedelta

import pytest

from bot.flows.popular import FollowPopular, ShowPopular
from bot.model import Popular
from tests.builders.news import EN, KY, RU, article
from tests.fakes.articles import FakeArticles
from tests.fakes.clock import START, FakeClock
from tests.fakes.outbox import FakeOutbox
from tests.fakes.popular import FakePopularNews
from tests.fakes.site import FakeSite


class Counting(FakePopularNews):
    """Counts what is written."""

    written = 0

    async def keep(self, edition, popular):
        self.written += 1
        await super().keep(edition, popular)


class Shelf:
    """A site, a store, and what follows and shows."""

    def __init__(self):
        self.clock, self.site = FakeClock(), FakeSite()
        self.articles = FakeArticles(FakeOutbox())
        self.news = Counting(self.articles)
        self.follow = FollowPopular(self.site, self.news, [EN, RU])
        self.show = ShowPopular(self.news, self.clock)

    def put(self, *numbers, edition=EN):
        rows = FakeSite().publish(*(article(each, edition=edition) for each in numbers))
        now = self.clock.now()
        items = tuple(replace(row, published=now) for row in rows)
        self.site.shown[edition] = Popular(items, now)

    async def shown(self, edition=EN):
        return [item.id for item in await self.show.popular(edition)]


@pytest.fixture
def shelf():
    return Shelf()


async def test_what_the_site_shows_is_kept_by_edition_without_a_request(shelf):
    shelf.put(3, 1)
    shelf.put(7, edition=RU)
    shelf.put(9, edition=KY)
    await shelf.follow.look()
    assert await shelf.shown() == [3, 1]
    assert await shelf.shown(RU) == [7]
    assert await shelf.shown(KY) == []
    assert shelf.site.asked == []


async def test_the_same_list_is_written_once_and_now_and_then_for_its_time(shelf):
    shelf.put(3, 1)
    await shelf.follow.look()
    shelf.clock.pass_time(60)
    shelf.put(3, 1)
    await shelf.follow.look()
    assert shelf.news.written == 1
    shelf.clock.pass_time(600)
    shelf.put(3, 1)
    await shelf.follow.look()
    assert shelf.news.written == 2


async def test_another_order_is_another_list(shelf):
    shelf.put(3, 1)
    await shelf.follow.look()
    shelf.put(1, 3)
    await shelf.follow.look()
    assert await shelf.shown() == [1, 3]


async def test_a_list_of_yesterday_is_not_what_is_read_most_today(shelf):
    shelf.put(3)
    await shelf.follow.look()
    shelf.clock.pass_time(86399)
    assert await shelf.shown() == [3]
    shelf.clock.pass_time(2)
    assert await shelf.shown() == []


async def test_an_article_that_is_known_has_the_time_at_which_it_was_published(shelf):
    shelf.articles.put(article(3, minutes=90))
    shelf.put(3, 1)
    await shelf.follow.look()
    found = await shelf.show.popular(EN)
    assert [item.published for item in found] == [START - timedelta(minutes=90), START]
