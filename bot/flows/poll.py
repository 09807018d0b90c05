"""What listings show: their unknown rows wait to be read.

listing → unknown rows → they wait → the validator of what was seen
"""

from collections.abc import Awaitable, Callable, Sequence
from datetime import timedelta

import structlog

from bot.flows.emptied import Emptied
from bot.flows.paging import MOST_PAGES, load, page_back
from bot.flows.reach import Reach
from bot.flows.review import Review
from bot.flows.troubles import Troubles
from bot.model import Edition, Item, Listing, Rate
from bot.ports import Articles, Clock, Meter, NewsSite, SiteError, SiteUnavailable

PATIENCE = 2

Notice = Callable[[Sequence[Rate]], Awaitable[None]]

log = structlog.get_logger(__name__)


async def _nothing(_: Sequence[Rate]) -> None:
    """Pass over rates."""


def _never() -> bool:
    """Rates are of no interest."""
    return False


class Poll:
    """Looks for news, and has what is new wait."""

    def __init__(
        self,
        site: NewsSite,
        articles: Articles,
        review: Review,
        reach: Reach,
        clock: Clock,
        troubles: Troubles,
        meter: Meter,
        *,
        max_age: timedelta,
        notice: Notice = _nothing,
        wants_rates: Callable[[], bool] = _never,
    ) -> None:
        """`notice` is given the rates in the header of each page that is not the same as before;
        where `wants_rates`, the page is asked for even if it is.
        """
        self._site = site
        self._articles = articles
        self._review = review
        self._reach = reach
        self._clock = clock
        self._troubles = troubles
        self._meter = meter
        self._max_age = max_age
        self._emptied = Emptied(troubles)
        self._notice = notice
        self._wants_rates = wants_rates

    async def look(self, edition: Edition) -> None:
        """For news; a listing that can't be read is told. Raises StoreUnavailable."""
        if self._reach.rests:
            return
        try:
            await self._look(edition)
        except SiteError as error:
            self._reach.failed(error)
            patience = PATIENCE if isinstance(error, SiteUnavailable) else 0
            self._meter.polled(edition, well=False)
            self._troubles.begin(f"listing {edition}", str(error), patience)
        else:
            self._reach.answered()
            self._meter.polled(edition, well=True)
            self._troubles.end(f"listing {edition}")

    async def _look(self, edition: Edition) -> None:
        if not await self._articles.is_baselined(edition):
            self._emptied.missing(edition)
            await self._baseline(edition)
            return
        self._emptied.known(edition)
        gap = await self._articles.gap(edition)
        is_whole = gap or self._wants_rates()
        validator = None if is_whole else await self._articles.validator(edition)
        first = await load(self._site, edition, 1, validator)
        if first is not None:
            await self._discover(first, gap)
            await self._notice(first.rates)

    async def _discover(self, first: Listing, gap: int) -> None:
        floor = await self._articles.floor(first.edition)

        async def is_known(page: int, rows: Sequence[Item]) -> bool:
            if floor and all(row.published < floor for row in rows):
                return True
            # Below a gap rows have moved on since: no page number tells where it is now.
            closes = not gap or (page >= gap and self._are_old(rows))
            return closes and not await self._articles.unknown(rows)

        found = await page_back(self._site, first, is_known)
        gap = max(gap, found.broken_off) if 0 < found.broken_off <= MOST_PAGES else 0
        validator = None if gap else first.validator
        await self._articles.discover(first.edition, found.rows, validator, gap)
        self._say_of_gap(first.edition, gap, found.reason)
        await self._review.notice(found.rows)

    def _say_of_gap(self, edition: Edition, gap: int, reason: str) -> None:
        name = f"older pages {edition}"
        if gap:
            self._troubles.begin(name, reason, PATIENCE)
        else:
            self._troubles.end(name)

    async def _baseline(self, edition: Edition) -> None:
        """See what is there, back to what is too old to be told; two pages at least, so that
        wherever rows move, a page of known ones stops the paging back.
        """
        first = await load(self._site, edition)
        if first is None:
            return

        async def is_old(page: int, rows: Sequence[Item]) -> bool:
            return page > 1 and self._are_old(rows)

        found = await page_back(self._site, first, is_old)
        floor = min(row.published for row in found.rows) if found.broken_off else None
        await self._articles.baseline(edition, found.rows, floor)
        await self._notice(first.rates)
        log.info(
            "edition baselined", edition=edition, items=len(found.rows), broken_off=found.reason
        )

    def _are_old(self, rows: Sequence[Item]) -> bool:
        oldest = self._clock.now() - self._max_age
        return all(row.published < oldest for row in rows)
