"""Updates from Telegram, by webhook."""

import asyncio
import hmac
import json
from http import HTTPStatus

import structlog
from telegram.error import NetworkError

from bot.gateway.answers import check_token
from bot.gateway.api import BotApi
from bot.gateway.dispatcher import Dispatcher
from bot.gateway.receiver import ALLOWED_UPDATES
from bot.gateway.trouble import Trouble
from bot.ports import Clock

log = structlog.get_logger(__name__)


class WebhookReceiver:
    """Tells Telegram where to send, and takes what comes.

    What was answered with 200 is in this process's memory alone until it is handled.
    """

    def __init__(
        self, api: BotApi, dispatcher: Dispatcher, clock: Clock, url: str, secret: str
    ) -> None:
        self._api = api
        self._dispatcher = dispatcher
        self._clock = clock
        self._url = url
        self._secret = secret.encode()
        self._trouble = Trouble(clock)
        self._stopped = asyncio.Event()
        self._is_open = False
        self.last_poll: float | None = None
        """When Telegram last sent something or took the webhook, in seconds since the epoch."""

    def open(self) -> None:
        """Take what comes, from here on: who handles it is there. `run` begins with it."""
        self._is_open = True

    async def run(self) -> None:
        """Set the webhook, however long that takes, and return after `stop`. Raises
        TokenRefused. It stays set, for the next start.
        """
        self.open()
        while not self._stopped.is_set() and not await self._set():
            pass
        await self._stopped.wait()

    async def stop(self, seconds: float = 10.0) -> None:
        """Take no more and let what is in work end within `seconds`."""
        self._stopped.set()
        await self._dispatcher.drain(seconds)

    def accept(self, secret: str, body: bytes) -> int:
        """The HTTP status to answer with: 403 without the right secret, 503 until `open` and
        while there is no room (Telegram then sends it again), else 200, above all for what can't
        be read, which would come again for a day.
        """
        if not hmac.compare_digest(secret.encode("utf-8", "replace"), self._secret):
            return HTTPStatus.FORBIDDEN
        if not self._is_open or not self._dispatcher.has_room:
            return HTTPStatus.SERVICE_UNAVAILABLE
        self.last_poll = self._clock.now().timestamp()
        self._take(body)
        return HTTPStatus.OK

    def _take(self, body: bytes) -> None:
        try:
            raw = json.loads(body)
        except (ValueError, RecursionError):
            raw = None
        if isinstance(raw, dict) and type(raw.get("update_id")) is int:
            self._dispatcher.accept(raw)
        else:
            log.warning("update without an id, skipped")

    async def _set(self) -> bool:
        request = {
            "url": self._url,
            "secret_token": self._secret.decode(),
            "allowed_updates": ALLOWED_UPDATES,
        }
        try:
            answer = await self._api.call("setWebhook", request)
        except NetworkError as error:
            await self._trouble.pause("Telegram can't be reached", str(error))
            return False
        if answer.ok:
            self._trouble.over()
            self.last_poll = self._clock.now().timestamp()
            return True
        check_token(answer)
        reason, wait = answer.description or f"HTTP {answer.status}", answer.retry_after or 0.0
        await self._trouble.pause("Telegram refuses the webhook", reason, at_least=wait)
        return False
