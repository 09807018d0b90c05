import asyncio
import json

import pytest
from structlog.testing import capture_logs

from bot.gateway.dispatcher import Dispatcher
from bot.gateway.webhook import WebhookReceiver
from bot.ports import TokenRefused
from tests.fakes.clock import FakeClock
from tests.fakes.handled import FakeHandled
from tests.gateway.bot_server import bad, good, hang_up, said

SECRET = "hook-secret"
URL = "https://bot.example/hook"


class Hook:
    def __init__(self, api, **options):
        self.ended: list[int] = []
        self.gate = asyncio.Event()
        self.gate.set()
        self.clock = FakeClock()
        self.dispatcher = Dispatcher(self._handle, FakeHandled(), **options)
        self.receiver = WebhookReceiver(api, self.dispatcher, self.clock, URL, SECRET)
        self.receiver.open()

    async def _handle(self, update):
        await self.gate.wait()
        self.ended.append(update.update_id)

    def post(self, update, secret=SECRET):
        body = update if isinstance(update, bytes) else json.dumps(update).encode()
        return self.receiver.accept(secret, body)


@pytest.fixture
async def hook(api):
    hook = Hook(api)
    yield hook
    await hook.receiver.stop(0)


async def test_an_update_is_taken_and_handled(hook):
    assert hook.post(said(5)) == 200
    await hook.dispatcher.idle(10)
    assert hook.ended == [5]


async def test_what_comes_before_there_is_somebody_to_handle_it_is_to_come_again(api):
    hook = Hook(api)
    shut = WebhookReceiver(api, hook.dispatcher, hook.clock, URL, SECRET)
    assert shut.accept(SECRET, json.dumps(said(5)).encode()) == 503
    shut.open()
    assert shut.accept(SECRET, json.dumps(said(5)).encode()) == 200
    await hook.receiver.stop()
    assert hook.ended == [5]


@pytest.mark.parametrize("secret", ["", "hook-secre", "hook-secret2", "пароль", "\udce9"])
async def test_without_the_secret_nothing_is_taken(hook, secret):
    assert hook.post(said(5), secret) == 403
    await hook.dispatcher.idle(10)
    assert hook.ended == []


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"\xff",
        b"[1]",
        b"{}",
        b'{"update_id": "5"}',
        b'{"update_id": 5, "message": 1}',
        b"[" * 99999,
    ],
)
async def test_what_can_not_be_read_is_taken_for_good(hook, body):
    with capture_logs() as logs:
        assert hook.post(body) == 200
    assert len(logs) == 1


async def test_an_update_that_comes_twice_is_handled_once(hook):
    hook.post(said(5))
    hook.post(said(5))
    await hook.dispatcher.idle(10)
    hook.post(said(5))
    await hook.dispatcher.idle(10)
    assert hook.ended == [5]


async def test_where_there_is_no_room_telegram_is_to_come_again(api):
    hook = Hook(api, capacity=1)
    hook.gate.clear()
    assert hook.post(said(5)) == 200
    assert hook.post(said(6)) == 503
    hook.gate.set()
    await hook.dispatcher.idle(10)
    assert hook.post(said(6)) == 200
    await hook.receiver.stop()
    assert hook.ended == [5, 6]


async def test_a_stop_lets_what_was_taken_end_and_takes_no_more(hook):
    hook.gate.clear()
    hook.post(said(5))
    stopping = asyncio.create_task(hook.receiver.stop())
    while hook.post(said(6)) != 503:  # noqa: ASYNC110  # plain data
        await asyncio.sleep(0)
    hook.gate.set()
    await stopping
    assert 5 in hook.ended


async def test_the_webhook_is_set_however_long_it_takes(server, hook):
    server.script.extend(
        [hang_up, bad(400, "Bad Request: bad webhook: no such host"), good(result=True)]
    )
    with capture_logs() as logs:
        running = asyncio.create_task(hook.receiver.run())
        await server.until(lambda: len(server.requests) == 3)
        await hook.receiver.stop()
        await running
    assert server.requests[-1].method == "setWebhook"
    assert server.requests[-1].payload["url"] == URL
    assert server.requests[-1].payload["secret_token"] == SECRET
    assert "message" in server.requests[-1].payload["allowed_updates"]
    assert len(hook.clock.slept) == 2
    assert SECRET not in repr(logs)


async def test_a_refused_token_ends_it(server, hook):
    server.script.append(bad(401, "Unauthorized"))
    with pytest.raises(TokenRefused):
        await hook.receiver.run()
