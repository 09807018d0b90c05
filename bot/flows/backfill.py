"""Older news, read at leisure, so that there is something to search from the first hour on.

an edition's next page → what is too old to be told → seen by its headlines, in one step with how
far it was read
"""

from collections import Counter
from collections.abc import Collection
from datetime import timedelta

import structlog

from bot.flows.news import is_news
from bot.flows.paging import load
from bot.flows.reach import Reach
from bot.model import Edition, Item
from bot.ports import Archive, Articles, Clock, NewsSite, PageNotFound, SiteError

FIRST = 2
"""The baseline read the page before."""
IDLE_SECONDS = 60.0
"""Where nothing is left to read it is seen so often whether that is still so."""
RETRY_SECONDS = 600.0
"""A page that can't be read rests so long, while other editions go on."""
MOST_ATTEMPTS = 3

log = structlog.get_logger(__name__)


class Backfill:
    """Reads one page of a listing at a time, when there is nothing else to read."""

    def __init__(
        self,
        site: NewsSite,
        articles: Articles,
        archive: Archive,
        reach: Reach,
        clock: Clock,
        editions: Collection[Edition],
        *,
        pages: int,
        pause: float,
        max_age: timedelta,
    ) -> None:
        self._site = site
        self._articles = articles
        self._archive = archive
        self._reach = reach
        self._clock = clock
        self._editions = editions
        self._pages = pages
        self._pause = pause
        self._max_age = max_age
        self._due = 0.0
        self._attempts: Counter[Edition] = Counter()
        self._rests_until: dict[Edition, float] = {}
        self._last: dict[Edition, frozenset[int]] = {}
        """What the last page of each showed."""

    async def read(self) -> None:
        """The next page, if one is due. Raises StoreUnavailable."""
        if self._pages < FIRST or self._now() < self._due or not self._reach.answers:
            return
        self._due = self._now() + IDLE_SECONDS
        left = [each for each in await self._left() if not self._rests(each[1])]
        if not left:
            return
        page, edition = min(left)
        await self._read(edition, page)
        if not await self._left():
            log.info("older news filed", editions=",".join(self._editions))

    async def _left(self) -> list[tuple[int, Edition]]:
        """The next page of each edition that has one."""
        reached = await self._archive.reached()
        pages = [(reached.get(edition, FIRST), edition) for edition in self._editions]
        return [
            (page, edition)
            for page, edition in pages
            if 0 < page <= self._pages and await self._articles.is_baselined(edition)
        ]

    def _rests(self, edition: Edition) -> bool:
        return self._now() < self._rests_until.get(edition, 0.0)

    async def _read(self, edition: Edition, page: int) -> None:
        try:
            listing = await load(self._site, edition, page)
        except PageNotFound:
            listing = None
        except SiteError as error:
            await self._fail(edition, page, error)
            return
        rows = listing.items if listing else ()
        shown = frozenset(row.id for row in rows)
        # Some sites show their last page for every number beyond.
        is_end = not rows or shown == self._last.get(edition)
        await self._file(edition, rows, 0 if is_end else page + 1)
        # A page that could not be filed is shown again, and is no end.
        self._last[edition] = shown

    async def _file(self, edition: Edition, rows: Collection[Item], next_page: int) -> None:
        now, floor = self._clock.now(), await self._articles.floor(edition)
        # What may still be told is the poll's to find.
        old = [row for row in rows if not is_news(row.published, now, self._max_age, floor)]
        await self._archive.file(edition, old, next_page)
        self._due = self._now() + self._pause
        self._attempts[edition], self._rests_until[edition] = 0, 0.0

    async def _fail(self, edition: Edition, page: int, error: SiteError) -> None:
        """Try a page that can't be read again, and in the end do without it."""
        self._reach.rest(error)
        self._due = self._now() + self._pause
        self._attempts[edition] += 1
        self._rests_until[edition] = self._now() + RETRY_SECONDS
        if self._attempts[edition] >= MOST_ATTEMPTS:
            log.warning("older news skipped", edition=edition, page=page, reason=str(error))
            await self._file(edition, (), page + 1)

    def _now(self) -> float:
        return self._clock.now().timestamp()
