"""The composition root: knows the concrete classes; starts and stops everything."""

import asyncio
import signal
from collections.abc import Awaitable, Callable, Collection, Iterable
from contextlib import AsyncExitStack, suppress
from datetime import timedelta
from functools import partial
from html import escape
from typing import Any
from urllib.parse import urlsplit

import structlog

from bot import __version__
from bot.clock import SystemClock
from bot.flows.advise import Advise
from bot.flows.audience import Audience
from bot.flows.chats import ChatKeeper, Defaults
from bot.flows.collect import Collect
from bot.flows.compose import Compose
from bot.flows.correct import Correct
from bot.flows.deliver import Deliver
from bot.flows.exchange import Exchange
from bot.flows.pacing import Turns
from bot.flows.rates import FollowRates
from bot.flows.recent import BEGIN_SECONDS, Recent
from bot.flows.review import Review
from bot.flows.send import Send
from bot.flows.stories import Stories
from bot.flows.subscribe import Subscribing
from bot.flows.thresholds import Watch
from bot.flows.troubles import Troubles
from bot.gateway.api import BotApi
from bot.gateway.messenger import TelegramMessenger
from bot.gateway.transport import AiohttpRequest
from bot.gateway.webhook import WebhookReceiver
from bot.matching import analysis
from bot.model import ChatRef, Message
from bot.ports import Clock, Corrections, StoreUnavailable, TokenRefused
from bot.probes import Probes, Receiver
from bot.reception import Reception
from bot.schedule import Duty, Leader, Timetable
from bot.settings import Settings
from bot.sites.http import HTML, HttpReader, user_agent
from bot.sites.national_bank import XML, NationalBank
from bot.sites.twentyfour_kg import TwentyFourKg
from bot.store.articles import RedisArticles
from bot.store.chats import RedisChats
from bot.store.connection import Client, connect, persistence
from bot.store.corrections import RedisCorrections
from bot.store.handled import RedisHandled
from bot.store.leadership import RedisLeadership
from bot.store.outbox import RedisOutbox
from bot.store.pacing import RedisPacing
from bot.store.posts import RedisPosts
from bot.store.rates import RedisRates
from bot.store.snapshot import FileSnapshot
from bot.store.subscriptions import RedisSubscriptions
from bot.store.thresholds import RedisThresholds
from bot.web.metrics import Metrics
from bot.web.server import PortTaken, application, serve
from handlers.context import Services

ROLES = frozenset({"receive", "collect", "deliver"})
DRAIN_SECONDS = 8.0
RATES_SECONDS = 10.0
"""So often it is seen whether rates are to be asked for, or are there."""
CONNECT_SECONDS, READ_SECONDS = 3.0, 10.0
"""How long Telegram may take: two sends fit into the lease of a bundle."""

log = structlog.get_logger(__name__)


async def run(settings: Settings, roles: Iterable[str] = ROLES) -> int:
    """Run until SIGTERM or SIGINT; the exit code. What can't be mended here is said in a line."""
    stop = _stop_signal()
    try:
        async with AsyncExitStack() as stack:
            client = await connect(settings.redis_url.get_secret_value(), settings.data_dir)
            stack.push_async_callback(client.close)
            await App(settings, client).run(frozenset(roles), stop)
    except (StoreUnavailable, TokenRefused, PortTaken, ValueError) as error:
        log.error("can't go on", reason=str(error))  # noqa: TRY400 - one clear line
        return 1
    return 0


def site_reader(
    settings: Settings, clock: Clock, base_url: str = "", kinds: Collection[str] = HTML
) -> HttpReader:
    """A reader of the news site, or of the one at `base_url`."""
    bot_id = settings.telegram_bot_token.get_secret_value().partition(":")[0]
    contact = f"tg://user?id={bot_id}" if bot_id else "an operator who has no bot yet"
    return HttpReader(
        base_url or settings.site_url,
        clock,
        agent=user_agent(__version__, contact),
        pause=settings.read_pause_seconds,
        kinds=kinds,
    )


class App:
    """Everything put together for one process."""

    def __init__(self, settings: Settings, client: Client) -> None:
        self._settings = settings
        self._client = client
        self._clock = SystemClock()
        self._metrics = Metrics()
        self._untold: asyncio.Queue[str] = asyncio.Queue()
        self._troubles = Troubles(self._untold.put_nowait)
        self._request = AiohttpRequest(connect_timeout=CONNECT_SECONDS, read_timeout=READ_SECONDS)
        token = settings.telegram_bot_token.get_secret_value()
        self._api = BotApi(self._request, settings.telegram_api_url, token)
        self._messenger = TelegramMessenger(self._api, paid=settings.paid_broadcast)
        self._articles = RedisArticles(client)
        self._chats = RedisChats(client)
        self._outbox = RedisOutbox(client)
        self._posts = RedisPosts(client)
        self._rates = RedisRates(client)
        self._thresholds = RedisThresholds(client)
        self._pacing = RedisPacing(client, settings.messages_per_second)
        self._turns = Turns(self._pacing, self._clock, settings.messages_per_second)
        self._subscriptions = RedisSubscriptions(client)
        stores = self._articles, self._subscriptions, self._chats, self._posts
        self._compose = Compose(*stores, self._clock)
        self._leader = Leader(RedisLeadership(client))
        self._ends: list[Callable[[], Awaitable[None]]] = []

    async def run(self, roles: frozenset[str], stop: asyncio.Event) -> None:
        """Play these roles until `stop`. Raises TokenRefused, PortTaken."""
        log.info("started", version=__version__, roles=",".join(sorted(roles)))
        async with AsyncExitStack() as stack:
            warming = asyncio.create_task(asyncio.to_thread(analysis.warm))
            stack.push_async_callback(asyncio.wait, {warming})
            await self._request.initialize()
            stack.push_async_callback(self._request.shutdown)
            await self._warn_of_loss()
            reception = self._reception() if "receive" in roles else None
            await self._serve(reception.receiver if reception else None, stack)
            works: list[Awaitable[None]] = [self._tell_for_ever()]
            if "collect" in roles:
                await self._collect(stack)
            if "deliver" in roles:
                works.append(self._deliver())
            if reception:
                self._ends.append(partial(reception.receiver.stop, DRAIN_SECONDS))
                works.append(reception.run())
            try:
                await _until(stop, works)
            finally:
                log.info("stopping")
                await self._end()

    async def _end(self) -> None:
        """Let what is in work end, all at once, so that the time allowed is not added up."""
        await asyncio.gather(*(end() for end in self._ends), return_exceptions=True)

    def _reception(self) -> Reception:
        handled = RedisHandled(self._client)
        services = self._services()
        return Reception(self._settings, self._request, self._api, services, handled, self._metrics)

    def _services(self) -> Services:
        settings = self._settings
        defaults = Defaults(settings.language, settings.timezone, frozenset(settings.editions))
        recent = Recent(self._articles, self._clock)
        self._ends.append(recent.stop)
        asyncio.get_running_loop().call_later(BEGIN_SECONDS, recent.begin)
        return Services(
            ChatKeeper(self._chats, self._subscriptions, defaults, self._outbox.release),
            Subscribing(self._subscriptions, self._clock, self._outbox.release),
            self._articles,
            self._clock,
            self._messenger,
            self._turns,
            Advise(recent, settings.editions),
            Exchange(self._rates, self._thresholds, self._clock),
        )

    async def _collect(self, stack: AsyncExitStack) -> None:
        settings = self._settings
        reader = await stack.enter_async_context(site_reader(settings, self._clock))
        snapshot = FileSnapshot(settings.data_dir / "subscriptions.snapshot")
        audience = Audience(self._subscriptions, snapshot)
        stack.push_async_callback(audience.close)
        stack.push_async_callback(_cancel, {asyncio.create_task(audience.open())})
        site = TwentyFourKg(settings.site_url, reader, self._clock)
        corrections = RedisCorrections(self._client)
        review = Review(site, self._articles, corrections, self._clock)
        follow = FollowRates(await self._bank(stack), self._rates, self._clock, self._troubles)
        collect = Collect(
            site,
            self._articles,
            audience,
            Stories(self._articles, self._clock),
            review,
            self._clock,
            self._troubles,
            self._metrics,
            max_age=timedelta(hours=settings.max_age_hours),
            poll_seconds=settings.poll_seconds,
            notice=follow.notice,
        )
        seconds = settings.poll_seconds
        correct = self._correct(corrections, audience)
        leading = self._leader, self._troubles
        also = self._duties(follow)
        timetable = Timetable(collect, review, correct, *leading, poll_seconds=seconds, also=also)
        timetable.start(settings.editions)
        self._ends.append(partial(timetable.stop, DRAIN_SECONDS))

    async def _bank(self, stack: AsyncExitStack) -> NationalBank | None:
        url = self._settings.rates_url
        if not url:
            return None
        reader = site_reader(self._settings, self._clock, url, XML)
        return NationalBank(url, await stack.enter_async_context(reader))

    def _duties(self, follow: FollowRates) -> list[Duty]:
        watch = Watch(
            self._thresholds,
            self._rates,
            self._chats,
            self._outbox,
            self._pacing,
            self._turns,
            self._messenger,
            self._clock,
        )
        self._ends.append(watch.stop)
        return [(RATES_SECONDS, follow.poll), (RATES_SECONDS, watch.look), (1.0, watch.tell)]

    def _correct(self, corrections: Corrections, audience: Audience) -> Correct:
        return Correct(
            corrections,
            self._articles,
            self._posts,
            audience,
            self._compose,
            self._outbox,
            self._pacing,
            self._turns,
            self._messenger,
            self._clock,
        )

    def _deliver(self) -> Awaitable[None]:
        send = Send(
            self._outbox,
            self._pacing,
            self._chats,
            self._messenger,
            self._clock,
            self._troubles,
            self._metrics,
        )
        deliver = Deliver(
            self._outbox,
            self._pacing,
            self._compose,
            send,
            self._turns,
            self._clock,
            self._troubles,
            self._metrics,
            per_second=self._settings.messages_per_second,
        )
        self._ends.append(partial(deliver.drain, DRAIN_SECONDS))
        return deliver.run()

    async def _serve(self, receiver: Receiver | None, stack: AsyncExitStack) -> None:
        """Let ourselves be called. Without a webhook nobody must: a taken port is borne."""
        settings = self._settings
        probes = Probes(
            self._client, self._outbox, self._leader, self._troubles, self._metrics, self._clock
        )
        accept = receiver.accept if isinstance(receiver, WebhookReceiver) else None
        path = urlsplit(settings.webhook_url).path
        pages = application(probes.all(receiver), self._metrics, webhook_path=path, accept=accept)
        is_wanted = accept is not None or (settings.port and "port" in settings.model_fields_set)
        try:
            runner = await serve(pages, "0.0.0.0" if is_wanted else "127.0.0.1", settings.port)  # noqa: S104 - asked for
        except PortTaken as error:
            if accept is not None:
                raise
            log.warning("no health page", reason=str(error))
        else:
            stack.push_async_callback(runner.cleanup)

    async def _warn_of_loss(self) -> None:
        try:
            loss = await persistence(self._client)
        except StoreUnavailable as error:
            self._troubles.begin("store", str(error))
            return
        if loss is not None:
            self._troubles.begin("persistence", loss)

    async def _tell_for_ever(self) -> None:
        """Tell the operators of troubles, beside all other work: it must not wait for this."""
        while True:
            text = await self._untold.get()
            for chat in map(ChatRef, self._settings.admin_chats):
                with suppress(StoreUnavailable):
                    await self._turns.next(chat)
                with suppress(TokenRefused):
                    await self._messenger.send(chat, Message(escape(text)))


def _stop_signal() -> asyncio.Event:
    stop = asyncio.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(name, stop.set)
    return stop


async def _until(stop: asyncio.Event, works: Iterable[Awaitable[None]]) -> None:
    """Until `stop`, or the first of the works that fails, whose error is raised."""
    waiting = asyncio.create_task(stop.wait())
    tasks = {asyncio.ensure_future(work) for work in works}
    try:
        done, _ = await asyncio.wait({waiting, *tasks}, return_when=asyncio.FIRST_COMPLETED)
        for task in done - {waiting}:
            await task
    finally:
        await _cancel({waiting, *tasks})


async def _cancel(tasks: set[asyncio.Future[Any]]) -> None:
    """Until they are over: a library may swallow one cancellation."""
    while tasks:
        for task in tasks:
            task.cancel()
        _, tasks = await asyncio.wait(tasks, timeout=1.0)
