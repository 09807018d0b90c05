"""Page by page to the end, whatever is published meanwhile."""

import re
from dataclasses import replace

import pytest

from bot.model import Edition
from bot.search.finding import LOOKED_THROUGH
from tests.builders.news import article
from tests.search.conftest import ids

EN, RU, _ = Edition
COUNT = 730
"""More than two windows of those that are ranked together."""


def stories(first, last):
    return [
        article(number, f"Visa story {number}", minutes=5000 - number)
        for number in range(first, last)
    ]


@pytest.mark.parametrize("words", ["visa", "vis", '"visa story"', ""])
async def test_every_hit_is_on_one_page_while_others_come_and_change(library, words):
    await library.hold(*stories(2, COUNT))
    seen, after, page = [], "", 0
    while True:
        found = await library.find(words, EN, limit=50, after=after, is_typing=words == "vis")
        assert len(found.hits) <= 50
        seen += ids(found)
        if not (after := found.next):
            break
        assert re.fullmatch(r"[A-Za-z0-9.-]{1,32}", after)
        page += 1
        late = article(1, "Visa story of old", minutes=9999)
        await library.hold(*stories(COUNT + page, COUNT + page + 1), late)
    assert sorted(seen) == list(range(2, COUNT))


@pytest.mark.parametrize("is_typing", [True, False])
async def test_words_side_by_side_in_an_old_article_alone_are_found_further_on(library, is_typing):
    old = article(1, "The story visa holders tell", minutes=9000)
    await library.hold(old, *stories(2, LOOKED_THROUGH + 500))
    found = await library.find('"story visa"', is_typing=is_typing)
    assert (found.hits, bool(found.next)) == ((), True)
    found = await library.find('"story visa"', after=found.next, is_typing=is_typing)
    assert (ids(found), found.next) == ([1], "")


async def test_a_page_can_be_turned_back_to(library):
    await library.hold(*stories(1, 40))
    first = await library.find("visa", limit=5)
    second = await library.find("visa", limit=5, after=first.next)
    await library.hold(*stories(40, 60))
    assert await library.find("visa", limit=5, after=first.next) == second


async def test_what_names_no_page_begins_anew(library):
    await library.hold(*stories(1, 9))
    for after in ("x", "1.2", "..", "9" * 40, "1-2-3-4", "\0", "١.٢.٣"):
        assert (await library.find("visa", limit=3, after=after)) == await library.find(
            "visa", limit=3
        )


async def test_no_hits_are_asked_for_and_none_are_given(library):
    await library.hold(*stories(1, 9))
    for words in ("visa", ""):
        assert (await library.find(words, limit=0)).hits == ()


async def test_an_article_that_changed_is_found_by_what_it_says_now(library):
    await library.hold(*stories(1, 4), article(9, "Embassy of Peru", body=("A llama came.",)))
    changed = article(9, "Embassy of Chile", body=("A vicuna came.",), edition=RU)
    await library.hold(changed)
    assert await library.ids("embassy chile") == await library.ids("vicuna") == [9]
    assert (
        await library.ids("peru")
        == await library.ids("llama")
        == await library.ids("lang:en embassy")
        == []
    )
    await library.hold(replace(changed, edition=EN))
    assert await library.ids("lang:en embassy") == [9]
