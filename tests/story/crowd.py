"""Readers by the hundred, and what each was told, as the simulated Telegram saw it."""

import asyncio
import re
from collections import Counter
from dataclasses import dataclass, field, replace
from itertools import islice

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
STALL_SECONDS = 0.01


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
    longest_stall: float = 0.0
    """For how long, in seconds, this process was kept from its work: so far its times are off."""
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

    def most_in_a_second(self) -> int:
        """Sent within any second, less what this process itself was held up."""
        return self.stage.telegram.ledger.peak(1.0 - self.longest_stall)

    def most_to_a_chat(self) -> int:
        """Likewise, to one chat."""
        window, ledger = 1.0 - self.longest_stall, self.stage.telegram.ledger
        return max(ledger.peak(window, chat) for chat in self.chats)

    async def watch(self) -> None:
        """Notice, until cancelled, how long the loop stands still."""
        loop = asyncio.get_running_loop()
        while True:
            start = loop.time()
            await asyncio.sleep(STALL_SECONDS)
            self.longest_stall = max(self.longest_stall, loop.time() - start - STALL_SECONDS)


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
