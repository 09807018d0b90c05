"""What is published: a listing's unknown rows wait, each is read, and kept with its alerts.

poll:  listing → unknown rows → they wait
read:  claim → page → who wants it → one step: kept, seen, alerts in the outbox
"""

from collections.abc import Awaitable, Callable, Sequence
from datetime import timedelta

import structlog

from bot.flows.audience import Audience
from bot.flows.emptied import Emptied
from bot.flows.news import LONGEST_WAIT_SECONDS, Failed, after_failure, headline, is_news
from bot.flows.paging import MOST_PAGES, load, page_back
from bot.flows.review import Review, looks
from bot.flows.stories import Stories
from bot.flows.troubles import Troubles
from bot.model import Alert, Article, Edition, Item, Listing, Rate
from bot.ports import (
    Articles,
    Clock,
    Meter,
    NewsSite,
    SiteError,
    SiteUnavailable,
    StoreUnavailable,
)

LEASE_SECONDS = 20.0
PATIENCE = 2

Notice = Callable[[Sequence[Rate]], Awaitable[None]]

log = structlog.get_logger(__name__)


async def _nothing(_: Sequence[Rate]) -> None:
    """Pass over rates."""


class Collect:
    """Calls the ports in the right order; what to do is decided in `news`."""

    def __init__(
        self,
        site: NewsSite,
        articles: Articles,
        audience: Audience,
        stories: Stories,
        review: Review,
        clock: Clock,
        troubles: Troubles,
        meter: Meter,
        *,
        max_age: timedelta,
        poll_seconds: float,
        notice: Notice = _nothing,
    ) -> None:
        self._site = site
        self._articles = articles
        self._audience = audience
        self._stories = stories
        self._review = review
        self._clock = clock
        self._troubles = troubles
        self._meter = meter
        self._max_age = max_age
        self._poll_seconds = poll_seconds
        self._emptied = Emptied(troubles)
        self._notice = notice
        self._answers = False
        self._stopped = False
        self._rests_until = 0.0

    async def poll(self, edition: Edition) -> None:
        """Look for news; a listing that can't be read is told. Raises StoreUnavailable."""
        if self._now() < self._rests_until:
            return
        try:
            await self._look(edition)
        except SiteError as error:
            self._answers = not isinstance(error, SiteUnavailable)
            self._rest(error)
            patience = 0 if self._answers else PATIENCE
            self._meter.polled(edition, well=False)
            self._troubles.begin(f"listing {edition}", str(error), patience)
        else:
            self._answers = True
            self._meter.polled(edition, well=True)
            self._troubles.end(f"listing {edition}")

    async def _look(self, edition: Edition) -> None:
        if not await self._articles.is_baselined(edition):
            self._emptied.missing(edition)
            await self._baseline(edition)
            return
        self._emptied.known(edition)
        gap = await self._articles.gap(edition)
        validator = None if gap else await self._articles.validator(edition)
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

    def stop(self) -> None:
        """Begin no article any more."""
        self._stopped = True

    async def read(self) -> int:
        """Read what waits and is due, what may be told before what is too old for it, while the
        site answers; how many were kept. Raises StoreUnavailable.
        """
        kept = 0
        while self._answers and not self._stopped and self._now() >= self._rests_until:
            fresh_since = self._now() - self._max_age.total_seconds()
            claimed = await self._articles.claim(self._now(), LEASE_SECONDS, 1, fresh_since)
            if not claimed:
                break
            kept += await self._read_one(*claimed[0])
        return kept

    async def _read_one(self, item: Item, token: str, attempts: int) -> bool:
        try:
            return await self._keep(await self._site.article(item), token)
        except StoreUnavailable:
            raise
        except Exception as error:  # noqa: BLE001 - one bad page must not stop the next
            self._rest(error)
            failed = after_failure(error, attempts, self._poll_seconds)
            reason = f"{type(error).__name__}: {error}"
            log.warning("article unreadable", url=item.url, then=failed.then, reason=reason)
            return await self._make_do(item, token, failed)

    def _rest(self, error: Exception) -> None:
        """Ask for nothing while the site is to be left alone, and count no attempt meanwhile."""
        if isinstance(error, SiteUnavailable):
            self._rests_until = self._now() + error.retry_after

    async def _make_do(self, item: Item, token: str, failed: Failed) -> bool:
        match failed.then:
            case "headline":
                return await self._keep_headline(item, token)
            case "drop":
                await self._articles.drop(item.id, token)
            case _:
                await self._articles.put_off(item.id, token, self._now() + failed.seconds)
        return False

    async def _keep_headline(self, item: Item, token: str) -> bool:
        """What even fails of a headline waits for a program that is mended."""
        try:
            return await self._keep(headline(item), token)
        except StoreUnavailable:
            raise
        except Exception:
            log.exception("article can't be kept", url=item.url)
            await self._articles.put_off(item.id, token, self._now() + LONGEST_WAIT_SECONDS)
            return False

    async def _keep(self, read: Article, token: str) -> bool:
        article = await self._stories.placed(read)
        alerts = await self._alerts(article)
        now = self._now()
        kept = await self._articles.keep(article, alerts, token, now, looks(now))
        if kept:
            self._meter.kept(article.edition)
        log.info("article kept", url=article.url, alerts=len(alerts), claimed=kept)
        return kept

    async def _alerts(self, article: Article) -> list[Alert]:
        floor = await self._articles.floor(article.edition)
        if not is_news(article.published, self._clock.now(), self._max_age, floor):
            return []
        return await self._audience.wanting(article)

    def _now(self) -> float:
        return self._clock.now().timestamp()
