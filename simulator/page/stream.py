"""What happens, told to an open page as server-sent events."""

import asyncio
import json
from collections.abc import AsyncIterator

from aiohttp import web

from simulator.page.view import Json, View
from simulator.telegram import Telegram

_HEARTBEAT = 15.0
_TELLS_OF_ITSELF = frozenset({"setMyDescription", "setMyName", "setMyShortDescription"})


class Stream:
    """The open pages. Each hears of everything first, and then of every change."""

    def __init__(self, telegram: Telegram, view: View) -> None:
        self._telegram = telegram
        self._view = view
        self._open: set[asyncio.Task[None]] = set()

    async def respond(self, request: web.Request) -> web.StreamResponse:
        """Stream events until the page goes or the server stops."""
        response = web.StreamResponse(
            headers={"Content-Type": "text/event-stream", "Cache-Control": "no-store"}
        )
        await response.prepare(request)
        task = asyncio.ensure_future(self._tell(response))
        self._open.add(task)
        try:
            await task
        except (ConnectionError, asyncio.CancelledError):
            task.cancel()
        finally:
            self._open.discard(task)
        return response

    async def close(self) -> None:
        """Let all pages go."""
        for task in self._open:
            task.cancel()

    async def _tell(self, response: web.StreamResponse) -> None:
        async for event in self._events():
            line = (
                f"data: {json.dumps(event, ensure_ascii=False)}\n\n"
                if event
                else ": still here\n\n"
            )
            await response.write(line.encode())

    async def _events(self) -> AsyncIterator[Json | None]:
        """Events, and None where there was none for a while."""
        watched = self._telegram.events()
        yield {"type": "snapshot", "state": self._view.everything()}
        known = set(self._view.chats())
        while True:
            try:
                async with asyncio.timeout(_HEARTBEAT):
                    event = await anext(watched)
            except TimeoutError:
                yield None
                continue
            for number in self._view.chats():
                if number not in known:
                    known.add(number)
                    yield {"type": "people", "people": self._view.people()}
                    yield {"type": "chat", "chat": self._view.chat(number)}
            for told in self._told(event):
                yield told

    def _told(self, event: Json) -> list[Json]:
        """What the page is told of one event."""
        told: list[Json] = []
        match event:
            case {"type": "message" | "edited" as kind, "chat_id": chat, "message": message}:
                told = [{"type": kind, "chat_id": chat, "message": self._view.message(message)}]
            case {"type": "deleted", "chat_id": chat, "message_id": message}:
                told = [{"type": "deleted", "chat_id": chat, "message_id": message}]
            case {"type": "typing", "chat_id": chat}:
                told = [{"type": "action", "chat_id": chat}]
            case {"type": "member", "chat_id": chat}:
                told = [{"type": "chat", "chat": self._view.chat(chat)}]
            case {"type": "request", "method": method} if method in _TELLS_OF_ITSELF:
                told = [{"type": "chat", "chat": self._view.chat(n)} for n in self._view.chats()]
            case {"type": "published"}:
                told = [{"type": "suggestions", "suggestions": self._view.suggestions()}]
        return told
