"""What was published before the bot looked."""

from collections.abc import Collection

from bot.model import Edition, Item
from bot.store import keys
from bot.store.articles import rows
from bot.store.connection import Client
from bot.store.scripts import load

FILE = load("news", "file")


class RedisArchive:
    """`Archive`."""

    def __init__(self, client: Client) -> None:
        self._client = client

    async def file(self, edition: Edition, items: Collection[Item], next_page: int) -> None:
        """One script."""
        touched = (
            *(keys.WAITING, keys.SEEN, keys.HEADLINES, keys.timeline(edition)),
            *(keys.LISTINGS, keys.NEWS),
        )
        words = (f"{edition}:older", next_page, *rows(items))
        await self._client.run(FILE, touched, *words)

    async def reached(self) -> dict[Edition, int]:
        """One round trip."""
        fields = [f"{edition}:older" for edition in Edition]
        found = await self._client.execute("HMGET", keys.LISTINGS, *fields)
        pairs = zip(Edition, found, strict=True)
        return {edition: int(page) for edition, page in pairs if page is not None}

    async def feed_since(self, edition: Edition, now: float) -> float:
        """One round trip."""
        field = f"{edition}:feed"
        begin, read = ("HSETNX", keys.LISTINGS, field, now), ("HGET", keys.LISTINGS, field)
        _, since = await self._client.execute_all([begin, read])
        return float(since)
