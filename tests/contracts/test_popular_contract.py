"""What is read most: in memory, on Valkey, on Redis 7.0."""

from dataclasses import replace
from datetime import timedelta

from bot.model import Item, Popular
from tests.builders.news import EN, RU, START


def item(number, title="Title", minutes=0):
    url = f"https://24.kg/english/{number}_a/"
    return Item(EN, number, url, title, START - timedelta(minutes=minutes))


async def test_nothing_is_known_before_it_is_kept(stores):
    assert await stores.popular.get(EN) is None


async def test_the_last_list_of_each_edition_is_kept_in_its_order(stores):
    await stores.popular.keep(EN, Popular((item(1),), START))
    kept = Popular((item(9, "A “title” \n & more"), item(3)), START + timedelta(seconds=60.5))
    await stores.popular.keep(EN, kept)
    assert await stores.popular.get(EN) == kept
    assert await stores.popular.get(RU) is None


async def test_what_a_headline_dates_is_dated_by_it_and_keeps_the_title_shown(stores):
    await stores.articles.baseline(EN, [item(3, "As it was", minutes=500)], None)
    await stores.popular.keep(EN, Popular((item(3), item(4)), START))
    found = await stores.popular.get(EN)
    assert found.items == (replace(item(3), published=START - timedelta(minutes=500)), item(4))
