"""A real browser, the page, and a small bot behind it that speaks the Bot API over HTTP."""

import asyncio
import contextlib
import os
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any

import aiohttp
import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, async_playwright

from simulator import Simulation, simulation

Opener = Callable[..., Awaitable[Page]]

CHROMIUM = Path("/usr/bin/chromium")
QUIETLY = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

MENU = {"inline_keyboard": [[{"text": "Agree", "callback_data": "agree"}]]}
COMMANDS = {
    "": [
        {"command": "start", "description": "Begin"},
        {"command": "subscribe", "description": "Follow"},
    ],
    "ru": [{"command": "subscribe", "description": "Подписаться"}],
}


class ScriptedBot:
    """Greets, echoes HTML, edits on a press, answers inline queries."""

    def __init__(self, base: str) -> None:
        self._base = base
        self.presses: list[str] = []

    async def call(self, method: str, **params: Any) -> Any:
        async with self._session.post(f"{self._base}/{method}", json=params) as response:
            answer = await response.json()
        assert answer["ok"], answer
        return answer["result"]

    async def run(self) -> None:
        async with aiohttp.ClientSession() as self._session:
            for language, commands in COMMANDS.items():
                await self.call("setMyCommands", commands=commands, language_code=language)
            offset = 0
            while True:
                for update in await self.call("getUpdates", offset=offset, timeout=20):
                    offset = update["update_id"] + 1
                    await self._handle(update)

    async def _handle(self, update: dict[str, Any]) -> None:
        if message := update.get("message"):
            await self._answer(message)
        elif query := update.get("callback_query"):
            self.presses.append(query["data"])
            place = {
                "chat_id": query["message"]["chat"]["id"],
                "message_id": query["message"]["message_id"],
            }
            await self.call("editMessageText", text="Agreed.", **place)
            await self.call("answerCallbackQuery", callback_query_id=query["id"], text="Noted")
        elif query := update.get("inline_query"):
            answer = _page(query) if query["query"] == "many" else {"results": _results(query)}
            await self.call("answerInlineQuery", inline_query_id=query["id"], **answer)

    async def _answer(self, message: dict[str, Any]) -> None:
        chat, text = message["chat"]["id"], message.get("text", "")
        if text == "/start":
            await self.call("sendMessage", chat_id=chat, text="Do you agree?", reply_markup=MENU)
        elif text:
            await self.call("sendMessage", chat_id=chat, text=f"You said: {text}")


def _page(query: dict[str, Any]) -> dict[str, Any]:
    """50 of 120, and a button above the first."""
    first = int(query["offset"] or 0)
    shown = range(first, min(first + 50, 120))
    page: dict[str, Any] = {
        "results": [
            {
                "type": "article",
                "id": str(number),
                "title": f"Number {number}",
                "input_message_content": {"message_text": f"Sent {number}"},
            }
            for number in shown
        ],
        "next_offset": str(shown.stop) if shown.stop < 120 else "",
    }
    if not first:
        page["button"] = {"text": "Get alerts", "start_parameter": "sub_dmlzYQ"}
    return page


def _results(query: dict[str, Any]) -> list[dict[str, Any]]:
    return [
        {
            "type": "article",
            "id": str(number),
            "title": f"{query['query']} {number}",
            "description": "found",
            "input_message_content": {"message_text": f"About {query['query']}, {number}"},
        }
        for number in (1, 2)
        if query["query"]
    ]


@pytest.fixture(scope="session")
def chromium() -> Path:
    if not CHROMIUM.exists():
        if os.environ.get("CI"):
            pytest.fail(f"{CHROMIUM} is missing")
        pytest.skip(f"{CHROMIUM} is missing")
    return CHROMIUM


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser(chromium: Path) -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        launched = await playwright.chromium.launch(executable_path=chromium, args=QUIETLY)
        yield launched
        await launched.close()


@pytest_asyncio.fixture(loop_scope="session")
async def world() -> AsyncIterator[Simulation]:
    async with simulation(0, news_every=0) as running:
        yield running


@pytest_asyncio.fixture(loop_scope="session")
async def bot(world: Simulation) -> AsyncIterator[ScriptedBot]:
    scripted = ScriptedBot(f"{world.telegram_url}/bot{world.token}")
    task = asyncio.create_task(scripted.run())
    await world.telegram.wait_for(lambda: world.telegram.ledger.of("setMyCommands"))
    yield scripted
    task.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await task


@pytest_asyncio.fixture(loop_scope="session")
async def open_page(browser: Browser, world: Simulation) -> AsyncIterator[Opener]:
    """Open the page. An error on it, or a resource that is refused, is a failure at the end."""
    opened: list[Page] = []
    errors: list[str] = []

    async def open_one(width: int = 1280, height: int = 800, **options: Any) -> Page:
        size = {"width": width, "height": height}
        page = await browser.new_page(viewport=size, locale="en-GB", **options)
        page.set_default_timeout(10_000)
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("console", lambda said: said.type == "error" and errors.append(said.text))
        opened.append(page)
        await page.goto(world.page_url)
        await page.wait_for_selector(".row")
        return page

    yield open_one
    for page in opened:
        await page.close()
    assert errors == []


@pytest_asyncio.fixture(loop_scope="session")
async def page(open_page: Opener, bot: ScriptedBot) -> Page:
    """Wide, with Aida's chat open and the bot listening."""
    assert bot
    return await open_page()
