"""The role `receive`, put together: Telegram's updates to the conversation."""

import asyncio
from typing import Any

import structlog
from telegram.error import InvalidToken, TelegramError
from telegram.ext import Application, ExtBot

import handlers
from bot.app.index import index
from bot.app.parts import Parts
from bot.flows.advise import Advise
from bot.flows.chats import ChatKeeper, Defaults
from bot.flows.inline import Inline
from bot.flows.popular import ShowPopular
from bot.flows.recent import BEGIN_SECONDS, Recent
from bot.flows.reschedule import Reschedule
from bot.flows.search import Searching
from bot.flows.subscribe import Subscribing
from bot.gateway.api import BotApi
from bot.gateway.dispatcher import Dispatcher
from bot.gateway.receiver import PollingReceiver
from bot.gateway.transport import AiohttpRequest
from bot.gateway.trouble import Trouble
from bot.gateway.webhook import WebhookReceiver
from bot.ports import Clock, Handled, TokenRefused
from bot.settings import Settings
from bot.web.metrics import Metrics
from handlers.commands import announce
from handlers.context import Services

log = structlog.get_logger(__name__)


def receive(parts: Parts) -> "Reception":
    """The role, ready to run."""
    services, handled = _services(parts), parts.stores.handled
    return Reception(parts.settings, parts.request, parts.api, services, handled, parts.metrics)


def _services(parts: Parts) -> Services:
    settings, stores = parts.settings, parts.stores
    defaults = Defaults(settings.language, settings.timezone, frozenset(settings.editions))
    recent = Recent(stores.articles, parts.clock)
    parts.ends.append(recent.stop)
    asyncio.get_running_loop().call_later(BEGIN_SECONDS, recent.begin)
    keeper = ChatKeeper(
        stores.chats,
        stores.subscriptions,
        defaults,
        stores.outbox.release,
        Reschedule(stores.digests, parts.clock),
    )
    search = index(parts)
    return Services(
        keeper,
        Subscribing(stores.subscriptions, parts.clock, stores.outbox.release),
        stores.articles,
        ShowPopular(stores.popular, parts.clock),
        parts.clock,
        parts.messenger,
        parts.turns,
        Advise(recent, settings.editions),
        parts.exchange,
        parts.brief,
        Searching(search, stores.searches, stores.articles),
        Inline(search, stores.searches, parts.exchange, keeper, parts.clock),
    )


class Reception:
    """Introduces the bot to Telegram, announces its commands, and receives until it is stopped."""

    def __init__(
        self,
        settings: Settings,
        request: AiohttpRequest,
        api: BotApi,
        services: Services,
        handled: Handled,
        metrics: Metrics,
    ) -> None:
        self._clock = services.clock
        self._conversation = handlers.build(_bot(settings, request), services)
        dispatcher = Dispatcher(
            self._conversation.process_update,
            handled,
            self._conversation.bot,
            observe=lambda fate: metrics.updates.labels(fate).inc(),
        )
        self.receiver = _receiver(settings, api, dispatcher, self._clock)

    async def run(self) -> None:
        """Raises TokenRefused; any other trouble is waited out."""
        await _introduce(self._conversation, Trouble(self._clock))
        announcing = asyncio.create_task(announce(self._conversation.bot, handlers.MENU))
        try:
            await self.receiver.run()
        finally:
            announcing.cancel()


def _bot(settings: Settings, request: AiohttpRequest) -> ExtBot[None]:
    return ExtBot(
        settings.telegram_bot_token.get_secret_value(),
        base_url=f"{settings.telegram_api_url}/bot",
        base_file_url=f"{settings.telegram_api_url}/file/bot",
        request=request,
        get_updates_request=request,
    )


def _receiver(
    settings: Settings, api: BotApi, dispatcher: Dispatcher, clock: Clock
) -> PollingReceiver | WebhookReceiver:
    if not settings.webhook_url:
        return PollingReceiver(api, dispatcher, clock)
    secret = settings.secret_of_webhook
    return WebhookReceiver(api, dispatcher, clock, settings.webhook_url, secret)


async def _introduce(
    conversation: Application[Any, Any, Any, Any, Any, Any], trouble: Trouble
) -> None:
    """Let Telegram say who we are, however long it can't be reached."""
    while True:
        try:
            await conversation.initialize()
        except InvalidToken:
            raise TokenRefused from None
        except TelegramError as error:
            await trouble.pause("Telegram can't be reached", error.message)
        else:
            trouble.over()
            log.info("this bot is", username=conversation.bot.username)
            return
