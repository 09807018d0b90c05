import asyncio
from collections import Counter

import pytest
from structlog.testing import capture_logs

from bot.gateway.dispatcher import Dispatcher
from bot.ports import StoreUnavailable
from tests.fakes.handled import FakeHandled
from tests.gateway.bot_server import said


class Desk:
    """A handler that remembers, and that can be made to wait or fail for an update."""

    def __init__(self, **options):
        self.begun: list[int] = []
        self.ended: list[int] = []
        self.over: list[int] = []
        self.fates: Counter = Counter()
        self.gates: dict[int, asyncio.Event] = {}
        self.errors: dict[int, Exception] = {}
        self.handled = options.pop("handled", None) or FakeHandled()
        self.dispatcher = Dispatcher(self._handle, self.handled, observe=self._count, **options)

    def _count(self, fate):
        self.fates[fate] += 1

    async def _handle(self, update):
        self.begun.append(update.update_id)
        if gate := self.gates.get(update.update_id):
            await gate.wait()
        if error := self.errors.get(update.update_id):
            raise error
        self.ended.append(update.update_id)

    def take(self, *updates):
        for update in updates:
            self.dispatcher.accept(update, self.over.append)

    def hold(self, update_id):
        self.gates[update_id] = asyncio.Event()
        return self.gates[update_id]

    async def rest(self):
        await self.dispatcher.idle(10)


async def test_a_chats_updates_are_handled_in_order():
    desk = Desk()
    gate = desk.hold(1)
    desk.take(*(said(n) for n in range(1, 6)))
    await until(lambda: desk.begun)
    assert desk.begun == [1]
    gate.set()
    await desk.rest()
    assert desk.ended == desk.over == [1, 2, 3, 4, 5]


async def test_a_slow_chat_holds_nobody_else_back():
    desk = Desk()
    desk.hold(1)
    desk.take(said(1, chat=1), said(2, chat=1), *(said(n, chat=n) for n in range(3, 60)))
    await until(lambda: len(desk.ended) == 57)
    assert 2 not in desk.begun
    await desk.dispatcher.drain(0)


async def test_no_more_handlers_run_at_a_time_than_may():
    desk = Desk(concurrency=3)
    gates = [desk.hold(n) for n in range(1, 10)]
    desk.take(*(said(n, chat=n) for n in range(1, 10)))
    await until(lambda: len(desk.begun) == 3)
    for count, gate in enumerate(gates, 1):
        gate.set()
        await until(lambda count=count: len(desk.ended) == count)
        assert len(desk.begun) <= count + 3
    await desk.rest()


POISON = [
    {"update_id": 2, "message": "text"},
    {"update_id": 2, "message": {"message_id": 1}},
    {
        "update_id": 2,
        "message": {"message_id": 1, "date": "x", "chat": {"id": 1, "type": "private"}},
    },
    {"update_id": 2, "callback_query": [1]},
    {"update_id": 2, "inline_query": {"id": "1"}},
    {"update_id": 2, "my_chat_member": {"chat": 1}},
]


@pytest.mark.parametrize("poison", POISON)
async def test_what_can_not_be_read_is_skipped_and_over_at_once(poison):
    desk = Desk()
    with capture_logs() as logs:
        desk.take(said(1), poison, said(3))
        await desk.rest()
    assert desk.ended == [1, 3]
    assert sorted(desk.over) == [1, 2, 3]
    assert desk.fates == {"handled": 2, "unreadable": 1}
    assert [(line["event"], line["update"]) for line in logs] == [("update unreadable, skipped", 2)]


GROUP = {"id": -1005, "type": "supergroup", "title": "Bishkek", "is_forum": True}
CHANNEL = {"id": -1006, "type": "channel", "title": "News"}
BODY = {"message_id": 1, "date": 1777896000, "text": "/list"}
ANONYMOUS = {
    "id": 1087968824,
    "is_bot": True,
    "first_name": "Group",
    "username": "GroupAnonymousBot",
}
QUERY = {
    "id": "5",
    "from": {"id": 7, "is_bot": False, "first_name": "A"},
    "query": "v",
    "offset": "",
}
PASS_THROUGH = {
    "a channel post": {"channel_post": {**BODY, "chat": CHANNEL, "sender_chat": CHANNEL}},
    "an anonymous admin": {
        "message": {**BODY, "chat": GROUP, "from": ANONYMOUS, "sender_chat": GROUP}
    },
    "a topic": {
        "message": {**BODY, "chat": GROUP, "message_thread_id": 9, "is_topic_message": True}
    },
    "a message without a sender": {"message": {**BODY, "chat": GROUP}},
    "an inline query": {"inline_query": QUERY},
    "what Telegram will invent": {"telepathy": {"id": 1}},
    "nothing": {},
}


@pytest.mark.parametrize("kind", PASS_THROUGH)
async def test_updates_of_every_kind_reach_the_handler(kind):
    desk = Desk()
    desk.take({"update_id": 1, **PASS_THROUGH[kind]})
    await desk.rest()
    assert desk.ended == [1]
    assert desk.fates == {"handled": 1}


async def test_a_failing_handler_is_logged_and_the_chats_next_update_is_handled():
    desk = Desk()
    desk.errors[1] = ZeroDivisionError("oh")
    with capture_logs() as logs:
        desk.take(said(1), said(2))
        await desk.rest()
    assert desk.ended == [2]
    assert desk.over == [1, 2]
    assert desk.fates == {"failed": 1, "handled": 1}
    assert logs[0]["update"] == 1


async def test_a_handlers_own_time_out_is_a_failure():
    desk = Desk()
    desk.errors[1] = TimeoutError()
    desk.take(said(1))
    await desk.rest()
    assert desk.fates == {"failed": 1}


async def test_a_handler_that_hangs_is_given_up():
    desk = Desk(patience=0.01)
    desk.hold(1)
    desk.take(said(1), said(2))
    await desk.rest()
    assert desk.over == [1, 2]
    assert desk.fates == {"given up": 1, "handled": 1}
    assert await desk.handled.was(1)


async def test_what_was_handled_before_is_not_handled_again():
    handled = FakeHandled()
    await handled.add(1)
    desk = Desk(handled=handled)
    desk.take(said(1), said(2))
    await desk.rest()
    assert desk.ended == [2]
    assert desk.over == [1, 2]
    assert desk.fates == {"repeated": 1, "handled": 1}


async def test_what_is_in_work_is_not_taken_twice():
    desk = Desk()
    gate = desk.hold(1)
    desk.take(said(1), said(1))
    await until(lambda: desk.begun)
    desk.take(said(1))
    gate.set()
    await desk.rest()
    assert desk.begun == [1]


class NoStore(FakeHandled):
    async def was(self, _):
        raise StoreUnavailable("the store is gone")

    add = was


class BrokenStore(NoStore):
    async def was(self, _):
        raise RuntimeError("a bug")


async def test_without_a_store_updates_are_handled_all_the_same():
    desk = Desk(handled=NoStore())
    desk.take(said(1), said(2))
    await desk.rest()
    assert desk.ended == desk.over == [1, 2]


async def test_nothing_stops_a_chat_for_ever():
    desk = Desk(handled=BrokenStore())
    desk.take(said(1), said(2))
    await desk.rest()
    assert desk.over == [1, 2]
    assert desk.fates == {"failed": 2}


async def test_it_says_when_it_is_full():
    desk = Desk(capacity=2)
    gate = desk.hold(1)
    desk.take(said(1))
    assert desk.dispatcher.has_room
    desk.take(said(2))
    assert not desk.dispatcher.has_room
    gate.set()
    await desk.rest()
    assert desk.dispatcher.has_room


async def test_a_drain_lets_what_is_in_work_end():
    desk = Desk()
    gate = desk.hold(1)
    desk.take(said(1), said(2))
    await until(lambda: desk.begun)
    draining = asyncio.create_task(desk.dispatcher.drain(10))
    await until(lambda: not desk.dispatcher.has_room)
    gate.set()
    await draining
    assert desk.ended == desk.over == [1, 2]


async def test_a_drain_cuts_off_what_does_not_end_and_neither_calls_it_over_nor_handled():
    desk = Desk()
    desk.hold(1)
    desk.take(said(1), said(2), said(3, chat=8))
    with capture_logs() as logs:
        await until(lambda: desk.ended)
        await desk.dispatcher.drain(0.01)
    assert desk.over == [3]
    assert [await desk.handled.was(n) for n in (1, 2, 3)] == [False, False, True]
    assert logs[-1] == {
        "event": "updates left unhandled at the stop",
        "count": 2,
        "log_level": "warning",
    }


async def test_nothing_is_left_of_a_chat_when_its_updates_are_done():
    desk = Desk()
    desk.take(*(said(n, chat=n) for n in range(1, 200)))
    await desk.rest()
    await until(lambda: not desk.dispatcher._workers)
    assert not desk.dispatcher._queues
    assert not desk.dispatcher._open


async def until(true):
    async with asyncio.timeout(10):
        while not true():  # noqa: ASYNC110  # what is waited for is plain data
            await asyncio.sleep(0)


def typed(update_id, reader=7, query="visa"):
    """An inline query."""
    asked = QUERY | {"id": str(update_id), "query": query}
    return {
        "update_id": update_id,
        "inline_query": asked | {"from": QUERY["from"] | {"id": reader}},
    }


async def test_of_what_a_reader_types_the_newest_alone_is_seen_through():
    desk = Desk()
    desk.hold(1), desk.hold(2)
    desk.take(typed(1))
    await until(lambda: desk.begun == [1])
    desk.take(typed(2), typed(3))
    await desk.rest()
    assert desk.ended == [3]
    assert sorted(desk.over) == [1, 2, 3]
    assert desk.fates == {"overtaken": 2, "handled": 1}


async def test_readers_do_not_overtake_each_other():
    desk = Desk()
    desk.take(*(typed(n, reader=n) for n in range(1, 51)))
    await desk.rest()
    assert sorted(desk.ended) == [*range(1, 51)]
    assert desk.fates == {"handled": 50}


async def test_an_inline_query_waits_neither_for_the_readers_chat_nor_for_all_the_others():
    desk = Desk(concurrency=2)
    for number in (1, 2, 3):
        desk.hold(number)
    desk.take(said(1), said(2, chat=8), said(3, chat=9))
    await until(lambda: len(desk.begun) == 2)
    desk.take(typed(4))
    await until(lambda: desk.ended == [4])
    await desk.dispatcher.drain(0)


async def test_an_inline_query_asks_nothing_of_the_store():
    desk = Desk(handled=BrokenStore())
    desk.take(typed(1))
    await desk.rest()
    assert desk.fates == {"handled": 1}


async def test_an_inline_query_that_fails_or_hangs_is_over_and_the_next_is_answered():
    desk = Desk(patience=0.01)
    desk.errors[1] = ZeroDivisionError("oh")
    desk.hold(2)
    for number in (1, 2, 3):
        desk.take(typed(number))
        await desk.rest()
    assert desk.over == [1, 2, 3]
    assert desk.fates == {"failed": 1, "given up": 1, "handled": 1}


async def test_what_a_reader_types_at_the_stop_is_not_over():
    desk = Desk()
    desk.hold(1)
    desk.take(typed(1), typed(2, reader=8))
    await until(lambda: desk.ended)
    await desk.dispatcher.drain(0.01)
    await until(lambda: not desk.dispatcher._newest.tasks)
    assert desk.over == [2]
