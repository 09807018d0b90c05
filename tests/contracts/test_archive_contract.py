"""What was published before the bot looked: in memory, on Valkey, on Redis 7.0."""

from datetime import timedelta

import pytest

from bot.model import Edition, Item
from tests.builders.news import EN, KY, RU, START

NOW = START.timestamp()


def item(number: int, title: str = "Title", edition: Edition = EN) -> Item:
    url = f"https://24.kg/english/{number}_a/"
    return Item(edition, number, url, title, START - timedelta(hours=number))


async def test_what_is_filed_is_known_and_shown_and_never_waits(stores):
    await stores.archive.file(EN, [item(30), item(40)], 3)
    assert await stores.articles.unknown([item(30), item(40), item(50)]) == [item(50)]
    assert await stores.articles.latest([EN], 9) == [item(30), item(40)]
    await stores.articles.discover(EN, [item(30)], None, 0)
    assert await stores.articles.claim(NOW, 60, 9) == []
    assert await stores.articles.get([30]) == {}


async def test_how_far_a_source_was_looked_through_is_kept_for_each_edition(stores):
    assert await stores.archive.reached() == {}
    await stores.archive.file(EN, [], 3)
    await stores.archive.file(EN, [], 4)
    await stores.archive.file(KY, [], 0)
    assert await stores.archive.reached() == {EN: 4, KY: 0}


async def test_a_feed_is_known_since_it_was_first_looked_at(stores):
    assert await stores.archive.feed_since(EN, NOW + 0.25) == NOW + 0.25
    assert await stores.archive.feed_since(EN, NOW + 500) == NOW + 0.25
    assert await stores.archive.feed_since(RU, NOW + 500) == NOW + 500
    assert await stores.archive.reached() == {}


async def test_what_waits_to_be_read_goes_on_waiting(stores):
    await stores.articles.discover(EN, [item(30)], None, 0)
    await stores.archive.file(EN, [item(30)], 3)
    assert await stores.articles.latest([EN], 9) == []
    assert [found for found, *_ in await stores.articles.claim(NOW, 60, 9)] == [item(30)]


async def test_what_is_known_keeps_the_headline_that_it_has(stores):
    await stores.articles.baseline(EN, [item(30, "As it is")], None)
    await stores.archive.file(EN, [item(30, "As it was")], 3)
    assert await stores.articles.latest([EN], 9) == [item(30, "As it is")]


@pytest.mark.parametrize("edition", Edition)
async def test_filing_neither_baselines_nor_moves_what_the_poll_keeps(stores, edition):
    await stores.archive.file(edition, [item(30, edition=edition)], 3)
    assert not await stores.articles.is_baselined(edition)
    assert await stores.articles.gap(edition) == 0
    assert await stores.articles.validator(edition) is None
