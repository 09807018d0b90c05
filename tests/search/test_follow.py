"""The index follows the store."""

from datetime import timedelta
from functools import partial

import pytest

from bot.model import Validator
from bot.ports import StoreUnavailable
from bot.search.follow import Follow
from bot.store import keys
from bot.store.articles import RedisArticles
from bot.store.chronicle import RedisChronicle
from bot.store.corrections import RedisCorrections
from tests.builders.news import EN, article
from tests.fakes.chronicle import FakeChronicle
from tests.fakes.clock import START
from tests.search.conftest import Library

NOW = START.timestamp()


class Away(FakeChronicle):
    """A store that is away while `is_away`."""

    is_away = True

    async def cursor(self) -> str:
        if self.is_away:
            raise StoreUnavailable("the store can't be reached")
        return await super().cursor()


@pytest.fixture
async def stored(tmp_path, store):
    """A library on a real store."""
    made = Library(tmp_path, RedisChronicle(store))
    yield made
    made.close()


async def keep(store, given):
    articles = RedisArticles(store)
    await articles.discover(EN, [headline(given)], Validator("x"), 0)
    [(_, token, _)] = await articles.claim(NOW, 60, 1)
    assert await articles.keep(given, [], token, NOW)


def headline(given):
    from bot.store.records import headline as row  # noqa: PLC0415 - beside its only use

    return row(given)


async def test_headlines_and_kept_articles_of_the_store_are_found(stored, store):
    await RedisArticles(store).baseline(EN, [headline(article(1, "Visa baselined"))], None)
    await stored.follow.step()
    assert await stored.ids("visa") == [1]
    await keep(store, article(2, "Another visa", body=("From Peru.",)))
    await RedisArticles(store).baseline(EN, [headline(article(3, "A third visa"))], None)
    await stored.follow.step()
    assert sorted(await stored.ids("visa")) == [1, 2, 3]
    assert await stored.ids("peru") == [2]


async def test_an_article_that_is_put_right_is_found_as_it_is_now(stored, store):
    await keep(store, article(2, "Visa for Peru"))
    await stored.follow.step()
    await RedisCorrections(store).correct(article(2, "Visa for Chile"), [], NOW)
    await stored.follow.step()
    assert (await stored.ids("chile"), await stored.ids("peru")) == ([2], [])


async def test_what_the_log_no_longer_tells_is_seen_by_looking_at_all(stored, store):
    await keep(store, article(1, "Visa"))
    await stored.follow.step()
    await keep(store, article(2, "Visa"))
    await RedisCorrections(store).correct(article(1, "Peru"), [], NOW)
    await store.execute("XTRIM", keys.NEWS, "MAXLEN", 1)
    await keep(store, article(3, "Visa"))
    await store.execute("XTRIM", keys.NEWS, "MAXLEN", 1)
    await stored.follow.step()
    assert sorted(await stored.ids("visa")) == [2, 3]
    assert await stored.ids("peru") == [1]


async def test_an_emptied_store_empties_the_index(stored, store):
    await keep(store, article(1, "Visa"))
    await stored.follow.step()
    await store.execute("FLUSHALL")
    await stored.follow.step()
    assert await stored.ids("visa") == []


async def test_what_the_store_forgot_leaves_the_index(library):
    old = article(1, "Visa", minutes=timedelta(days=401) / timedelta(minutes=1))
    await library.hold(old, article(2, "Visa"), article(3, "Visa"))
    library.chronicle.remove(1)
    library.follow.close()
    library.follow.wait()
    library.follow = Follow(library.folder, library.chronicle)
    await library.follow.step()
    assert sorted(await library.ids("visa")) == [2, 3]


async def test_what_came_in_past_the_log_is_seen_by_counting(library):
    await library.hold(article(1, "Visa"))
    library.chronicle._articles[2] = article(2, "Visa")
    library.follow.close()
    library.follow.wait()
    library.follow = Follow(library.folder, library.chronicle)
    await library.follow.step()
    assert sorted(await library.ids("visa")) == [1, 2]


async def test_a_store_that_is_away_is_waited_for(tmp_path):
    library = Library(tmp_path, Away())
    await library.hold(article(1))
    assert await library.ids("visa") == []
    library.chronicle.is_away = False
    await library.follow.step()
    assert await library.ids("visa") == [1]
    library.close()


async def test_a_whole_index_is_not_read_again_at_a_start(library):
    await library.hold(article(1))
    library.follow.close()
    library.follow.wait()
    again = Follow(library.folder, library.chronicle)
    library.chronicle.read = partial(pytest.fail, "it was read again")
    await again.step()
    assert library.chronicle.scans == 1
    again.close()


async def test_an_article_that_cant_be_read_keeps_no_other_out(library):
    unreadable = article(2, "Visa", body=(5,))
    await library.hold(article(1, "Visa"), unreadable, article(3, "Visa"))
    assert sorted(await library.ids("visa")) == [1, 3]
    assert (await library.find("visa")).is_whole
