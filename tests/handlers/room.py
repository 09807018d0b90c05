"""The conversation over the simulated Telegram, with stores in memory behind it."""

import asyncio
from collections.abc import Sequence
from datetime import timedelta

from aiohttp import web
from telegram.ext import ExtBot

from bot.flows.advise import Advise
from bot.flows.brief import Brief
from bot.flows.chats import ChatKeeper, Defaults
from bot.flows.exchange import Exchange
from bot.flows.inline import Inline
from bot.flows.lately import Lately
from bot.flows.pacing import Turns
from bot.flows.popular import ShowPopular
from bot.flows.recent import Recent
from bot.flows.reschedule import Reschedule
from bot.flows.search import Searching
from bot.flows.subscribe import Subscribing
from bot.gateway.api import BotApi
from bot.gateway.messenger import TelegramMessenger
from bot.gateway.transport import AiohttpRequest
from bot.messages.plain import text_of
from bot.model import Chat, ChatRef, Edition, Item, Language, Message, Slot, Verdict
from handlers import build
from handlers.context import Services
from simulator.telegram import Limits, Person, Telegram
from tests.fakes.articles import FakeArticles
from tests.fakes.chats import FakeChats
from tests.fakes.clock import FakeClock
from tests.fakes.digests import FakeDigests
from tests.fakes.outbox import FakeOutbox
from tests.fakes.popular import FakePopularNews
from tests.fakes.rates import FakeRates, FakeThresholds
from tests.fakes.search import FakeSearch
from tests.fakes.searches import FakeSearches
from tests.fakes.subscriptions import FakeSubscriptions

TOKEN = "42:simulated"
DEFAULTS = Defaults(Language.EN, "Asia/Bishkek", frozenset(Edition))


class OpenPacing:
    """`Pacing`, as far as a conversation goes: every turn is counted, and none waits."""

    def __init__(self) -> None:
        self.turns: list[ChatRef | None] = []

    async def book(self, chats: Sequence[ChatRef | None], now: float, _ahead: float) -> list[Slot]:
        self.turns += chats
        return [Slot(now, Verdict.GRANTED) for _ in chats]

    async def give_up(self, booked: object) -> None:
        """None was late."""


class Room:
    """Readers on one side, the bot on the other. Nothing is heard until `hear`."""

    def __init__(self) -> None:
        self.telegram = Telegram(token=TOKEN, limits=Limits.off())
        self.clock = FakeClock()
        self.outbox = FakeOutbox()
        self.subscriptions = FakeSubscriptions()
        self.digests = FakeDigests(self.outbox)
        self.chats = FakeChats(self.subscriptions, self.outbox, self.digests)
        self.articles = FakeArticles(self.outbox)
        self.popular = FakePopularNews(self.articles)
        self.rates, self.thresholds = FakeRates(), FakeThresholds()
        self.search, self.searches = FakeSearch(), FakeSearches()
        self.recent = Recent(self.articles, self.clock, patience=60.0)
        self.pacing = OpenPacing()
        self.offset = 0

    async def open(self, defaults: Defaults = DEFAULTS) -> None:
        self._runner = web.AppRunner(self.telegram.app())
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        self._start_bot(f"http://127.0.0.1:{self._runner.addresses[0][1]}", defaults)
        await self.application.initialize()
        self.telegram.ledger.clear()

    def _start_bot(self, address: str, defaults: Defaults) -> None:
        request = AiohttpRequest(connect_timeout=5, read_timeout=10)
        self.bot = ExtBot(
            TOKEN, f"{address}/bot", request=request, get_updates_request=AiohttpRequest()
        )
        keeper = ChatKeeper(
            self.chats,
            self.subscriptions,
            defaults,
            self.outbox.release,
            Reschedule(self.digests, self.clock),
        )
        exchange = Exchange(self.rates, self.thresholds, self.clock)
        self.services = Services(
            keeper,
            Subscribing(self.subscriptions, self.clock, self.outbox.release),
            self.articles,
            ShowPopular(self.popular, self.clock),
            self.clock,
            TelegramMessenger(BotApi(request, address, TOKEN)),
            Turns(self.pacing, self.clock, 30),
            Advise(self.recent, defaults.polled),
            exchange,
            self._brief(exchange),
            Searching(self.search, self.searches, self.articles),
            Inline(self.search, self.searches, exchange, keeper, self.clock, patience=60.0),
        )
        self.application = build(self.bot, self.services)

    def _brief(self, exchange: Exchange) -> Brief:
        lately = Lately(self.articles, self.clock)
        popular = ShowPopular(FakePopularNews(self.articles), self.clock).popular
        return Brief(self.subscriptions, lately, exchange, popular, self.clock)

    async def close(self) -> None:
        await self.recent.stop()
        await self.application.shutdown()
        await self._runner.cleanup()

    async def hear(self) -> None:
        """Let the bot handle everything that was said and pressed so far."""
        while updates := await self.bot.get_updates(self.offset, timeout=0):
            for update in updates:
                self.offset = update.update_id + 1
                await self.application.process_update(update)

    async def say(self, person: Person, text: str, chat: int = 0, **how) -> list[dict]:
        """Someone writes; what the bot answers there."""
        chat = chat or person.id
        self.telegram.say(person, chat, text, **how)
        seen = {message["message_id"] for message in self.telegram.history(chat)}
        await self.hear()
        return [each for each in self.telegram.history(chat) if each["message_id"] not in seen]

    async def press(self, person: Person, message: dict, button: str) -> str | None:
        """Someone presses a button; the toast, None where the press was not answered."""
        chat = message["chat"]["id"]
        query = self.telegram.press(person, chat, message["message_id"], button)
        await self.hear()
        answer = self.telegram.callback_answers.get(query)
        return None if answer is None else answer.get("text", "")

    def now(self, message: dict) -> dict:
        """The message as it is by now."""
        history = self.telegram.history(message["chat"]["id"])
        return next(each for each in history if each["message_id"] == message["message_id"])

    async def type(
        self, person: Person, words: str, offset: str = "", chat_type: str = "sender"
    ) -> dict:
        """Someone types `@bot words`: what the bot answers."""
        asking = self.telegram.inline(person, words, offset, chat_type)
        typing = asyncio.create_task(asking)
        await asyncio.sleep(0)
        await self.hear()
        return await typing

    async def publish(
        self, *titles: str, edition: Edition = Edition.EN, hours: float = 1.0
    ) -> None:
        """Headlines that were there when the bot came. It has not looked through them yet."""
        published = self.clock.now() - timedelta(hours=hours)
        first = 1 + max((item.id for item in await self.articles.latest(Edition, 1000)), default=0)
        items = [
            Item(edition, number, f"https://24.kg/english/{number}/", title, published)
            for number, title in enumerate(titles, first)
        ]
        await self.articles.baseline(edition, items, None)

    async def words(self, chat: int, topic: int = 0) -> list[str]:
        """What the chat is subscribed to."""
        return sorted(each.text for each in await self.subscriptions.of(ChatRef(chat, topic)))

    async def chat(self, chat: int, topic: int = 0) -> Chat:
        """A chat's settings, as kept."""
        found = await self.chats.get(ChatRef(chat, topic))
        assert found is not None
        return found


def labels(message: dict) -> list[str]:
    """The buttons under a message."""
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    return [button["text"] for row in rows for button in row]


def data(message: dict) -> list[str]:
    """What the buttons under a message tell the bot."""
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    return [button["callback_data"] for row in rows for button in row]


def button(message: dict, kind: str) -> str:
    """What the first button of this kind under a message tells the bot."""
    return next(each for each in data(message) if each.partition(":")[0] == kind)


def shown(message: Message) -> str:
    """What a reader sees of a message's text."""
    return text_of(message.html)
