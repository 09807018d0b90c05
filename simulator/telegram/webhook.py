"""Updates posted to the bot's webhook, and again until it answers with 2xx."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any

from aiohttp import ClientError, ClientResponse, ClientSession, ClientTimeout, web

from simulator.telegram.hook import Hook
from simulator.telegram.model import Json
from simulator.telegram.world import World

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the header's name
PATIENCE = ClientTimeout(total=60)
LONGEST_PAUSE = 60.0
LONGEST_WISH = 3600.0
"""Seconds of `Retry-After` that are honoured."""

Perform = Callable[[str, Json], Awaitable[Any]]
"""Does a method that the bot put into its answer."""


class Delivery:
    """One update of a chat at a time, as many chats at once as the webhook allows."""

    def __init__(self, world: World, perform: Perform, pause: float) -> None:
        self._world = world
        self._perform = perform
        self.pause = pause
        self._hook: Hook | None = None
        self._under_way: dict[Any, asyncio.Task[None]] = {}

    async def lifespan(self, _: web.Application) -> Any:
        """Runs as long as the application does."""
        self._world.updates.open()
        async with ClientSession(timeout=PATIENCE) as session:
            running = asyncio.create_task(self._run(session))
            yield
            for task in (running, *self._under_way.values()):
                task.cancel()
            await asyncio.gather(running, *self._under_way.values(), return_exceptions=True)
        self._under_way.clear()

    async def _run(self, session: ClientSession) -> None:
        arrived = self._world.updates.arrived
        while True:
            arrived.clear()
            self._follow_hook()
            if self._hook:
                self._start(session, self._hook)
            await arrived.wait()

    def _follow_hook(self) -> None:
        if self._hook is not self._world.hook:
            self._hook = self._world.hook
            for task in self._under_way.values():
                task.cancel()
            self._under_way.clear()

    def _start(self, session: ClientSession, hook: Hook) -> None:
        for update in self._world.updates.waiting():
            if len(self._under_way) >= hook.max_connections:
                return
            key = _chat_of(update)
            if key not in self._under_way:
                task = asyncio.create_task(self._deliver(session, hook, update))
                self._under_way[key] = task
                task.add_done_callback(partial(self._finished, key))

    def _finished(self, key: Any, task: asyncio.Task[None]) -> None:
        if self._under_way.get(key) is task:
            del self._under_way[key]
            self._world.updates.arrived.set()

    async def _deliver(self, session: ClientSession, hook: Hook, update: Json) -> None:
        pause = self.pause
        while any(waiting is update for waiting in self._world.updates.waiting()):
            wish = await self._post(session, hook, update)
            if wish is None:
                self._world.updates.remove(update)
                self._world.events.emit({"type": "delivered", "update_id": update["update_id"]})
                return
            await asyncio.sleep(min(wish, LONGEST_WISH) or pause)
            pause = min(2 * pause, LONGEST_PAUSE)

    async def _post(self, session: ClientSession, hook: Hook, update: Json) -> float | None:
        """None: taken. Else the seconds after which it is wanted again; 0: not said."""
        headers = {SECRET_HEADER: hook.secret} if hook.secret else {}
        try:
            async with session.post(hook.url, json=update, headers=headers) as answer:
                if answer.ok:
                    await self._do_what_it_says(answer)
                    return None
                self._note(
                    hook, f"Wrong response from the webhook: {answer.status} {answer.reason}"
                )
                wish = answer.headers.get("Retry-After", "")
                return float(wish) if wish.isdecimal() else 0.0
        except (ClientError, TimeoutError) as error:
            self._note(hook, f"Connection failed: {type(error).__name__}")
            return 0.0

    async def _do_what_it_says(self, answer: ClientResponse) -> None:
        try:
            said = json.loads(await answer.read() or b"null")
        except ValueError:
            return
        if isinstance(said, dict) and isinstance(said.get("method"), str):
            await self._perform(said.pop("method"), said)

    def _note(self, hook: Hook, trouble: str) -> None:
        hook.last_error = trouble
        hook.failed_at = self._world.now()
        self._world.events.emit({"type": "webhook_failed", "reason": trouble})


def _chat_of(update: Json) -> Any:
    """What must stay in order; None where it can't be told."""
    for content in update.values():
        if isinstance(content, dict):
            message = content.get("message", content)
            if isinstance(message, dict):
                place = message.get("chat") or message.get("from") or {}
                return place.get("id") if isinstance(place, dict) else None
    return None
