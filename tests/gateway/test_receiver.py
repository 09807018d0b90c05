import asyncio

import pytest
from structlog.testing import capture_logs

from bot.gateway.dispatcher import Dispatcher
from bot.gateway.receiver import FULL_ROUNDS, PollingReceiver
from bot.ports import TokenRefused
from tests.fakes.clock import FakeClock
from tests.fakes.handled import FakeHandled
from tests.gateway.bot_server import (
    bad,
    good,
    hang_up,
    raw,
    said,
)


class Polling:
    """A receiver at work on a server; its handler can be held at a gate."""

    def __init__(self, server, api):
        self.server = server
        self.api = api
        self.clock = FakeClock()
        self.handled = FakeHandled()
        self.begun: list[int] = []
        self.ended: list[int] = []
        self.gates: dict[int, asyncio.Event] = {}
        self.restart()

    def restart(self):
        dispatcher = Dispatcher(self._handle, self.handled, capacity=500)
        self.receiver = PollingReceiver(self.api, dispatcher, self.clock)
        self.running = asyncio.create_task(self.receiver.run())

    async def _handle(self, update):
        self.begun.append(update.update_id)
        await self.server.nudge()
        if gate := self.gates.get(update.update_id):
            await gate.wait()
        self.ended.append(update.update_id)
        await self.server.nudge()

    def hold(self, *ids):
        self.gates.update({update_id: asyncio.Event() for update_id in ids})

    def release(self):
        for gate in self.gates.values():
            gate.set()
        self.gates.clear()

    async def kill(self):
        """As kill -9 does: nothing is drained or confirmed."""
        self.running.cancel()
        await asyncio.wait({self.running})
        self.receiver._dispatcher._queues.clear()
        for worker in set(self.receiver._dispatcher._workers):
            worker.cancel()

    async def stop(self, seconds=10.0):
        await self.receiver.stop(seconds)
        await self.running


@pytest.fixture
async def polling(server, api):
    polling = Polling(server, api)
    yield polling
    polling.release()
    if not polling.running.done():
        await polling.stop()


async def test_updates_are_handled_and_then_confirmed(server, polling):
    await server.push(said(5), said(6, chat=8))
    await server.until(lambda: not server.updates)
    assert sorted(polling.ended) == [5, 6]
    assert server.of("getUpdates")[0].payload == {
        "offset": 0,
        "limit": 100,
        "timeout": 30,
        "allowed_updates": [
            "message",
            "channel_post",
            "callback_query",
            "inline_query",
            "my_chat_member",
        ],
    }


async def test_nothing_is_confirmed_before_it_was_handled_and_what_is_newer_still_comes(
    server, polling
):
    polling.hold(5)
    await server.push(said(5))
    await server.until(lambda: polling.begun)
    await server.push(said(6, chat=8), said(7, chat=9))
    await server.until(lambda: len(polling.ended) == 2)
    assert [update["update_id"] for update in server.updates] == [5, 6, 7]
    polling.release()
    await server.until(lambda: not server.updates)
    assert polling.begun == [5, 6, 7]


async def test_a_kill_loses_nothing_and_repeats_only_what_was_in_work(server, polling):
    polling.hold(5)
    await server.push(said(5), said(6, chat=8))
    await server.until(lambda: 6 in polling.ended and 5 in polling.begun)
    await polling.kill()
    polling.release()
    polling.restart()
    await server.until(lambda: not server.updates)
    assert polling.ended == [6, 5]
    assert polling.begun.count(6) == 1


async def test_what_ends_while_it_is_given_again_holds_nobody_up(server, polling):
    async def late(request):
        given = [*server.updates]
        polling.release()
        await polling.receiver._dispatcher.idle(10)
        return await good(given)(request)

    polling.hold(5)
    await server.push(said(5))
    await server.until(lambda: polling.begun)
    with capture_logs() as logs:
        server.script.append(late)
        await server.until(lambda: polling.ended)
        await server.push(said(6))
        await server.until(lambda: not server.updates)
    assert polling.ended == [5, 6]
    assert logs == []
    assert polling.clock.slept == []


async def test_a_poison_update_is_asked_for_once_more_at_most(server, polling):
    poison = {"update_id": 6, "message": {"message_id": 1}}
    await server.push(said(5), poison, said(7))
    await server.until(lambda: not server.updates)
    assert polling.ended == [5, 7]
    assert len(server.of("getUpdates")) <= 3


async def test_a_poison_update_alone_is_confirmed_at_once(server, polling):
    await server.push({"update_id": 6, "message": {"message_id": 1}})
    await server.until(lambda: not server.updates)
    assert [request.payload["offset"] for request in server.of("getUpdates")] == [0, 7]
    assert polling.ended == []


async def test_an_update_without_an_id_is_not_asked_for_without_pause(server, polling):
    await server.push({"message": {}})
    await server.until(lambda: len(server.of("getUpdates")) >= 4)
    assert len(polling.clock.slept) >= 3
    await server.push(said(5))
    await server.until(lambda: polling.ended)


async def test_a_batch_full_of_one_stuck_chat_does_not_keep_out_the_others_for_ever(
    server, polling, monkeypatch
):
    monkeypatch.setattr("bot.gateway.receiver.PAUSE", 0.001)
    polling.hold(1)
    with capture_logs() as logs:
        await server.push(*(said(n) for n in range(1, 101)), said(101, chat=8))
        await server.until(lambda: 101 in polling.ended)
    assert len(server.of("getUpdates")) >= FULL_ROUNDS
    assert {"event": "update confirmed before its end", "update": 1, "log_level": "warning"} in logs
    polling.release()
    await server.until(lambda: not server.updates)
    assert sorted(polling.ended) == list(range(1, 102))


async def test_a_full_house_takes_no_more_until_there_is_room(server, api):
    polling = Polling(server, api)
    polling.receiver._dispatcher._capacity = 10
    polling.hold(*range(1, 11))
    await server.push(*(said(n, chat=n) for n in range(1, 11)))
    await server.until(lambda: len(polling.begun) == 10)
    asked = len(server.requests)
    await server.push(said(11))
    polling.release()
    await server.until(lambda: 11 in polling.ended)
    assert asked == 1
    await polling.stop()


async def test_numbers_that_begin_anew_are_followed(server, polling):
    await server.push(said(900))
    await server.until(lambda: polling.ended == [900])
    server.script.append(good([said(17)]))
    await server.push(said(901))
    await server.until(lambda: 17 in polling.ended)
    await server.until(lambda: server.of("getUpdates")[-1].payload["offset"] == 18)


TROUBLE = {
    "Telegram can't be reached": hang_up,
    "Telegram gives no updates": bad(502, "Bad Gateway"),
    "another instance polls with this token: stop it, or this one": bad(
        409, "Conflict: terminated by other getUpdates request; make sure that only one runs"
    ),
}


@pytest.mark.parametrize("event", TROUBLE)
async def test_trouble_is_said_once_and_once_that_it_is_over(server, polling, event):
    with capture_logs() as logs:
        server.script.extend([TROUBLE[event]] * 6)
        await server.push(said(5))
        await server.until(lambda: not server.updates)
    assert [line["event"] for line in logs] == [event, "Telegram is back"]
    assert len(polling.clock.slept) == 6
    assert polling.clock.slept[-1] > 3 * polling.clock.slept[0]
    assert polling.ended == [5]


async def test_a_second_instance_is_waited_out_from_five_seconds_to_a_minute(server, polling):
    server.script.extend([bad(409, "Conflict: terminated by other getUpdates request")] * 8)
    await server.until(lambda: not server.script)
    await server.push(said(5))
    await server.until(lambda: polling.ended)
    assert 2.5 <= polling.clock.slept[0] <= 5
    assert 30 <= polling.clock.slept[-1] <= 60


async def test_a_flood_is_waited_out_for_as_long_as_it_says(server, polling):
    server.script.append(bad(429, "Too Many Requests: retry after 300", retry_after=300))
    await server.push(said(5))
    await server.until(lambda: polling.ended)
    assert polling.clock.slept == [300]


async def test_a_proxys_page_is_waited_out(server, polling):
    server.script.extend([raw(404, b"<h1>Not here</h1>"), raw(200, b"<h1>Log in</h1>")])
    await server.push(said(5))
    await server.until(lambda: polling.ended)
    assert len(polling.clock.slept) == 2


async def test_a_webhook_in_the_way_is_removed(server, polling):
    text = "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook"
    with capture_logs() as logs:
        server.script.extend([bad(409, text), good(result=True)])
        await server.push(said(5))
        await server.until(lambda: polling.ended)
    assert len(server.of("deleteWebhook")) == 1
    assert logs[0]["event"] == "a webhook was set, removed it for long polling"


@pytest.mark.parametrize("status", [401, 404])
async def test_a_refused_token_ends_it(server, polling, status):
    server.always = bad(status, "Unauthorized")
    with pytest.raises(TokenRefused):
        await polling.running


async def test_when_it_last_heard_from_telegram_is_known(server, polling):
    assert polling.receiver.last_poll is None
    await server.push(said(5))
    await server.until(lambda: polling.ended)
    assert polling.receiver.last_poll == polling.clock.now().timestamp()


async def test_a_stop_ends_receiving_then_work_then_confirms(server, polling):
    polling.hold(5)
    await server.push(said(5))
    await server.until(lambda: polling.begun)
    stopping = asyncio.create_task(polling.stop())
    while polling.receiver._dispatcher.has_room:  # noqa: ASYNC110  # plain data
        await asyncio.sleep(0)
    await server.push(said(6, chat=8))
    polling.release()
    await stopping
    assert polling.ended == [5]
    assert [update["update_id"] for update in server.updates] == [6]
    last = server.of("getUpdates")[-1].payload
    assert (last["offset"], last["timeout"]) == (6, 0)


async def test_a_stop_gives_up_what_does_not_end_and_leaves_it_for_the_next_start(server, polling):
    polling.hold(5)
    await server.push(said(5), said(6, chat=8))
    await server.until(lambda: 6 in polling.ended)
    await polling.stop(0.01)
    polling.release()
    polling.restart()
    await server.until(lambda: not server.updates)
    assert polling.ended == [6, 5]


async def test_a_stop_without_a_network_is_a_stop(server, polling):
    await server.push(said(5))
    await server.until(lambda: not server.updates)
    server.always = hang_up
    await polling.stop()
    assert polling.ended == [5]


async def test_a_stop_before_the_start_and_a_second_one_do_no_harm(server, api):
    dispatcher = Dispatcher(lambda _: asyncio.sleep(0), FakeHandled())
    receiver = PollingReceiver(api, dispatcher, FakeClock())
    await receiver.stop()
    await receiver.stop()
    assert server.requests == []


async def test_trouble_leaves_no_token_in_the_log(server, polling):
    with capture_logs() as logs:
        server.script.extend([hang_up, raw(200, b"no"), raw(502, b""), bad(409, "Conflict: x")])
        await server.push({"update_id": 4, "message": 1}, said(5))
        await server.until(lambda: polling.ended)
    assert len(logs) >= 4
    assert "simulated-token" not in repr(logs)
