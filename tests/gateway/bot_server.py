"""A Bot API server that answers as scripted, over real HTTP, and remembers what it was asked."""

import asyncio
import json
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from aiohttp import web

TOKEN = "42:simulated-token"
Page = Callable[[web.Request], Awaitable[web.StreamResponse]]


@dataclass
class Request:
    path: str
    method: str
    payload: dict
    headers: dict


def good(result: object) -> Page:
    return answer(200, {"ok": True, "result": result})


def bad(code: int, description: str, **parameters: object) -> Page:
    body = {"ok": False, "error_code": code, "description": description}
    return answer(code, body | ({"parameters": parameters} if parameters else {}))


def answer(status: int, body: object) -> Page:
    async def page(_: web.Request) -> web.Response:
        return web.json_response(body, status=status)

    return page


def raw(status: int, body: bytes, **headers: str) -> Page:
    async def page(_: web.Request) -> web.Response:
        return web.Response(status=status, body=body, headers=headers)

    return page


async def hang_up(request: web.Request) -> web.StreamResponse:
    request.transport.abort()
    return web.Response()


async def break_off(request: web.Request) -> web.StreamResponse:
    response = web.StreamResponse(headers={"Content-Length": "1000"})
    await response.prepare(request)
    await response.write(b'{"ok": true')
    request.transport.abort()
    return response


async def silence(_: web.Request) -> web.StreamResponse:
    await asyncio.Event().wait()
    return web.Response()


@dataclass
class BotServer:
    """`script` is answered first, one page a request; then getUpdates serves `updates` as Telegram
    does (those below the offset are forgotten; an empty answer is held back), and everything else
    is a message that was sent.
    """

    requests: list[Request] = field(default_factory=list)
    script: deque[Page] = field(default_factory=deque)
    always: Page | None = None
    updates: list[dict] = field(default_factory=list)
    address: str = ""
    _changed: asyncio.Condition = field(default_factory=asyncio.Condition)

    async def start(self) -> web.AppRunner:
        app = web.Application()
        app.router.add_route("*", "/{tail:.*}", self._page)
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        host, port = runner.addresses[0][:2]
        self.address = f"http://{host}:{port}"
        return runner

    async def push(self, *updates: dict) -> None:
        async with self._changed:
            self.updates.extend(updates)
            self._changed.notify_all()

    async def nudge(self) -> None:
        """Let `until` look again."""
        async with self._changed:
            self._changed.notify_all()

    async def until(self, true: Callable[[], object]) -> None:
        async with self._changed:
            await self._changed.wait_for(true)

    def of(self, method: str) -> list[Request]:
        return [request for request in self.requests if request.method == method]

    async def _page(self, request: web.Request) -> web.StreamResponse:
        body = await request.read()
        is_json = request.content_type == "application/json"
        payload = json.loads(body) if is_json else {"raw": body}
        method = request.path.rsplit("/", 1)[-1]
        seen = Request(request.path, method, payload, dict(request.headers))
        async with self._changed:
            self.requests.append(seen)
            self._changed.notify_all()
        if self.script:
            return await self.script.popleft()(request)
        if self.always:
            return await self.always(request)
        if method == "getUpdates":
            return await good(await self._updates(payload))(request)
        return await good({"message_id": len(self.requests)})(request)

    async def _updates(self, payload: dict) -> list[dict]:
        async with self._changed:
            self.updates = [
                update
                for update in self.updates
                if not isinstance(update.get("update_id"), int)
                or update["update_id"] >= payload["offset"]
            ]
            self._changed.notify_all()
            if not self.updates and payload["timeout"]:
                await self._changed.wait_for(lambda: self.updates)
            return self.updates[: payload["limit"]]


def said(update_id: int, text: str = "/start", chat: int = 7) -> dict:
    """An update with a message of a private chat."""
    person = {"id": chat, "is_bot": False, "first_name": "Aida"}
    message = {
        "message_id": update_id,
        "date": 1777896000,
        "chat": {"id": chat, "type": "private", "first_name": "Aida"},
        "from": person,
        "text": text,
    }
    return {"update_id": update_id, "message": message}
