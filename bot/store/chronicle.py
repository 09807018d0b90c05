"""What was published, and the log of it by which indexes follow."""

from collections.abc import Sequence

from bot.model import Article, Edition, Item
from bot.store import keys, records
from bot.store.connection import Client
from bot.store.scripts import load

CURSOR = load("cursor")

BATCH = 1000


class RedisChronicle:
    """`Chronicle`."""

    def __init__(self, client: Client) -> None:
        self._client = client

    async def cursor(self) -> str:
        """One script."""
        return str((await self._client.run(CURSOR, (keys.NEWS,))).decode())

    async def changes(self, cursor: str) -> tuple[list[int], str] | None:
        """A thousand a round trip."""
        ids: list[int] = []
        while True:
            rows = await self._client.execute("XRANGE", keys.NEWS, cursor, "+", "COUNT", BATCH)
            if not rows or rows[0][0].decode() != cursor:
                return None
            ids += [int(fields[b"id"]) for _, fields in rows[1:] if b"id" in fields]
            cursor = rows[-1][0].decode()
            if len(rows) < BATCH:
                return [*dict.fromkeys(ids)], cursor

    async def ids(self) -> list[int]:
        """Ten thousand of an edition a round trip."""
        found: list[tuple[float, int]] = []
        for edition in Edition:
            first, rows = 0, [b""]
            while rows:
                span = first, first + 10 * BATCH - 1, "WITHSCORES"
                rows = await self._client.execute("ZREVRANGE", keys.timeline(edition), *span)
                pairs = zip(rows[::2], rows[1::2], strict=True)
                found += [(float(published), int(id_)) for id_, published in pairs]
                first += 10 * BATCH
        return [id_ for _, id_ in sorted(found, reverse=True)]

    async def read(self, ids: Sequence[int]) -> list[Article]:
        """Two round trips."""
        if not ids:
            return []
        names = [f"{id_:012d}" for id_ in ids]
        rows = await self._client.execute("HMGET", keys.HEADLINES, *names)
        shown = [id_ for id_, row in zip(ids, rows, strict=True) if row]
        pages = await self._client.execute("MGET", *map(keys.article, shown)) if shown else []
        kept = dict(zip(shown, pages, strict=True))
        return [
            records.load_article(page) if (page := kept[id_]) else _bare(records.load_item(row))
            for id_, row in zip(ids, rows, strict=True)
            if row
        ]

    async def extent(self) -> tuple[int, float]:
        """One round trip."""
        lines = [keys.timeline(edition) for edition in Edition]
        counts = [("ZCARD", line) for line in lines]
        oldest = [("ZRANGE", line, 0, 0, "WITHSCORES") for line in lines]
        found = await self._client.execute_all([*counts, *oldest])
        scores = [float(row[1]) for row in found[len(lines) :] if row]
        return sum(found[: len(lines)]), min(scores, default=0.0)


def _bare(item: Item) -> Article:
    """A headline, as an article of which nothing else is known."""
    return Article(
        item.edition, item.id, item.url, item.title, (), item.published, important=item.important
    )
