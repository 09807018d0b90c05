from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import pytest
from aiohttp import ClientSession
from aiohttp.test_utils import TestServer
from telegram import Bot

from simulator.telegram import Limits, Person, Telegram

Api = Callable[..., Awaitable[dict[str, Any]]]


@pytest.fixture
def telegram() -> Telegram:
    return Telegram(limits=Limits.off(), webhook_pause=0.01)


@pytest.fixture
async def server(telegram: Telegram) -> AsyncIterator[TestServer]:
    async with TestServer(telegram.app()) as running:
        yield running


@pytest.fixture
async def http() -> AsyncIterator[ClientSession]:
    async with ClientSession() as session:
        yield session


@pytest.fixture
def api(server: TestServer, http: ClientSession) -> Api:
    """A request with JSON parameters, as any bot in any language makes it."""

    async def call(method: str, **params: Any) -> dict[str, Any]:
        url = server.make_url(f"/bot42:simulated/{method}")
        async with http.post(url, json=params) as answer:
            body: dict[str, Any] = await answer.json()
        assert body["ok"] is (answer.status == 200)
        return body

    return call


@pytest.fixture
async def bot(server: TestServer) -> AsyncIterator[Bot]:
    """python-telegram-bot's own client over its own HTTP."""
    base = str(server.make_url("/"))
    library = Bot("42:simulated", base_url=f"{base}bot", base_file_url=f"{base}file/bot")
    async with library:
        yield library


@pytest.fixture
def aida(telegram: Telegram) -> Person:
    """Someone who wrote to the bot before."""
    person = telegram.person("Aida", "ky", "aida")
    telegram.say(person, person.id, "hello")
    telegram.world.updates.clear()
    return person


@pytest.fixture
def bek(telegram: Telegram) -> Person:
    """Someone who never wrote to it."""
    return telegram.person("Bek", "ru")
