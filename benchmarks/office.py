"""Delivery as one process does it: the embedded store, the flows, and Telegram over HTTP."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from time import perf_counter, process_time

from benchmarks.bot_api import TOKEN
from bot.clock import SystemClock
from bot.flows.compose import Compose
from bot.flows.deliver import Deliver
from bot.flows.pacing import Turns
from bot.flows.send import Send
from bot.flows.tell import Tell
from bot.flows.troubles import Troubles
from bot.gateway.api import BotApi
from bot.gateway.messenger import TelegramMessenger
from bot.gateway.transport import AiohttpRequest
from bot.matching import query
from bot.model import Alert, Article, Chat, ChatRef, Edition, Item, Language, Subscription
from bot.store import keys, records
from bot.store.articles import RedisArticles
from bot.store.chats import RedisChats
from bot.store.connection import Client, connect
from bot.store.outbox import RedisOutbox
from bot.store.pacing import RedisPacing
from bot.store.posts import RedisPosts
from bot.store.subscriptions import RedisSubscriptions
from bot.web.metrics import Metrics

FIRST = 10**9
VISA = query.parse("visa").key
LEAD = "The fee falls from sixty dollars to forty, the ministry of foreign affairs said on Monday."


class Office:
    """Chats are numbered from FIRST on."""

    def __init__(
        self, client: Client, request: AiohttpRequest, url: str, per_second: float
    ) -> None:
        self._client = client
        self._per_second = per_second
        self._clock = SystemClock()
        self._pacing = RedisPacing(client, per_second)
        self._turns = Turns(self._pacing, self._clock, per_second)
        self._outbox = RedisOutbox(client)
        self._articles = RedisArticles(client)
        self._messenger = TelegramMessenger(BotApi(request, url, TOKEN))

    @classmethod
    @asynccontextmanager
    async def open(cls, folder: Path, url: str, *, per_second: float) -> AsyncIterator["Office"]:
        """With an empty store in this folder."""
        client = await connect("", folder)
        request = AiohttpRequest()
        await request.initialize()
        yield cls(client, request, url, per_second)
        await request.shutdown()
        await client.close()

    async def settle_in(self, count: int) -> None:
        """So many chats, which have asked for visas."""
        editions, now = frozenset({Edition.EN}), self._clock.now()
        chat = Chat(ChatRef(1), Language.EN, editions, "Asia/Bishkek")
        settings = json.dumps({"0": records.dump_chat(chat)})
        asked = Subscription(chat.ref, VISA, "visa", editions, now)
        subscription = json.dumps({f"0/{VISA}": records.dump_subscription(asked)})
        for first in range(FIRST, FIRST + count, 5000):
            part = range(first, min(first + 5000, FIRST + count))
            for key, value in ((keys.CHATS, settings), (keys.SUBSCRIPTIONS, subscription)):
                await self._client.execute("HSET", key, *(x for n in part for x in (n, value)))

    async def owe(self, count: int) -> None:
        """An article to all of them."""
        now = self._clock.now()
        url = "https://24.kg/english/7/"
        body = (LEAD, "It was said in the capital. " * 20)
        article = Article(Edition.EN, 7, url, "Visas get cheaper", body, now, section="Society")
        await self._articles.discover(Edition.EN, [Item(Edition.EN, 7, url, "", now)], None, 0)
        [(_, token, _)] = await self._articles.claim(now.timestamp(), 60, 1)
        alerts = [Alert(ChatRef(FIRST + n), 7, (VISA,)) for n in range(count)]
        assert await self._articles.keep(article, alerts, token, now.timestamp())

    async def memory(self) -> int:
        """Bytes that the store uses."""
        return int((await self._client.info("memory"))["used_memory"])

    def _deliver(self) -> Deliver:
        metrics = Metrics()
        doing = self._clock, Troubles(), metrics
        chats = RedisChats(self._client)
        stores = self._articles, RedisSubscriptions(self._client), chats, RedisPosts(self._client)
        tell = Tell(chats, self._pacing, self._messenger, self._clock, metrics.answered)
        send = Send(self._outbox, tell, *doing)
        compose = Compose(*stores, self._clock)
        per_second = self._per_second
        return Deliver(
            self._outbox, self._pacing, compose, send, self._turns, *doing, per_second=per_second
        )

    async def deliver(self, count: int) -> tuple[float, float]:
        """Until so many are settled: how many a second, and CPU milliseconds for each."""
        goal = await self._outbox.waiting() - count
        async with self._delivering():
            start, cpu = perf_counter(), process_time()
            while (left := await self._outbox.waiting()) > goal:  # noqa: ASYNC110 it is in the store
                await asyncio.sleep(min(1.0, max(0.01, (left - goal) / self._per_second / 2)))
            done = count + goal - left
            return done / (perf_counter() - start), (process_time() - cpu) / done * 1000

    async def replies(self, count: int) -> list[float]:
        """The seconds for which each of so many replies waits for its turn in a fan-out."""
        seconds = []
        async with self._delivering():
            await asyncio.sleep(1)
            for number in range(count):
                start = perf_counter()
                await self._turns.next(ChatRef(number + 1))
                seconds.append(perf_counter() - start)
                await asyncio.sleep(0.1)
        return seconds

    @asynccontextmanager
    async def _delivering(self) -> AsyncIterator[None]:
        deliver = self._deliver()
        task = asyncio.create_task(deliver.run())
        try:
            yield
        finally:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task
            await deliver.drain(5)
