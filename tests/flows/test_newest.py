from dataclasses import replace
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.flows.newest import newest, turned
from tests.builders.news import EN, RU, article
from tests.fakes.articles import FakeArticles
from tests.fakes.clock import START
from tests.fakes.outbox import FakeOutbox

LIMIT = 3


class Paper:
    """Headlines, and a reader who turns the leaves."""

    def __init__(self):
        self.articles = FakeArticles(FakeOutbox())
        self.next = 100

    def publish(self, minute, edition=EN):
        """Ids are not in the order of publication."""
        self.next += 1
        number = self.next ^ 3
        at = START + timedelta(minutes=minute)
        self.articles.put(replace(article(number, edition=edition), published=at))
        return number

    async def first(self):
        return await newest(self.articles, [EN, RU], LIMIT)

    async def turn(self, leaf, way):
        place = leaf.items[-1 if way == "older" else 0].place
        return await turned(self.articles, [EN, RU], LIMIT, way, place)


def ids(leaf):
    return [item.id for item in leaf.items]


MINUTES = st.lists(st.integers(-5, 0), min_size=1, max_size=14)


@given(MINUTES, st.lists(st.integers(1, 3), max_size=5))
async def test_on_the_way_back_everything_is_shown_once_whatever_comes_meanwhile(old, new):
    paper = Paper()
    there = [paper.publish(minute, RU if minute % 2 else EN) for minute in old]
    leaf = await paper.first()
    seen = ids(leaf)
    while leaf.has_older:
        if new:
            paper.publish(new.pop())
        leaf = await paper.turn(leaf, "older")
        assert leaf.has_newer
        seen += ids(leaf)
    assert sorted(seen) == sorted(there)


@given(MINUTES, st.lists(st.integers(1, 3), max_size=5))
async def test_on_the_way_forth_everything_new_is_shown_once(old, new):
    paper = Paper()
    for minute in old:
        paper.publish(minute)
    leaf = await paper.first()
    seen = ids(leaf)
    fresh = [paper.publish(minute) for minute in new]
    leaf = await paper.turn(leaf, "newer")
    read = ids(leaf)
    while leaf.has_newer:
        leaf = await paper.turn(leaf, "newer")
        read += ids(leaf)
    assert sorted(read) == sorted(fresh)
    assert not set(read) & set(seen)


async def test_back_and_forth_are_the_same_leaves():
    paper = Paper()
    for minute in range(-8, 0):
        paper.publish(minute)
    first = await paper.first()
    second = await paper.turn(first, "older")
    third = await paper.turn(second, "older")
    assert [len(leaf.items) for leaf in (first, second, third)] == [3, 3, 2]
    assert [leaf.has_older for leaf in (first, second, third)] == [True, True, False]
    assert not first.has_newer
    again = await paper.turn(third, "newer")
    assert ids(again) == ids(second)
    assert again.has_newer
    last = await paper.turn(again, "newer")
    assert ids(last) == ids(first)
    assert not last.has_newer


async def test_nothing_published_is_an_empty_leaf():
    leaf = await Paper().first()
    assert (leaf.items, leaf.has_newer, leaf.has_older) == ((), False, False)
