"""Articles are drafted in another process, and without it where it fails."""

import asyncio
import os
import signal

import pytest

from bot.search import follow
from bot.search.drafter import Drafter, ahead
from bot.search.drafts import Unreadable, drafted
from tests.builders.news import article

STORIES = [article(number, f"Visa story {number}", body=("E-mail came.",)) for number in (1, 2, 3)]


@pytest.fixture
def apart():
    drafter = Drafter(is_apart=True)
    yield drafter
    drafter.close()


async def test_another_process_drafts_what_this_one_would(apart):
    assert apart._process.pid not in {None, os.getpid()}
    assert await apart.draft(STORIES) == drafted(STORIES)
    assert apart._process.is_alive()


async def test_an_article_that_cant_be_read_keeps_no_other_out_of_its_batch(apart):
    [first, bad, last] = await apart.draft([STORIES[0], article(9, body=(5,)), STORIES[2]])
    assert [first, last] == drafted([STORIES[0], STORIES[2]])
    assert isinstance(bad, Unreadable)
    assert bad.id == 9


async def test_a_process_that_is_killed_is_done_without(apart):
    os.kill(apart._process.pid, signal.SIGKILL)
    assert await apart.draft(STORIES) == drafted(STORIES)
    apart._process.join()
    assert await apart.draft(STORIES) == drafted(STORIES)


def test_no_process_outlives_its_drafter():
    drafter = Drafter(is_apart=True)
    drafter.close()
    assert drafter._process.exitcode is not None


async def test_a_long_build_is_drafted_apart_and_finds_all(library, monkeypatch):
    made = []

    class Noted(Drafter):
        def __init__(self, *, is_apart):
            super().__init__(is_apart=is_apart)
            made.append(is_apart)

    monkeypatch.setattr(follow, "Drafter", Noted)
    monkeypatch.setattr(follow, "MANY", 20)
    monkeypatch.setattr(follow, "READ", 7)
    await library.hold(*(article(number, f"Visa story {number}") for number in range(1, 31)))
    await library.hold(article(31, "Visa story 31"))
    assert sorted(await library.ids("visa", limit=99)) == [*range(1, 32)]
    assert made == [True, False]


async def test_work_goes_on_ahead_by_one_and_in_order():
    begun = []

    async def work(number):
        begun.append(number)
        await asyncio.sleep(0)
        return number * 10

    seen = [(each, [*begun]) async for each in ahead(work, [1, 2, 3])]
    assert seen == [(10, [1]), (20, [1, 2]), (30, [1, 2, 3])]


async def test_what_was_begun_ahead_is_ended_where_nobody_goes_on():
    ended = asyncio.Event()

    async def work(number):
        try:
            await asyncio.sleep(number * 600)
        finally:
            ended.set()
        return number

    results = ahead(work, [0, 1])
    assert await anext(results) == 0
    await asyncio.sleep(0)
    await results.aclose()
    assert ended.is_set()
