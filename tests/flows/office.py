"""Delivery, put together over stores in memory, a Telegram that is scripted and a clock of ours."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

from bot.flows.compose import Compose
from bot.flows.deliver import Deliver
from bot.flows.pacing import Turns
from bot.flows.send import Send
from bot.flows.tell import Tell
from bot.flows.troubles import Troubles
from bot.model import Alert, Article, Chat, ChatRef, Item, Message
from tests.builders.news import chat, subscription
from tests.fakes.articles import FakeArticles
from tests.fakes.chats import FakeChats
from tests.fakes.messenger import FakeMessenger
from tests.fakes.meter import FakeMeter
from tests.fakes.outbox import FakeOutbox
from tests.fakes.subscriptions import FakeSubscriptions
from tests.fakes.virtual_clock import VirtualClock

PER_SECOND = 30.0


class Office:
    """Ports may be replaced before `running`."""

    def __init__(self) -> None:
        self.clock = VirtualClock()
        self.outbox = self.sending_outbox = FakeOutbox(PER_SECOND)
        self.pacing = self.outbox.pacing
        self.articles = self.kept_articles = FakeArticles(self.outbox)
        self.subscriptions = FakeSubscriptions()
        self.chats = FakeChats(self.subscriptions, self.outbox)
        self.messenger = FakeMessenger()
        self.meter = FakeMeter()
        self.told: list[str] = []
        self.deliver = self.new()

    def new(self) -> Deliver:
        """Another process."""
        stores = self.articles, self.subscriptions, self.chats, self.outbox.posts
        outbox, pacing, troubles = self.sending_outbox, self.pacing, Troubles(self._tell)
        doing = self.clock, troubles, self.meter
        tell = Tell(self.chats, pacing, self.messenger, self.clock, self.meter.answered)
        send = Send(outbox, tell, *doing)
        compose = Compose(*stores, self.clock)
        self.turns = turns = Turns(pacing, self.clock, PER_SECOND)
        self.deliver = Deliver(outbox, pacing, compose, send, turns, *doing, per_second=PER_SECOND)
        return self.deliver

    def _tell(self, text: str) -> None:
        self.told.append(text)

    async def reader(self, number: int, *words: str) -> Chat:
        """A chat that asked for each of these, or for visas."""
        made = chat(number)
        await self.chats.save(made)
        for text in words or ("visa",):
            await self.subscriptions.add(subscription(made.ref, text), 100)
        return made

    async def owe(self, article: Article, *readers: Chat, words: Sequence[str] = ("visa",)) -> None:
        """The article is kept, and these are owed an alert for what they asked."""
        keys = tuple(sorted(subscription(readers[0].ref, text).key for text in words))
        await self.kept_articles.discover(article.edition, [_row(article)], None, 0)
        ((_, token, _),) = await self.kept_articles.claim(self.clock.seconds, 20, 1)
        alerts = [Alert(reader.ref, article.id, keys) for reader in readers]
        assert await self.kept_articles.keep(article, alerts, token, self.clock.seconds)

    @asynccontextmanager
    async def running(self) -> AsyncIterator[asyncio.Task[None]]:
        """While a process delivers."""
        task = asyncio.create_task(self.new().run())
        try:
            yield task
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)
            await self.deliver.drain(0)
            await asyncio.sleep(0)

    async def until_settled(self) -> None:
        """Until nothing is owed any more."""
        await self.clock.until(lambda: not self.outbox.alerts)

    async def deliver_all(self) -> None:
        """Let a process deliver until nothing is owed any more."""
        async with self.running():
            await self.until_settled()

    def texts(self, reader: Chat | ChatRef) -> list[str]:
        """What arrived in a chat."""
        return [message.html for message in self.messages(reader)]

    def messages(self, reader: Chat | ChatRef) -> list[Message]:
        """What arrived in a chat, with buttons and all."""
        ref = reader.ref if isinstance(reader, Chat) else reader
        return self.messenger.delivered(ref)


def _row(article: Article) -> Item:
    return Item(article.edition, article.id, article.url, article.title, article.published)
