"""The machine's clock is set, an hour forward or back, in the middle of a fan-out."""

import asyncio
from itertools import pairwise

import pytest

from tests.builders.news import article
from tests.fakes.messenger import FakeMessenger
from tests.flows.office import PER_SECOND, Office

HOUR = 3600.0
MORE = 2
"""Windows go by the clock: in the second in which it is set forward, so many more may go."""
READERS = 300


@pytest.mark.parametrize("by", [HOUR, -HOUR, 59.0, -59.0, 1.0, -1.0])
async def test_a_clock_that_is_set_brings_no_burst_no_standstill_and_nothing_twice(by):
    office = Office()
    readers = [await office.reader(number) for number in range(1, READERS + 1)]
    await office.owe(article(7), *readers)
    moments = []

    async def note(_chat, _message):
        moments.append(office.clock.steady)

    office.messenger = FakeMessenger(before_answer=note)
    async with office.running():
        await office.clock.until(lambda: len(moments) >= 100)
        office.clock.set(by)
        await office.until_settled()
        await office.owe(article(8), *readers[:50])
        await office.until_settled()
    assert all(len(office.texts(reader)) == 1 for reader in readers[50:])
    assert all(len(office.texts(reader)) == 2 for reader in readers[:50])
    assert busiest(moments) <= PER_SECOND + MORE
    gaps = [late - early for early, late in pairwise(moments)]
    assert max(gaps) < 62


async def test_a_reader_gets_a_reply_at_once_though_the_clock_was_set_back():
    office = Office()
    anna = await office.reader(1)
    office.new()
    await office.turns.next(anna.ref)
    office.clock.set(-HOUR)
    start, done = office.clock.steady, []

    async def reply():
        await office.turns.next(anna.ref)
        done.append(office.clock.steady)

    task = asyncio.create_task(reply())
    await office.clock.until(task.done)
    assert done[0] - start < 3


def busiest(times):
    return max(sum(start <= each < start + 1 - 1e-6 for each in times) for start in times)
