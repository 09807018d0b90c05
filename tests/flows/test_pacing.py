"""Turns to send: the limits hold whatever is asked for, and replies go before alerts."""

import asyncio
import random

import pytest

from bot.flows.pacing import LATE_SECONDS, LATER_SECONDS, Turns
from bot.model import ChatRef, Slot, Verdict
from tests.builders.news import article
from tests.fakes.messenger import FakeMessenger
from tests.fakes.outbox import FakePacing
from tests.fakes.virtual_clock import VirtualClock
from tests.flows.office import PER_SECOND, Office

ANNA, GROUP = ChatRef(1), ChatRef(-1)


@pytest.fixture
async def clock():
    return VirtualClock()


@pytest.fixture
async def turns(clock):
    return Turns(FakePacing(PER_SECOND), clock, PER_SECOND)


async def moments(turns, clock, chats):
    """When each of these had its turn, all having come at once."""
    start, found = clock.seconds, {}

    async def wait(number, chat):
        await turns.next(chat)
        found[number] = clock.seconds - start

    tasks = [asyncio.create_task(wait(*each)) for each in enumerate(chats)]
    await clock.until(lambda: len(found) == len(tasks))
    return [found[number] for number in range(len(chats))]


def busiest(times, window=1.0):
    times = sorted(times)
    return max(sum(start <= each < start + window for each in times) for start in times)


async def test_a_flood_goes_at_the_rate_in_the_order_in_which_it_came(turns, clock):
    found = await moments(turns, clock, [ChatRef(number) for number in range(1, 201)])
    assert found == sorted(found)
    assert busiest(found) == PER_SECOND
    assert found[-1] < 1.03 * 200 / PER_SECOND


@pytest.mark.parametrize(("chat", "gap"), [(ANNA, 1.0), (GROUP, 3.0)])
async def test_a_chat_is_written_to_at_its_pace_and_others_need_not_wait(turns, clock, chat, gap):
    others = [ChatRef(number) for number in range(10, 20)]
    found = await moments(turns, clock, [chat, chat, chat, *others])
    assert found[:3] == pytest.approx([0, gap, 2 * gap], abs=0.1)
    assert max(found[3:]) < 0.5


async def test_nobody_in_particular_waits_for_the_rate_alone(turns, clock):
    assert max(await moments(turns, clock, [None] * 15)) < 0.6


async def test_who_was_held_up_does_not_make_up_for_it_at_a_blow(turns, clock):
    slots = [clock.seconds + number / PER_SECOND for number in range(60)]
    clock.skip(2)
    times = []

    async def send_all():
        for slot in slots:
            while not await turns.reach((None, Slot(slot, Verdict.GRANTED))):
                pass
            times.append(clock.seconds)

    task = asyncio.create_task(send_all())
    await clock.until(task.done)
    assert busiest(times) == PER_SECOND


async def in_a_fan_out(office, readers):
    made = [await office.reader(number) for number in range(100, 100 + readers)]
    await office.owe(article(7), *made)
    sent = []

    async def note(_chat, _message):
        sent.append(office.clock.seconds)

    office.messenger = FakeMessenger(before_answer=note)
    return sent


async def test_a_reply_in_a_fan_out_waits_for_no_more_than_a_slot_or_two():
    office = Office()
    sent = await in_a_fan_out(office, 300)
    waits = []
    async with office.running():
        await office.clock.until(lambda: len(sent) > 40)
        for number in range(1, 31):
            start = office.clock.seconds
            await moments(office.turns, office.clock, [ChatRef(number)])
            waits.append(office.clock.seconds - start)
            await office.clock.pass_time(0.13)
    assert max(waits) < 0.1
    assert sum(waits) / len(waits) < 0.06


async def test_neither_a_flood_of_replies_nor_a_fan_out_starves_the_other():
    office = Office()
    sent = await in_a_fan_out(office, 300)
    async with office.running():
        await office.clock.until(lambda: len(sent) > 40)
        start = office.clock.seconds
        replied = await moments(
            office.turns, office.clock, [ChatRef(number) for number in range(1, 61)]
        )
    during = [each - start for each in sent if start <= each < start + max(replied)]
    assert max(replied) < 2.5 * 60 / PER_SECOND
    assert len(during) > 0.2 * PER_SECOND * max(replied)
    assert busiest([*replied, *during]) <= PER_SECOND


class LatePacing(FakePacing):
    """Its answers to some of the first questions come late."""

    def __init__(self, clock, delays):
        super().__init__(PER_SECOND)
        self.clock, self.delays, self.asked, self.free = clock, [*delays], 0, []

    async def book(self, chats, now, ahead):
        slots = await super().book(chats, now, ahead)
        self.asked += 1
        if self.delays:
            self.clock.skip(self.delays.pop(0))
        return slots

    async def give_up(self, booked):
        await super().give_up(booked)
        self.free += booked


async def test_a_slot_that_is_reached_late_is_given_up_and_another_is_asked_for(clock):
    pacing = LatePacing(clock, [0.08, 0.04])
    start = clock.seconds
    [waited] = await moments(Turns(pacing, clock, PER_SECOND), clock, [ANNA])
    assert pacing.asked == 3
    assert [chat for chat, _ in pacing.free] == [ANNA, ANNA]
    slots = await pacing.book([ANNA], start + waited + 0.9, 0)
    assert slots[0].verdict is Verdict.CHAT_IS_BUSY
    assert slots[0].at - 1 == pytest.approx(start + waited, abs=LATE_SECONDS)


async def test_who_is_always_late_is_let_through_all_the_same(clock):
    pacing = LatePacing(clock, [0.3] * 1000)
    found = await moments(Turns(pacing, clock, PER_SECOND), clock, [*map(ChatRef, range(1, 40))])
    assert pacing.asked == 39 * len(LATER_SECONDS)
    assert busiest(found) <= PER_SECOND


async def test_processes_that_stumble_now_and_then_keep_one_limit():
    dice = random.Random(5)
    office = Office()
    sent = await in_a_fan_out(office, 300)
    book = office.pacing.book

    async def stumble(*asked):
        slots = await book(*asked)
        await office.clock.sleep(dice.choice([0] * 9 + [0.1]))
        return slots

    office.pacing.book = stumble
    async with office.running():
        others = [asyncio.create_task(office.new().run()) for _ in range(4)]
        await office.clock.until(lambda: len(sent) == 300)
        for other in others:
            other.cancel()
    assert busiest(sent) <= PER_SECOND
