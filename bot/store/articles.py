"""What is known of the site."""

import secrets
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime

from bot.model import Alert, Article, Edition, Item, Validator
from bot.store import keys, records
from bot.store.connection import Argument, Client
from bot.store.headlines import RedisHeadlines, name
from bot.store.scripts import load

BASELINE = load("articles", "news", "baseline")
DISCOVER = load("discover")
WAIT = load("wait")
CLAIM = load("articles", "claim")
PUT_OFF = load("articles", "put_off")
DROP = load("articles", "drop")
FAN_OUT = load("outbox", "put", "articles", "fan_out")
KEEP = load("outbox", "put", "articles", "news", "keep")

CHUNK = 1000
"""Some 5 ms, for which a script has the store to itself."""


class RedisArticles(RedisHeadlines):
    """`Articles`. `chunk`: how many alerts one script puts in."""

    def __init__(self, client: Client, chunk: int = CHUNK) -> None:
        super().__init__(client)
        self._chunk = chunk

    async def is_baselined(self, edition: Edition) -> bool:
        return bool(await self._client.execute("HEXISTS", keys.BASELINES, edition))

    async def baseline(
        self, edition: Edition, items: Collection[Item], floor: datetime | None
    ) -> None:
        words = (edition, floor.isoformat() if floor else "", *rows(items))
        touched = (keys.HEADLINES, keys.timeline(edition), keys.BASELINES, keys.NEWS)
        await self._client.run(BASELINE, (*_STATES, *touched), *words)

    async def floor(self, edition: Edition) -> datetime | None:
        text = await self._client.execute("HGET", keys.BASELINES, edition)
        return datetime.fromisoformat(text.decode()) if text else None

    async def unknown(self, items: Collection[Item]) -> list[Item]:
        if not items:
            return []
        ids = [name(item.id) for item in items]
        states = [("ZMSCORE", key, *ids) for key in (keys.SEEN, keys.WAITING, keys.FED)]
        found = zip(items, *await self._client.execute_all(states), strict=True)
        return [
            item for item, seen, waiting, fed in found if (seen, waiting) == (None, None) or fed
        ]

    async def wait(self, items: Collection[Item]) -> None:
        touched = keys.WAITING, keys.ITEMS, keys.SEEN, keys.FED
        await self._client.run(WAIT, touched, keys.FED_SECONDS, *rows(items))

    async def discover(
        self, edition: Edition, items: Sequence[Item], validator: Validator | None, gap: int
    ) -> None:
        kept = records.dump_validator(validator) if validator else ""
        touched = (keys.WAITING, keys.ITEMS, keys.SEEN, keys.LISTINGS, keys.FED)
        words = (edition, kept, gap, keys.SEEN_SECONDS, *rows(items))
        await self._client.run(DISCOVER, touched, *words)

    async def validator(self, edition: Edition) -> Validator | None:
        text = await self._client.execute("HGET", keys.LISTINGS, f"{edition}:validator")
        return records.load_validator(text) if text else None

    async def gap(self, edition: Edition) -> int:
        return int(await self._client.execute("HGET", keys.LISTINGS, f"{edition}:gap") or 0)

    async def claim(
        self, now: float, lease: float, limit: int, fresh_since: float = 0.0
    ) -> list[tuple[Item, str, int]]:
        """One script; its claims share a token."""
        token = secrets.token_urlsafe(9)
        words = (now, lease, limit, token, fresh_since)
        found = await self._client.run(CLAIM, _STATES[:3], *words)
        rows = zip(found[::2], found[1::2], strict=True)
        return [(records.load_item(row), token, int(attempts)) for row, attempts in rows]

    async def keep(
        self,
        article: Article,
        alerts: Sequence[Alert],
        token: str,
        now: float,
        looks: Sequence[float] = (),
    ) -> bool:
        """One script for the last 1,000 alerts; more go ahead of it, by chunks."""
        rest = sorted(alerts, key=lambda alert: alert.chat)
        while len(rest) > self._chunk:
            if not await self._fan_out(article.id, rest[: self._chunk], token, now):
                return False
            rest = rest[self._chunk :]
        id_, published, row = rows([records.headline(article)])
        blob = records.dump_article(article)
        words = (id_, token, now, blob, keys.ARTICLE_SECONDS, row, published, _apart(looks))
        touched = (
            *(*keys.OUTBOX, keys.MOVED, keys.GONE, *_STATES),
            *(keys.HEADLINES, keys.timeline(article.edition)),
            *(keys.article(article.id), keys.fanout(article.id), keys.LOOKS, keys.NEWS),
        )
        return bool(await self._client.run(KEEP, touched, *words, *records.dump_alerts(rest, now)))

    async def put_off(self, item: int, token: str, until: float) -> None:
        """Nothing, where the claim is another's."""
        await self._client.run(PUT_OFF, (keys.CLAIMS,), name(item), token, until)

    async def drop(self, item: int, token: str) -> None:
        """Nothing, where the claim is another's."""
        touched = (*_STATES, keys.fanout(item), keys.FED)
        await self._client.run(DROP, touched, name(item), token)

    async def get(self, ids: Sequence[int]) -> dict[int, Article]:
        if not ids:
            return {}
        found = await self._client.execute("MGET", *map(keys.article, ids))
        pairs = zip(ids, found, strict=True)
        return {item: records.load_article(data) for item, data in pairs if data}

    async def _fan_out(self, item: int, alerts: Sequence[Alert], token: str, now: float) -> bool:
        touched = (*keys.OUTBOX, keys.MOVED, keys.GONE, keys.CLAIMS, keys.fanout(item))
        words = (name(item), token, keys.FANOUT_SECONDS)
        return bool(
            await self._client.run(FAN_OUT, touched, *words, *records.dump_alerts(alerts, now))
        )


_STATES = (keys.WAITING, keys.ITEMS, keys.CLAIMS, keys.SEEN)


def _apart(moments: Iterable[float]) -> str:
    return " ".join(map(str, moments))


def rows(items: Iterable[Item]) -> list[Argument]:
    """Id, time of publication and row of each, as the scripts take them."""
    words: list[Argument] = []
    for item in items:
        words += (name(item.id), item.published.timestamp(), records.dump_item(item))
    return words
