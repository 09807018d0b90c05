"""Digests, put together over stores in memory, a Telegram that is scripted and a clock of ours."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import datetime, time
from zoneinfo import ZoneInfo

from bot.flows.brief import Brief
from bot.flows.digest import SendDigests
from bot.flows.exchange import Exchange
from bot.flows.lately import Lately
from bot.flows.leftover import Leftover
from bot.flows.pacing import Turns
from bot.flows.reschedule import Reschedule
from bot.flows.tell import Tell
from bot.flows.troubles import Troubles
from bot.messages.plain import text_of
from bot.model import Chat, ChatRef, Digest
from tests.fakes.chats import FakeChats
from tests.fakes.digests import FakeDigests
from tests.fakes.rates import FakeRates, FakeThresholds
from tests.flows.office import PER_SECOND, Office

LAST_SECONDS = 20.0
ZONE = ZoneInfo("Asia/Bishkek")


class Drawn(Exchange):
    """Its picture takes no time."""

    def __init__(self, morning: "Morning") -> None:
        super().__init__(morning.rates, FakeThresholds(), morning.clock)
        self._morning = morning

    async def overview(self, _: Chat) -> bytes:
        return self._morning.picture


class Morning(Office):
    """An office that sends digests, too. `picture`: what every reader sees of the rates."""

    def __init__(self) -> None:
        super().__init__()
        self.digests = self.kept_digests = FakeDigests(self.outbox)
        self.chats = FakeChats(self.subscriptions, self.outbox, self.digests)
        self.rates = FakeRates()
        self.most_read = []
        self.picture = b""

    def process(self) -> SendDigests:
        """Another one, with a memory of its own."""
        exchange = Drawn(self)
        lately = Lately(self.articles, self.clock)
        known = self.subscriptions, lately, exchange, self._popular, self.clock
        turns = Turns(self.pacing, self.clock, PER_SECOND)
        return SendDigests(
            self.digests,
            self.chats,
            Brief(*known),
            Leftover(turns, self.clock, PER_SECOND),
            Tell(self.chats, self.pacing, self.messenger, self.clock),
            self.clock,
            Troubles(self.told.append),
            self.meter,
            per_second=PER_SECOND,
        )

    async def _popular(self, edition):
        return [item for item in self.most_read if item.edition == edition]

    async def subscriber(self, number: int, *words: str, at: time = time(8), **more) -> Chat:
        """A reader who wants a digest."""
        reader = await self.reader(number, *words)
        made = replace(reader, **({"digest": Digest(), "daily_at": at} | more))
        await self.save(made)
        return made

    async def save(self, made: Chat) -> None:
        """As the conversation does."""
        await Reschedule(self.kept_digests, self.clock)(made)
        await self.chats.save(made)

    def at(self, said: str) -> float:
        """Seconds until the clock on the wall in Bishkek shows "2026-03-03 08:00"."""
        moment = datetime.strptime(said, "%Y-%m-%d %H:%M").replace(tzinfo=ZONE)
        return moment.timestamp() - self.clock.seconds

    async def until(self, said: str) -> None:
        """The hours before its last minutes go by at once: everybody just wakes late."""
        self.clock.skip(max(0.0, self.at(said) - LAST_SECONDS))
        await self.clock.pass_time(self.at(said))

    def texts(self, ref: ChatRef) -> list[str]:
        """What arrived in a chat."""
        return [text_of(message.html) for message in self.messenger.delivered(ref)]

    @asynccontextmanager
    async def sending(self, count: int = 1) -> AsyncIterator[list[SendDigests]]:
        """While so many processes send digests."""
        flows = [self.process() for _ in range(count)]
        tasks = [asyncio.create_task(flow.run()) for flow in flows]
        try:
            yield flows
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            for flow in flows:
                await flow.drain(0)
            await asyncio.sleep(0)
