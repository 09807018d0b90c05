"""What is looked at again, and what is to be put right."""

from collections.abc import Collection

from bot.model import Article
from bot.store import keys, records
from bot.store.connection import Client
from bot.store.scripts import load

CORRECT = load("news", "correct")
CLOSE = load("close_correction")

MOST = 20
"""Looks of one article that are done with at once."""


class RedisCorrections:
    """`Corrections`."""

    def __init__(self, client: Client) -> None:
        self._client = client

    async def look(self, article: int, at: float) -> None:
        """One such look at a time."""
        await self._client.execute("ZADD", keys.LOOKS, at, f"{article} 0")

    async def due(self, now: float) -> tuple[int, Collection[str]] | None:
        """Among the names are those of the looks that come soon after the first."""
        asked = ("ZRANGEBYSCORE", keys.LOOKS, "-inf", now, "LIMIT", 0, MOST)
        names = [name.decode() for name in await self._client.execute(*asked)]
        if not names:
            return None
        article = names[0].partition(" ")[0]
        return int(article), [name for name in names if name.partition(" ")[0] == article]

    async def looked(self, names: Collection[str]) -> None:
        """One round trip."""
        if names:
            await self._client.execute("ZREM", keys.LOOKS, *names)

    async def correct(self, article: Article, names: Collection[str], now: float) -> None:
        """One script."""
        touched = keys.HEADLINES, keys.LOOKS, keys.CORRECTIONS, keys.NEWS
        row = records.dump_item(records.headline(article))
        blob = records.dump_article(article)
        name, kept = f"{article.id:012d}", keys.ARTICLE_SECONDS
        words = name, article.id, blob, kept, row, now
        await self._client.run(CORRECT, (keys.article(article.id), *touched), *words, *names)

    async def open(self) -> dict[int, float]:
        """One round trip."""
        found = await self._client.execute("ZRANGE", keys.CORRECTIONS, 0, -1, "WITHSCORES")
        pairs = zip(found[::2], found[1::2], strict=True)
        return {int(name): float(since) for name, since in pairs}

    async def close(self, article: int, since: float) -> None:
        """One script."""
        await self._client.run(CLOSE, (keys.CORRECTIONS,), article, since)
