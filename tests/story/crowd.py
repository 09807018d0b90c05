"""Readers by the hundred, and what each was told, as the simulated Telegram saw it."""

import asyncio
import math
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from itertools import chain, islice

from story.program import Stage, until

from bot.model import ChatRef
from bot.store import keys
from bot.store.chats import RedisChats
from bot.store.connection import Client
from bot.store.subscriptions import RedisSubscriptions
from tests.builders.news import chat, subscription

Told = tuple[int, int]
"""A chat, and an article that it is owed or was told."""

LINK = re.compile(r"/english/(\d+)/")
STEP_SECONDS, STALL_SECONDS, RECOVERY_SECONDS = 0.01, 0.04, 0.5


@dataclass
class Crowd:
    """All follow one word. What they were told is read from the ledger as it grows."""

    stage: Stage
    chats: list[int]
    articles: list[int] = field(default_factory=list)
    told: Counter[Told] = field(default_factory=Counter)
    first: dict[Told, float] = field(default_factory=dict)
    """When each was told first."""
    missing: set[Told] = field(default_factory=set)
    """What is owed and was not told, when it was last looked at."""
    stalls: list[tuple[float, float]] = field(default_factory=list)
    """When this process, and so Telegram, was kept from its work."""
    _read: int = 0

    def publish(self, count: int = 1) -> list[int]:
        """So many articles that everybody is owed."""
        site, new = self.stage.site, []
        for _ in range(count):
            number = len(self.articles)
            title = f"Visa {number:04} {number * 7919 % 10007} opens"
            body = [f"It was said of number {number}. It was heard by {number * 31 % 977}."]
            new.append(site.publish("en", title, body))
            self.articles.append(new[-1])
            self.missing |= {(chat, new[-1]) for chat in self.chats}
        return new

    def look(self) -> "Crowd":
        """Read what was sent since."""
        calls = self.stage.telegram.ledger.calls
        for call in islice(calls, self._read, None):
            self._read += 1
            if not call.messages:
                continue
            for article in {*map(int, LINK.findall(str(call.params.get("text", ""))))}:
                name = int(call.chat_id), article
                self.told[name] += 1
                self.first.setdefault(name, call.at)
                self.missing.discard(name)
        return self

    def twice(self) -> set[Told]:
        """What was told more than once."""
        return {name for name, times in self.told.items() if times > 1}

    async def all_told(self, patience: float = 90.0) -> None:
        """Wait until everybody was told everything; fails where that does not come to be."""
        try:
            await until(lambda: not self.look().missing, patience)
        except TimeoutError:
            untold = Counter(article for _, article in self.missing)
            raise AssertionError(f"untold, by article: {untold}") from None

    def sent(self) -> dict[int, list[float]]:
        """For each chat, when messages came, but for those that came while Telegram stood still."""
        moments: dict[int, list[float]] = {}
        for call in self.stage.telegram.ledger.calls:
            if call.messages and not self._is_stalled(call.at):
                moments.setdefault(int(call.chat_id), []).append(call.at)
        return moments

    def most_in_a_second(self) -> int:
        """Of what was sent to all."""
        return busiest(chain.from_iterable(self.sent().values()))

    def most_to_a_chat(self) -> int:
        """Of what was sent to one."""
        return max(map(busiest, self.sent().values()))

    def _is_stalled(self, at: float) -> bool:
        number = bisect_right(self.stalls, (at, math.inf)) - 1
        return number >= 0 and at <= self.stalls[number][1]

    async def watch(self) -> None:
        """Notice, until cancelled, when the loop stands still, so that its times are off."""
        clock = self.stage.telegram.world.clock
        while True:
            start = clock()
            await asyncio.sleep(STEP_SECONDS)
            if clock() - start > STEP_SECONDS + STALL_SECONDS:
                self.stalls.append((start, clock() + RECOVERY_SECONDS))


def busiest(moments: Iterable[float]) -> int:
    """The most in any second, less what is no stall."""
    found, start, most = sorted(moments), 0, 0
    for end, moment in enumerate(found):
        while found[start] <= moment - (1.0 - STALL_SECONDS):
            start += 1
        most = max(most, end - start + 1)
    return most


async def gather(stage: Stage, client: Client, count: int, word: str = "visa") -> Crowd:
    """So many people who have written to the bot and asked for a word, as the store knows them."""
    chats, subscriptions = RedisChats(client), RedisSubscriptions(client)
    crowd = Crowd(stage, [])
    for number in range(count):
        id_ = stage.telegram.private(stage.telegram.person(f"Reader {number}", "en"))
        stage.telegram.world.chats[id_].started = True
        crowd.chats.append(id_)
        await chats.save(chat(id_))
        await subscriptions.add(subscription(ChatRef(id_), word), 100)
    return crowd


async def pause(client: Client, chat_id: int, *, is_paused: bool = True) -> None:
    """Let a chat be told nothing for a while, or again."""
    await RedisChats(client).save(replace(chat(chat_id), is_paused=is_paused))


async def leased(client: Client) -> set[Told]:
    """What is out with some process just now."""
    found = await client.execute("HGETALL", keys.LEASES)
    return {
        (int(chat_id), int(line.split(b" ")[1]))
        for chat_id, value in found.items()
        for line in value.split(b"\n")[1:]
    }
