"""What is read most."""

from dataclasses import replace
from datetime import datetime

from bot.model import Edition, Item, Popular
from bot.store import keys, records
from bot.store.connection import Client


class RedisPopularNews:
    """`PopularNews`. A line for the time, and one for each item."""

    def __init__(self, client: Client) -> None:
        self._client = client

    async def keep(self, edition: Edition, popular: Popular) -> None:
        """One round trip."""
        lines = [popular.seen.isoformat(), *map(records.dump_item, popular.items)]
        await self._client.execute("HSET", keys.POPULAR, edition, "\n".join(lines))

    async def get(self, edition: Edition) -> Popular | None:
        """Two round trips."""
        text = await self._client.execute("HGET", keys.POPULAR, edition)
        if text is None:
            return None
        seen, *lines = text.split(b"\n")
        items = await self._dated([records.load_item(line) for line in lines])
        return Popular(tuple(items), datetime.fromisoformat(seen.decode()))

    async def _dated(self, items: list[Item]) -> list[Item]:
        """As published, where a headline says when."""
        names = [f"{item.id:012d}" for item in items]
        rows = await self._client.execute("HMGET", keys.HEADLINES, *names) if names else []
        pairs = zip(items, rows, strict=True)
        return [
            replace(item, published=records.load_item(row).published) if row else item
            for item, row in pairs
        ]
