"""One process polls at a time, at once when it begins to lead, and stops without haste."""

import asyncio
from collections.abc import Callable

import pytest

from bot import schedule
from bot.flows.troubles import Troubles
from bot.model import Edition
from bot.ports import PageUnreadable, StoreUnavailable, TokenRefused
from bot.schedule import LEADER_SECONDS, Leader, Timetable
from bot.store.leadership import RedisLeadership
from tests.builders.news import EN, KY, RU, article
from tests.fakes.clock import FakeClock
from tests.fakes.leadership import FakeLeadership, Seat
from tests.flows.newsroom import Failing, Newsroom

SOON = 0.02
NEVER = 3600.0
OFTEN = 5
"""So many turns of one process give another the time for a turn, if it takes any."""


@pytest.fixture(autouse=True)
def _in_haste(monkeypatch):
    for name in ("RENEW_SECONDS", "READ_SECONDS"):
        monkeypatch.setattr(schedule, name, SOON)


async def until(condition: Callable[[], object]) -> None:
    async with asyncio.timeout(30):
        while not condition():  # noqa: ASYNC110 - the timetable tells of nothing
            await asyncio.sleep(SOON / 2)


class Resting:
    """`Correct` with nothing to put right."""

    async def run(self):
        pass

    def stop(self):
        pass


class Process:
    """A bot that collects by the timetable; `room` is its site and its store."""

    def __init__(self, leadership, clock, room=None, poll_seconds=SOON):
        self.room = room or Newsroom(rows_a_page=50)
        self.told = []
        self.stopped = False
        self.leader = Leader(leadership, lambda: clock.seconds)
        troubles = Troubles(self._tell)
        flows = self.room.poll, self.room.collect, self.room.review, Resting()
        self.duties = 0
        self.timetable = Timetable(
            *flows, self.leader, troubles, poll_seconds=poll_seconds, also=[(SOON, self._duty)]
        )

    async def _duty(self):
        self.duties += 1

    def _tell(self, text):
        self.told.append(text)

    async def stop(self, seconds):
        """As the program does, once."""
        if not self.stopped:
            self.stopped = True
            await self.timetable.stop(seconds)

    @property
    def polls(self):
        """How often it looked at a listing's first page."""
        return sum(asked.endswith(" 1") for asked in self.room.site.asked)

    async def polls_often(self):
        """Wait until it has polled some times more."""
        goal = self.polls + OFTEN
        await until(lambda: self.polls >= goal)


@pytest.fixture
def clock():
    return FakeClock()


@pytest.fixture
async def processes():
    """Those that a test starts; stopped with it."""
    started = []
    yield started
    for process in started:
        await process.stop(0)


@pytest.fixture
def start(processes, clock):
    def start(leadership, editions=(EN,), **named):
        process = Process(leadership, clock, **named)
        process.timetable.start(editions)
        processes.append(process)
        return process

    return start


@pytest.fixture(params=["fake", "redis"])
def rivals(request, clock):
    """Two candidates for one seat."""
    if request.param == "redis":
        store = request.getfixturevalue("store")
        return RedisLeadership(store), RedisLeadership(store)
    seat = Seat()
    return FakeLeadership(clock, seat), FakeLeadership(clock, seat)


# --- who leads ------------------------------------------------------------------------------------


async def test_of_two_processes_one_polls(rivals, start):
    first, second = (start(each) for each in rivals)
    await until(lambda: first.polls or second.polls)
    polling, idle = (first, second) if first.polls else (second, first)
    await polling.polls_often()
    assert idle.polls == 0
    await until(lambda: polling.duties > OFTEN)
    assert idle.duties == 0
    assert polling.leader.leads
    assert not idle.leader.leads


async def test_another_takes_over_at_once_when_the_leader_stops(rivals, start):
    first = start(rivals[0], poll_seconds=NEVER)
    await until(lambda: first.polls)
    second = start(rivals[1], poll_seconds=NEVER)
    await first.stop(5)
    await until(lambda: second.polls)
    assert first.polls == second.polls == 1


async def test_another_takes_over_when_the_leader_renews_no_more(clock, start):
    seat = Seat()
    frozen = Failing(FakeLeadership(clock, seat), frozenset({"hold"}), fails=False)
    first = start(frozen)
    await first.polls_often()
    second = start(FakeLeadership(clock, seat))
    frozen.fails = True
    await first.polls_often()
    assert second.polls == 0
    clock.pass_time(LEADER_SECONDS + 1)
    await second.polls_often()
    polls = first.polls
    await second.polls_often()
    assert first.polls == polls
    frozen.fails = False
    await second.polls_often()
    assert first.polls == polls


async def test_over_a_real_store_a_lease_that_is_not_renewed_runs_out(store, start, monkeypatch):
    monkeypatch.setattr(schedule, "LEADER_SECONDS", 0.3)
    frozen = Failing(RedisLeadership(store), frozenset({"hold"}), fails=False)
    first = start(frozen)
    await until(lambda: first.polls)
    second = start(RedisLeadership(store))
    frozen.fails = True
    await second.polls_often()


async def test_who_leads_again_polls_again_at_once(clock, start):
    leadership = Failing(FakeLeadership(clock), frozenset({"hold"}), fails=False)
    process = start(leadership, poll_seconds=NEVER)
    await until(lambda: process.polls == 1)
    leadership.fails = True
    clock.pass_time(LEADER_SECONDS + 1)
    await until(lambda: process.told)
    leadership.fails = False
    await until(lambda: process.polls == 2)


# --- a leader, by itself --------------------------------------------------------------------------


async def test_a_leader_becomes_it_once_and_stays_it_by_renewing(clock):
    leader = Leader(FakeLeadership(clock), lambda: clock.seconds)
    assert not leader.leads
    assert await leader.renew()
    for _ in range(3):
        clock.pass_time(LEADER_SECONDS - 1)
        assert leader.leads
        assert not await leader.renew()


async def test_a_frozen_leader_finds_out_by_itself(clock):
    leader = Leader(FakeLeadership(clock), lambda: clock.seconds)
    await leader.renew()
    clock.pass_time(LEADER_SECONDS)
    assert not leader.leads


async def test_the_time_that_asking_took_is_not_led(clock):
    leadership = FakeLeadership(clock)
    hold = leadership.hold

    async def slow(seconds):
        held = await hold(seconds)
        clock.pass_time(LEADER_SECONDS)
        return held

    leadership.hold = slow
    leader = Leader(leadership, lambda: clock.seconds)
    await leader.renew()
    assert not leader.leads


async def test_a_store_that_is_away_takes_the_lead_only_when_the_lease_is_over(clock):
    leadership = Failing(FakeLeadership(clock), frozenset({"hold"}), fails=False)
    leader = Leader(leadership, lambda: clock.seconds)
    await leader.renew()
    leadership.fails = True
    with pytest.raises(StoreUnavailable):
        await leader.renew()
    assert leader.leads
    clock.pass_time(LEADER_SECONDS)
    assert not leader.leads


async def test_who_does_not_lead_resigns_nothing(clock):
    seat = Seat()
    one, other = (Leader(FakeLeadership(clock, seat), lambda: clock.seconds) for _ in range(2))
    await one.renew()
    await other.resign()
    assert not await other.renew()
    await one.resign()
    assert not one.leads
    assert await other.renew()


# --- what runs when -------------------------------------------------------------------------------


async def test_every_edition_is_polled_at_once_and_then_again_and_again(clock, start):
    process = start(FakeLeadership(clock), (EN, RU, KY))
    await until(
        lambda: all(
            process.room.site.asked.count(f"listing {edition} 1") >= 3 for edition in Edition
        )
    )


async def test_the_first_poll_does_not_wait_for_its_turn(clock, start):
    process = start(FakeLeadership(clock), (EN, RU, KY), poll_seconds=NEVER)
    await until(lambda: process.polls == 3)


async def test_what_is_published_is_read_between_two_polls(clock, start):
    room = Newsroom(rows_a_page=50)
    room.publish(article(1, minutes=5))
    await room.look()
    room.publish(article(2))
    room.site.fail(PageUnreadable("changed"), "article 2")
    start(FakeLeadership(clock), room=room, poll_seconds=NEVER)
    await until(lambda: "article 2" in room.site.asked)
    room.site.recover("article 2")
    room.clock.pass_time(60)
    await until(lambda: room.meter.counted[-1] == "kept en")


async def test_a_job_that_breaks_down_runs_again(clock, start):
    room = Newsroom(rows_a_page=50)
    room.articles.is_baselined = Failing(
        room.articles, frozenset({"is_baselined"}), error=ZeroDivisionError()
    ).is_baselined
    process = start(FakeLeadership(clock), room=room)
    looks, look = [], room.poll.look

    async def counted(edition):
        looks.append(edition)
        await look(edition)

    room.poll.look = counted
    await until(lambda: len(looks) >= OFTEN)
    assert process.told == []


async def test_a_token_that_is_refused_ends_it_and_is_no_failure_of_a_job(clock, start, capsys):
    room = Newsroom(rows_a_page=50)
    room.articles.is_baselined = Failing(
        room.articles, frozenset({"is_baselined"}), error=TokenRefused()
    ).is_baselined
    process = start(FakeLeadership(clock), room=room)
    with pytest.raises(TokenRefused):
        await process.timetable.refused()
    assert "job failed" not in capsys.readouterr().out


async def test_a_store_that_is_away_is_said_once_and_its_return_too(clock, start):
    room = Newsroom(rows_a_page=50)
    store = Failing(room.articles, frozenset({"is_baselined"}))
    room.articles = store
    room.restart()
    leadership = Failing(FakeLeadership(clock), frozenset({"hold"}))
    process = start(leadership, room=room)
    await until(lambda: process.told)
    leadership.fails = store.fails = False
    room.publish(article(1))
    await until(lambda: len(process.told) > 1)
    await process.polls_often()
    assert process.told == ["Trouble: store: the store is away", "Over: store"]


# --- the end --------------------------------------------------------------------------------------


@pytest.fixture
async def reading(clock, start):
    """A process that reads the first of two articles; and what lets it come to an end."""
    room = Newsroom(rows_a_page=50)
    room.publish(article(1, minutes=9))
    await room.look()
    room.publish(article(2, minutes=2), article(3, minutes=1))
    arrived, begun, read = asyncio.Event(), asyncio.Event(), room.site.article

    async def slow(item):
        begun.set()
        await arrived.wait()
        return await read(item)

    room.site.article = slow
    process = start(FakeLeadership(clock), room=room)
    await begun.wait()
    return process, arrived


async def test_stopping_lets_the_article_at_work_end_and_begins_no_other(reading):
    process, arrived = reading
    stopping = asyncio.create_task(process.stop(60))
    await asyncio.sleep(SOON)
    assert not stopping.done()
    arrived.set()
    await stopping
    assert await process.room.kept() == [2]
    assert not process.leader.leads


async def test_stopping_gives_up_in_time_and_the_article_is_read_by_another(reading):
    process, arrived = reading
    await process.stop(0)
    arrived.set()
    room = process.room
    room.clock.pass_time(60)
    room.restart()
    assert await room.look() == 2
    assert await room.kept() == [2, 3]


async def test_a_job_that_was_handed_out_as_it_stopped_does_not_take_the_lead_again(
    clock, start, monkeypatch
):
    monkeypatch.setattr(schedule, "RENEW_SECONDS", 0.0005)
    seat = Seat()
    for _ in range(30):
        process = start(FakeLeadership(clock, seat), poll_seconds=NEVER)
        await until(lambda: process.leader.leads)  # noqa: B023 - waited for within the turn
        await process.stop(5)
        await asyncio.sleep(0)
        other = FakeLeadership(clock, seat)
        assert await other.hold(1)
        await other.resign()


async def test_after_stopping_nothing_runs_any_more(clock, start):
    process = start(FakeLeadership(clock))
    await process.polls_often()
    await process.stop(5)
    polls = process.polls
    other = start(FakeLeadership(clock))
    await other.polls_often()
    assert process.polls == polls


async def test_stopping_without_a_store_is_no_error(clock, start):
    leadership = Failing(FakeLeadership(clock), frozenset({"resign"}))
    process = start(leadership)
    await until(lambda: process.polls)
    await process.stop(5)
    assert process.told == ["Trouble: store: the store is away"]
