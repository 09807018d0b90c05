"""The articles of the last days, and which of them a subscription asked for."""

import asyncio
from collections import OrderedDict
from collections.abc import Collection
from datetime import datetime, timedelta

from bot.flows.advise import read
from bot.flows.month import Month
from bot.flows.news import headline
from bot.matching.diary import Trial
from bot.matching.query import Query
from bot.model import Article, Edition, Item, Subscription
from bot.ports import Articles, Clock

KEPT = timedelta(days=5)
"""From Friday's digest to Monday's, and some."""
NEW = timedelta(days=2)
"""What is published is known by then, and has its last title."""
LOOK = timedelta(seconds=5)
READ = timedelta(minutes=5)
"""So long it may take until a page is read."""
CHUNK = 50
MOST_ANSWERS = 20_000


class Lately:
    """Reads them when it is asked, and then what is new. Raises StoreUnavailable."""

    def __init__(self, articles: Articles, clock: Clock) -> None:
        self._articles = articles
        self._clock = clock
        self._month = Month()
        self._known: dict[int, Article] = {}
        self._seen: dict[int, datetime] = {}
        self._looked: datetime | None = None
        self._first = asyncio.Lock()
        self._answers: OrderedDict[tuple[str, frozenset[Edition]], list[Article]] = OrderedDict()

    async def met(self, asked: Subscription, since: datetime) -> list[Article]:
        """What the subscription asked for since a moment, in no order."""
        await self._look()
        name = asked.key, asked.editions
        if name not in self._answers:
            self._answers[name] = self._find(asked)
            if len(self._answers) > MOST_ANSWERS:
                self._answers.popitem(last=False)
        return [each for each in self._answers[name] if self._is_since(each, since)]

    async def get(self, ids: Collection[int]) -> dict[int, Article]:
        """Those that are known, however old, by id."""
        await self._look()
        older = await self._articles.get([each for each in ids if each not in self._known])
        return older | {each: self._known[each] for each in ids if each in self._known}

    async def count(self, editions: Collection[Edition], since: datetime) -> int:
        """How many articles there were in these editions."""
        await self._look()
        of_them = (each for each in self._known.values() if each.edition in editions)
        return sum(self._is_since(each, since) for each in of_them)

    def _is_since(self, article: Article, since: datetime) -> bool:
        """By when it became known here: a page may be read minutes after it was published."""
        return self._seen[article.id] > since

    def _find(self, asked: Subscription) -> list[Article]:
        query = read(asked.text)
        return self._found(query, asked.editions) if query else []

    def _found(self, query: Query, editions: frozenset[Edition]) -> list[Article]:
        trial, found = Trial(query), []
        for page in self._month.pages:
            bounds = page.met(query, editions)
            surely = {item.id for item in page.of(bounds.surely)}
            for item in page.of(bounds.perhaps | bounds.surely):
                article = self._known[item.id]
                if item.id in surely or trial.meets(article):
                    found.append(article)
        return found

    async def _look(self) -> None:
        async with self._first:
            now = self._clock.now()
            if self._looked is None or now - self._looked >= LOOK:
                await self._read(now)
                self._looked = now

    async def _read(self, now: datetime) -> None:
        since = self._looked - NEW if self._looked else now - KEPT
        items = await self._articles.between(since, now + NEW)
        new = [item for item in items if self._is_new(item)]
        for at in range(0, len(new), CHUNK):
            await self._add(new[at : at + CHUNK], now)
        if new:
            self._forget(now - KEPT)
            self._answers.clear()

    def _is_new(self, item: Item) -> bool:
        known = self._known.get(item.id)
        return known is None or known.title != item.title

    async def _add(self, items: Collection[Item], now: datetime) -> None:
        kept = await self._articles.get([item.id for item in items])
        for item in items:
            article = kept.get(item.id) or headline(item)
            if item not in self._month:
                self._month.add(item, article)
            self._known[item.id] = article
            self._seen.setdefault(item.id, self._known_since(item, now))
            await asyncio.sleep(0)

    def _known_since(self, item: Item, now: datetime) -> datetime:
        """About when it was read: not before it was published, nor before the last look."""
        return min(now, max(item.published, self._looked or item.published) + READ)

    def _forget(self, before: datetime) -> None:
        self._month.forget(before)
        left = {item.id for page in self._month.pages for item in page.items}
        self._known = {each: article for each, article in self._known.items() if each in left}
        self._seen = {each: seen for each, seen in self._seen.items() if each in left}
