"""What is published: a listing's unknown rows wait, each is read, and kept with its alerts.

poll:  listing → unknown rows → they wait
read:  claim → page → who wants it → one step: kept, seen, alerts in the outbox
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

import structlog

from bot.flows.audience import Audience
from bot.flows.troubles import Troubles
from bot.model import Alert, Article, Edition, Item, Listing
from bot.ports import (
    Articles,
    Clock,
    Meter,
    NewsSite,
    PageNotFound,
    SiteError,
    SiteUnavailable,
    StoreUnavailable,
)

LEASE_SECONDS = 20.0
MOST_PAGES = 40
UNREADABLE_FOR_GOOD = 5
FOR_GOOD = {PageNotFound: 3, SiteUnavailable: 8}
PATIENCE = 2
LONGEST_WAIT_SECONDS = 1800.0

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Failed:
    """What becomes of an item whose page could not be read."""

    then: Literal["wait", "drop", "headline"]
    """`headline`: tell it by its title alone."""
    seconds: float = 0.0


def after_failure(error: Exception, attempts: int, poll_seconds: float) -> Failed:
    """Decide; `attempts` failed before this one. A page that is not there is withdrawn news; one
    that can't be read for good is still news, and its row says enough for an alert.
    """
    most = FOR_GOOD.get(type(error), UNREADABLE_FOR_GOOD)
    if attempts + 1 >= most:
        return Failed("drop" if isinstance(error, PageNotFound) else "headline")
    asked = error.retry_after if isinstance(error, SiteUnavailable) else 0.0
    backoff = min(poll_seconds * 2.0 ** min(attempts, 12), LONGEST_WAIT_SECONDS)
    return Failed("wait", max(asked, backoff))


def is_news(published: datetime, now: datetime, max_age: timedelta, floor: datetime | None) -> bool:
    """Whether readers are to be told: not too old, and not from before the baseline's reach."""
    return published >= now - max_age and (floor is None or published >= floor)


def headline(item: Item) -> Article:
    """All that a row says."""
    return Article(
        item.edition, item.id, item.url, item.title, (), item.published, important=item.important
    )


class Collect:
    """Calls the ports in the right order; what to do is decided above."""

    def __init__(
        self,
        site: NewsSite,
        articles: Articles,
        audience: Audience,
        clock: Clock,
        troubles: Troubles,
        meter: Meter,
        *,
        max_age: timedelta,
        poll_seconds: float,
    ) -> None:
        self._site = site
        self._articles = articles
        self._audience = audience
        self._clock = clock
        self._troubles = troubles
        self._meter = meter
        self._max_age = max_age
        self._poll_seconds = poll_seconds
        self._answers = False

    async def poll(self, edition: Edition) -> None:
        """Look for news; a listing that can't be read is told. Raises StoreUnavailable."""
        try:
            await self._look(edition)
        except SiteError as error:
            self._answers = not isinstance(error, SiteUnavailable)
            patience = 0 if self._answers else PATIENCE
            self._meter.polled(edition, well=False)
            await self._troubles.begin(f"listing {edition}", str(error), patience)
        else:
            self._answers = True
            self._meter.polled(edition, well=True)
            await self._troubles.end(f"listing {edition}")

    async def _look(self, edition: Edition) -> None:
        if not await self._articles.is_baselined(edition):
            await self._baseline(edition)
            return
        gap = await self._articles.gap(edition)
        validator = None if gap else await self._articles.validator(edition)
        first = await self._site.listing(edition, 1, validator)
        if first is not None:
            items, gap = await self._page_back(first, gap)
            await self._articles.discover(edition, items, None if gap else first.validator, gap)

    async def _page_back(self, page: Listing, gap: int) -> tuple[list[Item], int]:
        """Unknown items down to a page of known ones, and the page at which that broke off."""
        found: dict[int, Item] = {}
        while page.page <= MOST_PAGES:
            unknown = await self._articles.unknown(page.items)
            fresh = {item.id: item for item in unknown if item.id not in found}
            found |= fresh
            if not page.items or (not fresh and page.page >= gap):
                break
            try:
                page = await self._older(page)
            except SiteError as error:
                log.warning("paging back broke off", edition=page.edition, reason=str(error))
                return list(found.values()), page.page + 1
        return list(found.values()), 0

    async def _older(self, page: Listing) -> Listing:
        older = await self._site.listing(page.edition, page.page + 1)
        return older or Listing(page.edition, page.page + 1, ())

    async def _baseline(self, edition: Edition) -> None:
        first = await self._site.listing(edition)
        if first is None:
            return
        items, floor = await self._all_recent(first)
        await self._articles.baseline(edition, items, floor)
        log.info("edition baselined", edition=edition, items=len(items))

    async def _all_recent(self, page: Listing) -> tuple[list[Item], datetime | None]:
        """The items that a listing shows, back to those too old to be told; and, where paging
        back broke off, the time of the oldest.
        """
        oldest = self._clock.now() - self._max_age
        found: dict[int, Item] = {}
        while page.page <= MOST_PAGES:
            fresh = {item.id: item for item in page.items if item.id not in found}
            found |= fresh
            if not fresh or all(item.published < oldest for item in fresh.values()):
                return list(found.values()), None
            try:
                page = await self._older(page)
            except SiteError as error:
                log.warning("baseline broke off", edition=page.edition, reason=str(error))
                break
        return list(found.values()), min(item.published for item in found.values())

    def stop(self) -> None:
        """Begin no article any more."""
        self._answers = False

    async def read(self) -> int:
        """Read what waits and is due, oldest first, while the site answers; how many were kept.
        Raises StoreUnavailable.
        """
        kept = 0
        while self._answers:
            claimed = await self._articles.claim(self._now(), LEASE_SECONDS, 1)
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
            failed = after_failure(error, attempts, self._poll_seconds)
            reason = f"{type(error).__name__}: {error}"
            log.warning("article unreadable", url=item.url, then=failed.then, reason=reason)
            return await self._make_do(item, token, failed)

    async def _make_do(self, item: Item, token: str, failed: Failed) -> bool:
        match failed.then:
            case "headline":
                return await self._keep(headline(item), token)
            case "drop":
                await self._articles.drop(item.id, token)
            case _:
                await self._articles.put_off(item.id, token, self._now() + failed.seconds)
        return False

    async def _keep(self, article: Article, token: str) -> bool:
        alerts = await self._alerts(article)
        kept = await self._articles.keep(article, alerts, token, self._now())
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
