"""What the roles of one process share."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from html import escape

from bot.app.stores import Stores
from bot.clock import SystemClock
from bot.flows.brief import Brief
from bot.flows.compose import Compose
from bot.flows.exchange import Exchange
from bot.flows.lately import Lately
from bot.flows.pacing import Turns
from bot.flows.popular import ShowPopular
from bot.flows.troubles import Troubles
from bot.gateway.api import BotApi
from bot.gateway.messenger import TelegramMessenger
from bot.gateway.transport import AiohttpRequest
from bot.model import ChatRef, Message
from bot.ports import StoreUnavailable
from bot.schedule import Leader
from bot.settings import Settings
from bot.store.connection import Client
from bot.web.metrics import Metrics

DRAIN_SECONDS = 8.0
CONNECT_SECONDS, READ_SECONDS = 3.0, 10.0
"""How long Telegram may take: two sends fit into the lease of a bundle."""

End = Callable[[], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Parts:
    """Each in one piece, for all roles that this process plays."""

    settings: Settings
    stores: Stores
    clock: SystemClock
    metrics: Metrics
    request: AiohttpRequest
    api: BotApi
    messenger: TelegramMessenger
    turns: Turns
    compose: Compose
    exchange: Exchange
    brief: Brief
    leader: Leader
    troubles: Troubles
    untold: asyncio.Queue[str]
    """What the operators are still to be told."""
    ends: list[End]
    """Called all at once when the process stops, so that the time allowed is not added up."""

    @classmethod
    def of(cls, settings: Settings, client: Client) -> "Parts":
        """Put together, with nothing begun yet."""
        clock, untold = SystemClock(), asyncio.Queue[str]()
        rate = settings.messages_per_second
        stores = Stores.on(client, rate)
        request = AiohttpRequest(connect_timeout=CONNECT_SECONDS, read_timeout=READ_SECONDS)
        token = settings.telegram_bot_token.get_secret_value()
        api = BotApi(request, settings.telegram_api_url, token)
        exchange = Exchange(stores.rates, stores.thresholds, clock)
        known = stores.articles, stores.subscriptions, stores.chats, stores.posts
        return cls(
            settings,
            stores,
            clock,
            Metrics(),
            request,
            api,
            TelegramMessenger(api, paid=settings.paid_broadcast),
            Turns(stores.pacing, clock, rate),
            Compose(*known, clock),
            exchange,
            _brief(stores, exchange, clock),
            Leader(stores.leadership),
            Troubles(untold.put_nowait),
            untold,
            [],
        )

    async def tell_operators(self) -> None:
        """Of troubles, for ever, beside all other work: it must not wait for this. Raises
        TokenRefused.
        """
        while True:
            message = Message(escape(await self.untold.get()))
            for chat in map(ChatRef, self.settings.admin_chats):
                with suppress(StoreUnavailable):  # That may be what they are told of.
                    await self.turns.next(chat)
                await self.messenger.send(chat, message)


def _brief(stores: Stores, exchange: Exchange, clock: SystemClock) -> Brief:
    lately = Lately(stores.articles, clock)
    popular = ShowPopular(stores.popular, clock).popular
    return Brief(stores.subscriptions, lately, exchange, popular, clock)
