"""Updates from Telegram, by long polling.

An update is confirmed once it was handled or given up, never before: what a kill cuts off comes
again. Telegram repeats what is unconfirmed at once with each answer, so that while something is
in work the next request waits for it, though not for long.
"""

import asyncio
from http import HTTPStatus
from typing import Any

import structlog
from telegram.error import NetworkError

from bot.gateway.answers import Answer, check_token
from bot.gateway.api import BotApi
from bot.gateway.dispatcher import Dispatcher
from bot.gateway.offsets import Offsets
from bot.gateway.trouble import Trouble
from bot.ports import Clock

log = structlog.get_logger(__name__)

ALLOWED_UPDATES = (
    "message",
    "channel_post",
    "callback_query",
    "inline_query",
    "my_chat_member",
)
"""What the bot acts on. The others are not sent to it."""
POLL_SECONDS = 30
BATCH = 100
"""The most that Telegram gives at once."""
PAUSE = 0.05
"""How long, in seconds, a request waits for what is in work."""
FULL_ROUNDS = 100
"""How often a batch may come that is full of what is in work, before that is confirmed early."""
CONFIRM_SECONDS = 2.0


class PollingReceiver:
    """One request at a time; what comes goes to the dispatcher."""

    def __init__(self, api: BotApi, dispatcher: Dispatcher, clock: Clock) -> None:
        self._api = api
        self._dispatcher = dispatcher
        self._clock = clock
        self._offsets = Offsets()
        self._trouble = Trouble(clock)
        self._polling: asyncio.Task[None] | None = None
        self._full_rounds = 0
        self._asked = 0
        self.last_poll: float | None = None
        """When Telegram last gave updates or said that there are none, since the epoch."""

    async def run(self) -> None:
        """Receive until `stop`. Raises TokenRefused; any other trouble is waited out."""
        self._polling = asyncio.create_task(self._poll_for_ever())
        try:
            await asyncio.wait({self._polling})
        finally:
            self._polling.cancel()
        if not self._polling.cancelled():
            self._polling.result()

    async def stop(self, seconds: float = 10.0) -> None:
        """Receive no more, let what is in work end, confirm it; within `seconds`, all told."""
        if self._polling:
            self._polling.cancel()
        await self._dispatcher.drain(max(0.0, seconds - CONFIRM_SECONDS))
        await self._confirm()

    async def _poll_for_ever(self) -> None:
        while True:
            batch = await self._ask()
            if batch is not None:
                await self._take(batch)

    async def _ask(self) -> list[Any] | None:
        """None: there was trouble, and a pause."""
        self._asked = self._offsets.ask()
        request = {
            "offset": self._asked,
            "limit": BATCH,
            "timeout": POLL_SECONDS,
            "allowed_updates": ALLOWED_UPDATES,
        }
        try:
            answer = await self._api.call("getUpdates", request, POLL_SECONDS + 10.0)
        except NetworkError as error:
            await self._trouble.pause("Telegram can't be reached", str(error))
            return None
        if answer.ok and isinstance(answer.result, list):
            self.last_poll = self._clock.now().timestamp()
            return answer.result
        await self._wait_out(answer)
        return None

    async def _wait_out(self, answer: Answer) -> None:
        check_token(answer)
        reason = answer.description or f"HTTP {answer.status}"
        if answer.status != HTTPStatus.CONFLICT:
            wait = answer.retry_after or 0.0
            await self._trouble.pause("Telegram gives no updates", reason, at_least=wait)
        elif "webhook" in reason.lower():
            await self._remove_webhook()
            await self._trouble.pause("a webhook was set, removed it for long polling", reason)
        else:
            event = "another instance polls with this token: stop it, or this one"
            await self._trouble.pause(event, reason, first=5.0)

    async def _remove_webhook(self) -> None:
        try:
            await self._api.call("deleteWebhook", {})
        except NetworkError as error:
            log.debug("the webhook is still set", reason=str(error))

    async def _take(self, batch: list[Any]) -> None:
        fresh = [raw for raw in batch if self._is_new(raw)]
        for raw in fresh:
            self._dispatcher.accept(raw, self._offsets.finish)
        if batch and not fresh and self._is_stuck():
            await self._trouble.pause("Telegram repeats updates that are done with", "offset")
            return
        self._trouble.over()
        self._relieve(full=len(batch) >= BATCH and not fresh)
        await self._make_way()

    def _is_stuck(self) -> bool:
        """Whether the next request would be the last one again. What was done with while that was
        on its way moves it on.
        """
        return not self._offsets.has_open and self._offsets.ask() == self._asked

    def _is_new(self, raw: Any) -> bool:
        update_id = raw.get("update_id") if isinstance(raw, dict) else None
        if type(update_id) is not int:
            log.warning("update without an id, skipped")
            return False
        return self._offsets.begin(update_id)

    def _relieve(self, *, full: bool) -> None:
        """Full of what is in work, a batch has no place for anything newer. For some seconds
        that is borne; then those who wait behind it come before the promise to lose nothing.
        """
        self._full_rounds = self._full_rounds + 1 if full else 0
        if self._full_rounds >= FULL_ROUNDS and self._offsets.has_open:
            log.warning("update confirmed before its end", update=self._offsets.let_go())

    async def _make_way(self) -> None:
        if self._offsets.has_open:
            await self._dispatcher.idle(PAUSE)
        while self._dispatcher.is_full:
            await self._dispatcher.idle(PAUSE)

    async def _confirm(self) -> None:
        offset = self._offsets.ask()
        if not offset:
            return
        request = {"offset": offset, "limit": 1, "timeout": 0, "allowed_updates": ALLOWED_UPDATES}
        try:
            async with asyncio.timeout(CONFIRM_SECONDS):
                await self._api.call("getUpdates", request)
        except (NetworkError, TimeoutError) as error:
            log.debug("updates not confirmed, they will come again", reason=str(error))
