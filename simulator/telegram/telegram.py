"""The simulated Telegram: what a test or a page holds in its hands."""

import time
from collections.abc import Callable
from typing import TypeVar

from aiohttp import web

from simulator.telegram.events import Subscription
from simulator.telegram.faults import Faults
from simulator.telegram.inline import Inline
from simulator.telegram.ledger import Ledger
from simulator.telegram.limits import Gate, Limits
from simulator.telegram.model import Bot, Json
from simulator.telegram.server import MAX_BODY, Server
from simulator.telegram.webhook import Delivery
from simulator.telegram.world import World

T = TypeVar("T")


class Telegram(Inline):
    """A Bot API server for one bot, and the people who talk to it.

    `clock` gives seconds since the epoch. With `strict`, a request that the Bot API description
    doesn't allow is refused even where Telegram would overlook it. `query_lifetime`: seconds for
    which a callback or inline query can be answered; `webhook_pause`: seconds before a webhook
    that failed is tried again, doubled each time; `ledger_size`: how many requests are kept.
    """

    def __init__(
        self,
        *,
        token: str = "42:simulated",  # noqa: S107 - it opens nothing
        username: str = "jarchy_bot",
        name: str = "",
        limits: Limits | None = None,
        clock: Callable[[], float] = time.time,
        privacy: bool = True,
        inline: bool = True,
        strict: bool = False,
        query_lifetime: float = 15.0,
        webhook_pause: float = 1.0,
        ledger_size: int | None = None,
    ) -> None:
        bot = Bot(token, username, name or username, inline=inline, privacy=privacy)
        super().__init__(World(bot, clock, query_lifetime))
        self.ledger = Ledger(ledger_size)
        self.faults = Faults()
        self.gate = Gate(limits or Limits(), clock)
        self.server = Server(self.world, self.ledger, self.faults, self.gate, strict=strict)
        self.delivery = Delivery(self.world, self.server.perform, webhook_pause)

    def app(self) -> web.Application:
        """The server, to be run by aiohttp."""
        app = web.Application(client_max_size=MAX_BODY)
        app.add_routes(self.server.routes())
        app.cleanup_ctx.append(self.delivery.lifespan)
        app.on_shutdown.append(self._stop)
        return app

    @property
    def limits(self) -> Limits:
        """The limits that hold now."""
        return self.gate.limits

    @limits.setter
    def limits(self, limits: Limits) -> None:
        self.gate.limits = limits

    def push_update(self, update: Json) -> None:
        """Tell the bot this, whatever it is; numbered where it has no `update_id`."""
        self.world.updates.push(update)

    def events(self) -> Subscription:
        """What happens from now on, to be read with `async for`. An event has `type` (message,
        edited, deleted, callback_answer, inline_answer, typing, commands, member, pinned,
        reaction, request, polling, delivered, webhook_failed) and, where it is about one,
        `chat_id`, `message_id` and `message`.
        """
        return self.world.events.subscribe()

    async def wait_for(self, condition: Callable[[], T], timeout: float = 10) -> T:  # noqa: ASYNC109 - told to asyncio.timeout
        """What `condition()` gives once it is true: asked at once, and again after each event
        (every request is one). Raises TimeoutError.
        """
        return await self.world.events.until(condition, timeout)

    async def _stop(self, _: web.Application) -> None:
        self.world.updates.close()
