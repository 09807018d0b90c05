"""Headlines by time: what articles leave behind, and what was baselined or filed without one."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from itertools import chain

from bot.model import Edition, Item, Place
from bot.store import keys, records
from bot.store.connection import Client, Command


class RedisHeadlines:
    """That part of `Articles`."""

    def __init__(self, client: Client) -> None:
        self._client = client

    async def headlines(self, ids: Sequence[int]) -> dict[int, Item]:
        if not ids:
            return {}
        rows = await self._client.execute("HMGET", keys.HEADLINES, *map(name, ids))
        pairs = zip(ids, rows, strict=True)
        return {item: records.load_item(row) for item, row in pairs if row}

    async def latest(
        self, editions: Collection[Edition], limit: int, before: Place | None = None
    ) -> list[Item]:
        lines = [*map(keys.timeline, editions)] * (limit > 0)
        if before is None:
            newest: list[Command] = [("ZREVRANGE", line, 0, limit - 1) for line in lines]
            return (await self._headlines(newest))[: -limit - 1 : -1]
        at = before[0].timestamp()
        older = (f"({at!r}", "-inf", "LIMIT", 0, limit)
        ranges = [("ZREVRANGEBYSCORE", line, *older) for line in lines]
        found = await self._headlines([*ranges, *_within(lines, at)])
        return [item for item in found if item.place < before][: -limit - 1 : -1]

    async def following(
        self, editions: Collection[Edition], limit: int, after: Place
    ) -> list[Item]:
        lines = [*map(keys.timeline, editions)] * (limit > 0)
        at = after[0].timestamp()
        newer = (f"({at!r}", "+inf", "LIMIT", 0, limit)
        ranges = [("ZRANGEBYSCORE", line, *newer) for line in lines]
        found = await self._headlines([*ranges, *_within(lines, at)])
        return [item for item in found if item.place > after][:limit][::-1]

    async def between(self, since: datetime, until: datetime) -> list[Item]:
        span = since.timestamp(), f"({until.timestamp()}"
        return await self._headlines(
            [("ZRANGEBYSCORE", keys.timeline(edition), *span) for edition in Edition]
        )

    async def _headlines(self, ranges: Sequence[Command]) -> list[Item]:
        """Those of the ids that these commands answer, oldest first."""
        ids = [*chain.from_iterable(await self._client.execute_all(ranges))]
        rows = await self._client.execute("HMGET", keys.HEADLINES, *ids) if ids else []
        items = [records.load_item(row) for row in rows if row]
        return sorted(items, key=lambda item: (item.published, item.id))


def _within(lines: Iterable[str], at: float) -> list[Command]:
    """All of one moment, which ids alone tell apart."""
    return [("ZRANGEBYSCORE", line, at, at) for line in lines]


def name(item: int) -> str:
    """Of one width, so that items of one minute are in the order of their ids."""
    return f"{item:012d}"
