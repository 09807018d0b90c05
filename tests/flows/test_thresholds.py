"""A threshold is told once when it is crossed, and again only after the rate has gone back."""

import asyncio
from dataclasses import replace
from datetime import time, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.flows.leftover import Leftover
from bot.flows.pacing import Turns
from bot.flows.tell import Tell
from bot.flows.thresholds import BATCH, GIVE_UP_SECONDS, IMPATIENT_SECONDS, Watch, judged
from bot.messages.plain import text_of
from bot.model import Bound, ChatRef, Gone, Moved, Quiet, Rejected, RetryLater, Sent, Threshold
from bot.store.chats import RedisChats
from bot.store.thresholds import RedisThresholds
from tests.builders.bank import rate
from tests.builders.news import chat
from tests.fakes.chats import FakeChats
from tests.fakes.clock import START, FakeClock
from tests.fakes.messenger import FakeMessenger
from tests.fakes.outbox import FakeOutbox
from tests.fakes.rates import FakeRates, FakeThresholds
from tests.fakes.subscriptions import FakeSubscriptions

READER = chat()
ABOVE = Threshold(READER.ref, "USD", Bound.ABOVE, Decimal(88), 1, Decimal("87.45"), START)
BELOW = replace(ABOVE, bound=Bound.BELOW)
BY_SHARE = replace(ABOVE, currency="RUB", bound=Bound.MOVE, level=Decimal(5), base=Decimal(1))


def told(threshold, *values):
    """On which of these days it is told."""
    found = []
    for number, value in enumerate(values):
        threshold, crossed = judged(threshold, rate(value, currency=threshold.currency))
        found += [number] * crossed
    return found


@pytest.mark.parametrize(
    ("threshold", "values", "days"),
    [
        (ABOVE, ["87.9999", "88", "88.0001", "88.5"], [2]),
        (ABOVE, ["88.0001", "87.9999", "88.0001", "87.99", "88.01"], [0]),
        (ABOVE, ["88.0001", "87.8", "88.0001"], [0, 2]),
        (BELOW, ["88", "87.9999", "88.0001", "87.9", "88.2", "87.9"], [1, 5]),
        (replace(ABOVE, is_armed=False), ["88.1", "87.5", "88.1"], [2]),
        (BY_SHARE, ["1.04", "1.05", "1.09", "1.11", "1.0"], [1, 3, 4]),
        (BY_SHARE, ["0.9501", "0.95"], [1]),
    ],
)
def test_it_is_told_once_until_the_rate_has_gone_back(threshold, values, days):
    assert told(threshold, *values) == days


@given(st.lists(st.decimals("87.85", "88.15", places=4), max_size=60))
def test_what_flickers_around_the_level_is_told_once(values):
    assert len(told(ABOVE, *values)) <= 1


@given(st.lists(st.decimals("80", "96", places=4), max_size=60))
def test_looking_again_at_the_same_rate_changes_nothing(values):
    for threshold in (ABOVE, BELOW, replace(BY_SHARE, base=Decimal(88))):
        for value in values:
            told_of, _ = judged(threshold, rate(value))
            assert judged(told_of, rate(value)) == (told_of, False)


def test_another_nominal_is_the_same_rate():
    assert judged(ABOVE, rate("880.1", nominal=10))[1]
    assert not judged(ABOVE, rate("879.9", nominal=10))[1]


class Desk:
    """A store that outlives its processes."""

    def __init__(self, thresholds=None, chats=None):
        self.clock, self.outbox, self.messenger = FakeClock(), FakeOutbox(), FakeMessenger()
        self.rates, self.thresholds = FakeRates(), thresholds or FakeThresholds()
        self.chats = chats or FakeChats(FakeSubscriptions(), self.outbox)
        self.restart()

    def restart(self):
        self.watch = Watch(
            self.thresholds,
            self.rates,
            self.chats,
            Leftover(Turns(self.outbox.pacing, self.clock, 30), self.clock, 30),
            Tell(self.chats, self.outbox.pacing, self.messenger, self.clock),
            self.clock,
        )

    async def look(self, value="88.0102", day="2026-03-02", seconds=60.0):
        self.clock.pass_time(seconds)
        self.rates.put(rate(value, day))
        await self.watch.look()
        await self.watch.tell()

    @property
    def said(self):
        return [text_of(message.html) for message in self.messenger.delivered()]


@pytest.fixture
async def desk():
    made = Desk()
    await made.chats.save(READER)
    await made.thresholds.add(ABOVE, 5)
    return made


async def test_in_quiet_hours_it_waits_for_their_end(desk):
    await desk.chats.save(replace(READER, quiet=Quiet(time(11), time(14))))
    await desk.look()
    assert desk.said == []
    await desk.look(seconds=2 * 3600)
    assert len(desk.said) == 1


async def test_who_waits_is_told_the_rate_its_day_and_what_was_asked(desk):
    await desk.look("87.9")
    await desk.look("88.0102", "2026-03-03")
    await desk.look("88.0200", "2026-03-04")
    [said] = desk.said
    for part in ("88.0102", "March 3", "USD > 88", "National Bank"):
        assert part in said


@pytest.mark.parametrize("step", ["change", "owed", "settle"])
async def test_a_kill_anywhere_loses_nothing(desk, monkeypatch, step):
    async def die(*_):
        raise ConnectionError

    monkeypatch.setattr(desk.thresholds, step, die)
    with pytest.raises(ConnectionError):
        await desk.look()
    monkeypatch.undo()
    desk.restart()
    await desk.look()
    desk.restart()
    await desk.look()
    assert len(desk.said) == (2 if step == "settle" else 1)
    assert len(set(desk.said)) == 1


async def test_what_is_put_off_is_told_later(desk):
    desk.messenger.script(READER.ref, RetryLater(30, "slow down"))
    await desk.look()
    await desk.look(seconds=1)
    assert desk.said == []
    await desk.look()
    assert len(desk.said) == 1


async def test_a_rejected_message_goes_as_plain_text(desk):
    desk.messenger.script(READER.ref, Rejected("can't parse"))
    await desk.look()
    assert [send.plain for send in desk.messenger.sends] == [False, True]
    await desk.look()
    assert len(desk.messenger.sends) == 2


async def test_a_chat_that_is_gone_is_told_nothing_more(desk):
    desk.messenger.script(READER.ref, Gone("blocked"))
    await desk.look()
    await desk.look()
    assert len(desk.messenger.sends) == 1


async def test_a_chat_that_pauses_is_told_when_it_goes_on_if_it_is_not_too_late(desk):
    await desk.chats.save(replace(READER, is_paused=True))
    await desk.look()
    assert desk.said == []
    await desk.chats.save(READER)
    await desk.look(seconds=3600)
    assert len(desk.said) == 1


async def test_a_pause_that_ends_by_itself_is_over_for_rates_too(desk):
    until = desk.clock.now() + timedelta(seconds=90)
    await desk.chats.save(replace(READER, is_paused=True, paused_until=until))
    await desk.look()
    assert desk.said == []
    await desk.look(seconds=91)
    assert len(desk.said) == 1


async def test_what_could_not_be_told_for_two_days_is_not_told(desk):
    await desk.chats.save(replace(READER, is_paused=True))
    await desk.look()
    await desk.chats.save(READER)
    await desk.look(seconds=GIVE_UP_SECONDS + 60)
    assert desk.said == []


async def test_many_are_told_at_once_and_one_that_fails_harms_no_other(desk):
    flying, most, send = set(), [], desk.messenger.send

    async def slow(ref, message):
        flying.add(ref)
        most.append(len(flying))
        for _ in range(9):
            await asyncio.sleep(0)
        flying.discard(ref)
        if ref == ChatRef(5):
            raise ConnectionError
        return await send(ref, message)

    desk.messenger.send = slow
    for number in range(1, BATCH + 9):
        reader = replace(READER, ref=ChatRef(number))
        await desk.chats.save(reader)
        await desk.thresholds.add(replace(ABOVE, chat=reader.ref), 5)
    with pytest.raises(ConnectionError):
        await desk.look()
    assert max(most) > 1
    desk.messenger.send = send
    await desk.look()
    told = [each.chat for each in desk.messenger.sends]
    assert len(told) == len(set(told)) == BATCH + 9


async def test_crossings_leave_alerts_the_slots_until_they_have_waited_for_long(desk):
    asked = []

    async def note(_, *, is_late=False):
        asked.append(is_late)

    desk.watch._leftover.next = note
    desk.messenger.script(READER.ref, RetryLater(IMPATIENT_SECONDS, "slow down"))
    await desk.look()
    await desk.look(seconds=IMPATIENT_SECONDS + 1)
    assert asked == [False, True]
    assert len(desk.said) == 1


async def test_who_stops_tells_nobody_and_the_next_goes_on(desk):
    await desk.watch.stop()
    await desk.look()
    assert desk.said == []
    desk.restart()
    await desk.look()
    assert len(desk.said) == 1


@pytest.mark.parametrize("at_once", [True, False])
async def test_a_group_that_moved_is_told_where_it_went(store, at_once):
    """It moves by the answer to this message, or before it is sent."""
    desk = Desk(RedisThresholds(store), RedisChats(store))
    old, new, other = ChatRef(-100, 5), ChatRef(-200, 5), ChatRef(-1001)
    for ref in (old, other):
        await desk.chats.save(replace(READER, ref=ref))
        await desk.thresholds.add(replace(ABOVE, chat=ref), 5)
    desk.messenger.script(old, Moved(-200))
    if at_once:
        await desk.look()
    else:
        desk.rates.put(rate("88.0102"))
        await desk.watch.look()
        await desk.chats.move(-100, -200)
    await desk.look()
    await desk.look()
    told = [each.chat for each in desk.messenger.sends if isinstance(each.outcome, Sent)]
    assert sorted(told) == [other, new]
    assert [each.chat for each in await desk.thresholds.of(new)] == [new]
    assert await desk.thresholds.of(old) == []
