"""What is owed is sent once, and every answer of Telegram's leads to what it should."""

import asyncio
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from structlog.testing import capture_logs

from bot.flows.deliver import LEASE_SECONDS
from bot.flows.send import LONGEST_WAIT_SECONDS, put_off
from bot.model import ChatRef, ChatState, Gone, Moved, Rejected, RetryLater, Sent
from bot.ports import TokenRefused
from tests.builders.news import article, subscription
from tests.fakes.messenger import FakeMessenger
from tests.flows.newsroom import Failing
from tests.flows.office import Office

FLOOD = RetryLater(30, "Too Many Requests: retry after 30")
DOWN = RetryLater(5, "HTTP 502, not from the Bot API", everyone=True)
BAD = Rejected("can't parse entities")
GONE = Gone("bot was blocked by the user")


@pytest.fixture
async def office():
    return Office()


def times_told(texts, number):
    return "".join(texts).count(f'/english/{number}/"')


# --- all is well -----------------------------------------------------------------------------


async def test_what_is_owed_is_sent_once(office):
    readers = [await office.reader(number) for number in range(1, 101)]
    await office.owe(article(7, "Visas get cheaper"), *readers)
    await office.deliver_all()
    for reader in readers:
        (text,) = office.texts(reader)
        assert "get cheaper" in text
    assert len(office.messenger.sends) == 100


async def test_no_more_than_the_overall_rate_is_sent(office):
    readers = [await office.reader(number) for number in range(1, 121)]
    await office.owe(article(7), *readers)
    start, moments = office.clock.seconds, []

    async def note(_chat, _message):
        moments.append(office.clock.seconds - start)

    office.messenger = FakeMessenger(before_answer=note)
    await office.deliver_all()
    assert len(moments) == 120
    assert all(late - early >= 1 - 1e-3 for early, late in zip(moments, moments[30:], strict=False))
    assert moments[-1] < 2 * 120 / 30


async def test_sends_that_were_held_up_together_are_not_made_up_for_together(office):
    readers = [await office.reader(number) for number in range(1, 91)]
    await office.owe(article(7), *readers)
    moments, get_many = [], office.chats.get_many

    async def note(_chat, _message):
        moments.append(office.clock.seconds)

    async def slow(refs):
        office.chats.get_many = get_many
        await office.clock.sleep(2)
        return await get_many(refs)

    office.messenger = FakeMessenger(before_answer=note)
    office.chats.get_many = slow
    await office.deliver_all()
    assert len(moments) == 90
    assert all(late - early >= 1 - 1e-3 for early, late in zip(moments, moments[30:], strict=False))


async def test_all_that_waits_for_a_chat_goes_as_one_message(office):
    anna = await office.reader(1)
    for number in (7, 8, 9):
        await office.owe(article(number, minutes=-number), anna)
    await office.deliver_all()
    (text,) = office.texts(anna)
    assert [text.index(f"story {number}") for number in (7, 8, 9)] == sorted(
        text.index(f"story {number}") for number in (7, 8, 9)
    )


async def test_what_needs_several_messages_is_sent_as_several_each_story_once(office):
    anna = await office.reader(1)
    for number in range(100, 190):
        await office.owe(article(number, f"Visa story {number} " + "long " * 30), anna)
    await office.deliver_all()
    texts = office.texts(anna)
    assert len(texts) > 2
    for number in range(100, 190):
        assert sum(f"story {number} " in text for text in texts) == 1


async def test_after_a_kill_between_two_messages_the_rest_is_sent(office):
    anna = await office.reader(1)
    for number in range(100, 190):
        await office.owe(article(number, f"Visa story {number} " + "long " * 30), anna)
    async with office.running():
        await office.clock.until(lambda: office.texts(anna))
    await office.deliver_all()
    told = "".join(office.texts(anna))
    assert all(told.count(f"story {number} ") == 1 for number in range(100, 190))


async def test_how_long_a_reader_waited_is_counted(office):
    anna = await office.reader(1)
    await office.owe(article(7, minutes=2), anna)
    await office.deliver_all()
    assert office.meter.counted == ["answered Sent", "delivered"]
    assert office.meter.seconds == [pytest.approx(120, abs=1)]


async def test_nothing_is_sent_where_nothing_is_wanted_any_more(office):
    anna, bekzat = await office.reader(1), await office.reader(2)
    await office.owe(article(7), anna, bekzat)
    await office.subscriptions.remove(anna.ref, subscription(anna.ref, "visa").key)
    await office.deliver_all()
    assert office.texts(anna) == []
    assert len(office.texts(bekzat)) == 1


# --- not now -----------------------------------------------------------------------------------


@given(st.floats(0, 1e5), st.integers(0, 10_000))
def test_what_telegram_asks_to_wait_is_waited_at_least_and_more_the_oftener(seconds, attempts):
    waits = [put_off(RetryLater(seconds, ""), n) for n in (attempts, attempts + 1)]
    assert seconds <= waits[0] <= waits[1] <= max(seconds, LONGEST_WAIT_SECONDS)


async def test_a_flooded_chat_holds_back_itself_alone(office):
    readers = [await office.reader(number) for number in range(1, 20)]
    await office.owe(article(7), *readers)
    office.messenger.script(readers[0].ref, FLOOD)
    start = office.clock.seconds
    async with office.running():
        await office.clock.until(lambda: len(office.messenger.delivered()) == 18)
        assert office.clock.seconds - start < 5
        await office.until_settled()
    assert office.clock.seconds - start >= 30
    assert len(office.texts(readers[0])) == 1
    assert office.told == []


async def test_what_comes_meanwhile_goes_along_with_what_was_put_off(office):
    anna = await office.reader(1)
    await office.owe(article(7), anna)
    office.messenger.script(anna.ref, FLOOD)
    async with office.running():
        await office.clock.until(lambda: office.messenger.sends)
        await office.owe(article(8), anna)
        await office.until_settled()
    (text,) = office.texts(anna)
    assert "story 7" in text
    assert "story 8" in text


async def test_a_trouble_of_telegram_s_own_holds_back_everybody_and_is_said_once(office):
    readers = [await office.reader(number) for number in range(1, 4)]
    await office.owe(article(7), *readers)
    for reader in readers:
        office.messenger.script(reader.ref, DOWN, DOWN)
    await office.deliver_all()
    assert office.told == [f"Trouble: telegram: {DOWN.reason}", "Over: telegram"]
    assert all(len(office.texts(reader)) == 1 for reader in readers)


async def test_while_everybody_is_held_back_nothing_is_tried(office):
    anna, bekzat = await office.reader(1), await office.reader(2)
    await office.owe(article(7), anna)
    office.messenger.script(anna.ref, RetryLater(300, "HTTP 502", everyone=True))
    async with office.running():
        await office.clock.until(lambda: office.messenger.sends)
        tried = office.clock.seconds
        await office.owe(article(8), bekzat)
        await office.until_settled()
    assert office.clock.seconds - tried >= 300
    assert len(office.texts(bekzat)) == len(office.texts(anna)) == 1


async def test_after_two_days_without_telegram_the_newer_news_is_told(office):
    anna = await office.reader(1)
    office.messenger.always(anna.ref, RetryLater(3600, "no connection", everyone=True))
    async with office.running():
        for number in range(60):
            await office.owe(article(100 + number, published=office.clock.now()), anna)
            office.clock.skip(3600)
            await office.clock.pass_time(1)
        office.messenger.always(anna.ref, Sent(1))
        office.clock.skip(3600)
        await office.until_settled()
    told = [times_told(office.texts(anna), 100 + number) for number in range(60)]
    assert told == [0] * (60 - sum(told)) + [1] * sum(told)
    assert 46 <= sum(told) <= 48


# --- never again -------------------------------------------------------------------------------


async def test_a_chat_that_is_gone_is_marked_and_stops_nobody(office):
    anna, bekzat = await office.reader(1), await office.reader(2)
    await office.owe(article(7), anna, bekzat)
    office.messenger.always(anna.ref, GONE)
    await office.deliver_all()
    assert (await office.chats.get(anna.ref)).state is ChatState.GONE
    assert len(office.texts(bekzat)) == 1
    await office.owe(article(8), anna, bekzat)
    await office.deliver_all()
    assert len(office.texts(bekzat)) == 2
    assert sum(send.chat == anna.ref for send in office.messenger.sends) == 1


async def test_a_chat_that_came_back_is_told_what_is_new(office):
    anna = await office.reader(1)
    await office.owe(article(7), anna)
    office.messenger.script(anna.ref, GONE)
    await office.deliver_all()
    await office.chats.mark_back(anna.ref)
    await office.owe(article(8), anna)
    await office.deliver_all()
    (text,) = office.texts(anna)
    assert "story 8" in text


async def test_a_group_that_moved_is_told_there_with_what_is_in_flight_and_what_waits(office):
    group, new = await office.reader(-40), ChatRef(-1001)
    await office.owe(article(7), group)

    async def meanwhile(chat, _message):
        if chat == group.ref:
            await office.owe(article(8), group)

    office.messenger = FakeMessenger(before_answer=meanwhile)
    office.messenger.always(group.ref, Moved(new.id))
    await office.deliver_all()
    told = office.texts(new)
    assert times_told(told, 7) == times_told(told, 8) == 1
    assert [each.chat for each in await office.subscriptions.of(new)] == [new]
    assert await office.chats.get(group.ref) is None


async def test_a_topic_moves_with_its_group(office):
    group = await office.reader(-40)
    topic = replace(group, ref=ChatRef(-40, 7))
    await office.chats.save(topic)
    await office.subscriptions.add(subscription(topic.ref, "visa"), 100)
    await office.owe(article(7), group, topic)
    for ref in (group.ref, topic.ref):
        office.messenger.always(ref, Moved(-1001))
    await office.deliver_all()
    assert len(office.texts(ChatRef(-1001))) == len(office.texts(ChatRef(-1001, 7))) == 1


# --- refused -------------------------------------------------------------------------------------


async def test_what_is_rejected_goes_out_as_plain_text_once(office):
    anna = await office.reader(1)
    await office.owe(article(7), anna)
    office.messenger.script(anna.ref, BAD)
    await office.deliver_all()
    assert [(send.plain, type(send.outcome)) for send in office.messenger.sends] == [
        (False, Rejected),
        (True, Sent),
    ]


async def test_what_is_rejected_even_as_plain_text_is_dropped_loudly_and_stops_nobody(office):
    anna, bekzat = await office.reader(1), await office.reader(2)
    await office.owe(article(7), anna, bekzat)
    office.messenger.script(anna.ref, BAD, BAD)
    with capture_logs() as logs:
        await office.deliver_all()
    assert {"event": "dropped", "what": "alert", "log_level": "error"}.items() <= next(
        line for line in logs if line["event"] == "dropped"
    ).items()
    assert len(office.texts(bekzat)) == 1
    await office.owe(article(8), anna)
    await office.deliver_all()
    assert len(office.texts(anna)) == 1


async def test_of_several_messages_one_that_is_rejected_is_dropped_alone(office):
    anna = await office.reader(1)
    for number in range(100, 190):
        await office.owe(article(number, f"Visa story {number} " + "long " * 30), anna)
    office.messenger.script(anna.ref, BAD, BAD)
    await office.deliver_all()
    dropped = office.messenger.sends[0].message.html
    told = "".join(office.texts(anna))
    assert all(
        (f"story {number} " in dropped) != (f"story {number} " in told)
        for number in range(100, 190)
    )


async def test_plain_text_that_has_to_wait_is_not_lost(office):
    anna = await office.reader(1)
    await office.owe(article(7), anna)
    office.messenger.script(anna.ref, BAD, FLOOD, BAD)
    await office.deliver_all()
    assert [send.plain for send in office.messenger.sends] == [False, True, False, True]
    assert len(office.texts(anna)) == 1


async def test_plain_text_is_not_sent_after_the_lease_and_not_lost(office):
    anna = await office.reader(1)
    await office.owe(article(7), anna)

    async def slow(_chat, _message):
        if not office.messenger.sends:
            office.clock.skip(LEASE_SECONDS + 1)

    office.messenger = FakeMessenger(before_answer=slow)
    office.messenger.script(anna.ref, BAD)
    await office.deliver_all()
    assert [send.plain for send in office.messenger.sends] == [False, False]
    assert len(office.texts(anna)) == 1


async def test_a_refused_token_ends_delivery_and_settles_nothing(office):
    anna = await office.reader(1)
    await office.owe(article(7), anna)
    office.messenger.script(anna.ref, TokenRefused())
    async with office.running() as task:
        await office.clock.until(task.done)
        with pytest.raises(TokenRefused):
            await task
    assert len(office.outbox.alerts) == 1
    await office.deliver_all()
    assert len(office.texts(anna)) == 1


async def test_an_error_that_nobody_foresaw_stops_nobody_and_is_tried_again(office):
    anna, bekzat = await office.reader(1), await office.reader(2)
    await office.owe(article(7), anna, bekzat)
    office.messenger.script(anna.ref, KeyError("result"))
    await office.deliver_all()
    assert len(office.texts(anna)) == len(office.texts(bekzat)) == 1


# --- what can't be looked up ---------------------------------------------------------------------


class Unreadable:
    """Chats, of which one can't be read while `fails`."""

    def __init__(self, whole, ref):
        self.whole, self.ref, self.fails = whole, ref, True

    async def get_many(self, refs):
        if self.fails and self.ref in refs:
            raise ValueError("'de' is not a valid Language")
        return await self.whole.get_many(refs)


async def test_a_chat_that_can_not_be_read_stops_nobody_and_is_told_when_it_can(office):
    readers = [await office.reader(number) for number in range(1, 30)]
    await office.owe(article(7), *readers)
    office.chats = Unreadable(office.chats, readers[3].ref)
    async with office.running():
        await office.clock.until(lambda: len(office.messenger.delivered()) == 28)
        await office.clock.pass_time(120)
        assert office.texts(readers[3]) == []
        office.chats.fails = False
        await office.until_settled()
    assert len(office.texts(readers[3])) == 1


async def test_a_chat_that_can_not_be_read_for_two_days_is_given_up(office):
    anna = await office.reader(1)
    await office.owe(article(7), anna)
    office.chats = Unreadable(office.chats, anna.ref)
    async with office.running():
        await office.clock.pass_time(60)
        office.clock.skip(47.9 * 3600)
        await office.clock.pass_time(60)
        assert office.outbox.alerts
        office.clock.skip(0.1 * 3600)
        await office.until_settled()
    assert office.messenger.sends == []


# --- leases --------------------------------------------------------------------------------------


async def test_nothing_is_sent_after_the_lease_and_all_of_it_later(office):
    readers = [await office.reader(number) for number in range(1, 6)]
    await office.owe(article(7), *readers)
    get, freezes = office.chats.get_many, iter([LEASE_SECONDS + 1])

    async def frozen_once(refs):
        office.clock.skip(next(freezes, 0))
        return await get(refs)

    office.chats.get_many = frozen_once
    await office.deliver_all()
    assert all(len(office.texts(reader)) == 1 for reader in readers)
    assert len(office.messenger.sends) == 5


async def test_two_processes_send_everything_once(office):
    readers = [await office.reader(number) for number in range(1, 101)]
    async with office.running(), office.running():
        for number in (7, 8, 9):
            await office.owe(article(number), *readers)
            await office.clock.pass_time(2)
        await office.until_settled()
    for reader in readers:
        told = office.texts(reader)
        assert [times_told(told, number) for number in (7, 8, 9)] == [1, 1, 1]


# --- a store that is away ------------------------------------------------------------------------


async def store_loses(office, method, *, answer=None):
    """Deliver while the store refuses `method` for five seconds after an attempt to send."""
    anna, bekzat = await office.reader(1), await office.reader(2)
    await office.owe(article(7), anna, bekzat)
    for reader in (anna, bekzat):
        office.messenger.script(reader.ref, *([answer] if answer else []))
    for port in ("sending_outbox", "chats", "articles", "subscriptions"):
        setattr(office, port, Failing(getattr(office, port), frozenset({method})))
    ports = (office.sending_outbox, office.chats, office.articles, office.subscriptions)
    async with office.running():
        await office.clock.pass_time(5)
        for port in ports:
            port.fails = False
        await office.until_settled()
    return anna, bekzat


@pytest.mark.parametrize("method", ["take", "get_many", "of_many", "get"])
async def test_a_store_that_was_away_is_waited_for_and_said_once(office, method):
    anna, bekzat = await store_loses(office, method)
    assert len(office.texts(anna)) == len(office.texts(bekzat)) == 1
    assert office.told == ["Trouble: store: the store is away", "Over: store"]


async def test_a_store_that_is_away_after_a_send_makes_nothing_go_out_twice(office):
    anna, bekzat = await store_loses(office, "settle")
    assert len(office.texts(anna)) == len(office.texts(bekzat)) == 1


@pytest.mark.parametrize(
    ("method", "answer"),
    [("postpone", FLOOD), ("hold_all", DOWN), ("mark_gone", GONE), ("move", Moved(-1001))],
)
async def test_a_store_that_can_not_note_an_answer_loses_nothing(office, method, answer):
    anna, bekzat = await store_loses(office, method, answer=answer)
    told = len(office.messenger.delivered())
    assert told == 2
    assert len(office.texts(anna)) <= 1
    assert len(office.texts(bekzat)) <= 1


async def test_what_the_outbox_breaks_down_on_does_not_end_delivery(office):
    anna = await office.reader(1)
    await office.owe(article(7), anna)
    office.sending_outbox = Failing(office.outbox, frozenset({"take"}), error=ValueError("row"))
    async with office.running() as task:
        await office.clock.pass_time(5)
        assert not task.done()
        office.sending_outbox.fails = False
        await office.until_settled()
    assert len(office.texts(anna)) == 1


# --- the end -------------------------------------------------------------------------------------


async def held(office):
    """A delivery in which one message is on its way; what lets it arrive, and its reader."""
    anna, arrived, sending = await office.reader(1), asyncio.Event(), asyncio.Event()
    await office.owe(article(7), anna)

    async def hold(_chat, _message):
        sending.set()
        await arrived.wait()

    office.messenger = FakeMessenger(before_answer=hold)
    deliver = office.new()
    task = asyncio.create_task(deliver.run())
    await office.clock.until(sending.is_set)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    return deliver, arrived, anna


async def test_draining_lets_what_is_on_its_way_arrive_and_settles_it(office):
    deliver, arrived, anna = await held(office)
    draining = asyncio.create_task(deliver.drain(60))
    await asyncio.sleep(0)
    assert not draining.done()
    arrived.set()
    await draining
    assert len(office.texts(anna)) == 1
    assert office.outbox.alerts == []


async def test_draining_gives_up_in_time_and_what_is_on_its_way_stays_owed(office):
    deliver, _, anna = await held(office)
    await deliver.drain(0)
    await asyncio.sleep(0)
    assert [alert.chat for alert in office.outbox.alerts] == [anna.ref]
    office.messenger = FakeMessenger()
    await office.deliver_all()
    assert len(office.texts(anna)) == 1


async def test_draining_where_nothing_is_on_its_way_is_done_at_once(office):
    await office.new().drain(60)
