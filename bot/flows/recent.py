"""What the last 30 days held, so that a query can be tried before it is followed.

It is read from the store in the background, soon after the start, and looked for what is new when
it is asked for again: that lies in the last days, so that older ones are looked at more seldom. A
young process looks more often, as long as the store itself may be filling up.
"""

import asyncio
from collections.abc import Collection, Iterator
from datetime import UTC, datetime

import structlog

from bot.flows.month import DAY, DAYS, Month, day_of
from bot.flows.news import headline
from bot.matching.diary import Trial
from bot.matching.query import Query
from bot.model import Edition, Item, Outlook
from bot.ports import Articles, Clock, StoreUnavailable

BEGIN_SECONDS = 5.0
"""After a start, what reads the news comes first."""
YOUNG_SECONDS = 1.0
"""The shortest pause between two looks. At first it doubles with each."""
LOOK_SECONDS = 60.0
SELDOM_SECONDS = 3600.0
"""For each day of its age, a day is left alone for so long."""
CHUNK = 10
MOST_TRIALS = 60
"""Articles that are read again where postings can't tell; of the rest so many meet a query as
of these.
"""
PATIENCE_SECONDS = 0.1
"""A reader does not wait longer for what is only good to know."""

log = structlog.get_logger(__name__)


class Recent:
    """The last days' articles, by what queries find them by."""

    def __init__(
        self, articles: Articles, clock: Clock, *, patience: float = PATIENCE_SECONDS
    ) -> None:
        self._articles = articles
        self._clock = clock
        self._patience = patience
        self._month = Month()
        self._looked: dict[int, float] = {}
        """Day → when it was looked through."""
        self._task: asyncio.Task[None] | None = None
        self._begun, self._first = float("-inf"), 0.0
        self._is_ready = False

    def begin(self) -> None:
        """Look for what is new, where that was not done for a minute."""
        now = self._clock.now().timestamp()
        is_free = self._task is None or self._task.done()
        if is_free and self._is_due(self._begun, LOOK_SECONDS, now):
            self._first = now if self._task is None else self._first
            self._begun = now
            self._task = asyncio.create_task(self._look())

    def _is_due(self, looked: float, pause: float, now: float) -> bool:
        return now >= looked + min(pause, max(YOUNG_SECONDS, looked - self._first))

    async def look(self, seconds: float | None = None) -> None:
        """`begin`, and wait for it so long."""
        self.begin()
        if self._task is not None:
            await asyncio.wait([self._task], timeout=seconds)

    async def stop(self) -> None:
        """Read no more."""
        self._begun = float("inf")
        if self._task is not None:
            self._task.cancel()
            await asyncio.wait([self._task])

    async def outlook(self, query: Query, editions: Collection[Edition]) -> Outlook | None:
        """What the query would have met in these editions. None: not known yet, or not in time."""
        await self.look(self._patience * self._is_ready / 2)
        since = self._month.since(editions, self._clock.now())
        if since is None or not self._is_ready:
            return None
        try:
            async with asyncio.timeout(self._patience):
                return await self._outlook(query, editions, since)
        except (TimeoutError, StoreUnavailable):
            return None

    async def met(self, query: Query, editions: Collection[Edition]) -> list[Item]:
        """What met it, or may have, latest first, as far as is known without reading again."""
        since = self._month.since(editions, self._clock.now())
        if since is None:
            return []
        surely, perhaps = await self._met(query, editions, since)
        return sorted((*surely, *perhaps), key=_age)

    async def _met(
        self, query: Query, editions: Collection[Edition], since: datetime
    ) -> tuple[list[Item], list[Item]]:
        """Those that surely meet it and those that perhaps do, each latest first."""
        surely: list[Item] = []
        perhaps: list[Item] = []
        for page in [*self._month.pages]:
            bounds = page.met(query, editions)
            surely += page.of(bounds.surely)
            perhaps += page.of(bounds.perhaps & ~bounds.surely)
            await asyncio.sleep(0)
        return _latest(surely, since), _latest(perhaps, since)

    async def _outlook(
        self, query: Query, editions: Collection[Edition], since: datetime
    ) -> Outlook:
        surely, perhaps = await self._met(query, editions, since)
        tried = perhaps[:MOST_TRIALS]
        met = await self._tried(Trial(query), tried)
        share = len(met) / len(tried) if tried else 0.0
        return Outlook(
            days=max(1, round((self._clock.now() - since) / DAY)),
            met=len(surely) + round(share * len(perhaps)),
            is_rough=len(tried) < len(perhaps),
            latest=min((*surely, *met), key=_age, default=None),
        )

    async def _tried(self, trial: Trial, items: list[Item]) -> list[Item]:
        met: list[Item] = []
        for chunk in _chunks(items):
            articles = await self._articles.get([item.id for item in chunk])
            for item in chunk:
                if trial.meets(articles.get(item.id) or headline(item)):
                    met.append(item)
                await asyncio.sleep(0)
        return met

    async def _look(self) -> None:
        try:
            await self._read_all()
        except StoreUnavailable as error:
            log.warning("recent articles not read", reason=str(error))
        except Exception:
            log.exception("recent articles not read")
        else:
            self._is_ready = True

    async def _read_all(self) -> None:
        now = self._clock.now()
        self._month.forget(now - DAYS * DAY)
        for age in range(DAYS + 1):
            day = day_of(now) - age
            looked = self._looked.get(day, float("-inf"))
            if self._is_due(looked, age * SELDOM_SECONDS, now.timestamp()):
                await self._read(day)
                self._looked[day] = now.timestamp()
        self._looked = {day: at for day, at in self._looked.items() if day >= day_of(now) - DAYS}

    async def _read(self, day: int) -> None:
        begin = datetime.fromtimestamp(day * DAY.total_seconds(), UTC)
        items = await self._articles.between(begin, begin + DAY)
        for chunk in _chunks([item for item in items if item not in self._month]):
            articles = await self._articles.get([item.id for item in chunk])
            for item in chunk:
                self._month.add(item, articles.get(item.id) or headline(item))
                await asyncio.sleep(0)


def _age(item: Item) -> tuple[float, int]:
    return -item.published.timestamp(), -item.id


def _latest(items: list[Item], since: datetime) -> list[Item]:
    return sorted((item for item in items if item.published >= since), key=_age)


def _chunks(items: list[Item]) -> Iterator[list[Item]]:
    for at in range(0, len(items), CHUNK):
        yield items[at : at + CHUNK]
