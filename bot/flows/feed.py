"""The site's feed, read beside its listings: what it shows first is told first, and once.

the first look: is it a feed of this site? → it stays, or is left out, and a line says why
each look: rows of editions that are baselined, published since the feed is known → they wait
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog

from bot.flows.reach import Reach
from bot.flows.troubles import Troubles
from bot.model import Edition, FeedPage, Item, Validator
from bot.ports import Archive, Articles, Clock, Feed, SiteError, SiteUnavailable

FRESH = timedelta(hours=48)
PATIENCE = 30
"""Looks that fail in a row before it is said: the listings show the same."""

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Judged:
    """What a probe found."""

    is_good: bool
    said: str


def judge(page: FeedPage, now: datetime) -> Judged:
    """Whether a feed is of use: it has an article of the site that is under 48 hours old."""
    newest = max((item.published for item in page.items), default=None)
    if newest is None:
        return Judged(False, "no entry is a dated article of the site")
    hours = (now - newest).total_seconds() / 3600
    found = f"{len(page.items)} articles, the newest {max(0.0, hours):.1f} h old"
    return Judged(now - newest < FRESH, found)


class FollowFeed:
    """Has wait what the feed shows and no listing has shown yet."""

    def __init__(
        self,
        feed: Feed,
        articles: Articles,
        archive: Archive,
        reach: Reach,
        clock: Clock,
        troubles: Troubles,
        editions: Collection[Edition],
    ) -> None:
        self._feed = feed
        self._articles = articles
        self._archive = archive
        self._reach = reach
        self._clock = clock
        self._troubles = troubles
        self._editions = editions
        self._validator: Validator | None = None
        self._is_judged = False
        self._is_left_out = False

    async def look(self) -> None:
        """Raises StoreUnavailable."""
        if self._is_left_out or self._reach.rests:
            return
        try:
            page = await self._feed.page(self._validator)
        except SiteError as error:
            self._fail(error)
            return
        self._troubles.end("feed")
        if page is not None and self._is_good(page):
            await self._take(page)

    def _fail(self, error: SiteError) -> None:
        """A feed that can't be had just now is not judged by that."""
        if self._is_judged or isinstance(error, SiteUnavailable):
            self._troubles.begin("feed", str(error), PATIENCE)
        else:
            self._judge(Judged(False, str(error)))

    def _is_good(self, page: FeedPage) -> bool:
        if not self._is_judged:
            self._judge(judge(page, self._clock.now()))
        return not self._is_left_out

    def _judge(self, judged: Judged) -> None:
        self._is_judged, self._is_left_out = True, not judged.is_good
        if judged.is_good:
            log.info("feed read beside the listings", found=judged.said)
        else:
            log.warning("feed left out", found=judged.said)

    async def _take(self, page: FeedPage) -> None:
        new: list[Item] = []
        # Items are dated to the minute.
        minute = self._clock.now().timestamp() // 60 * 60
        is_whole = True
        for edition in self._editions:
            if not await self._articles.is_baselined(edition):
                is_whole = False
                continue
            since = await self._archive.feed_since(edition, minute)
            # What was there before is the listing's to tell, or to see in silence.
            new += [each for each in page.items if _is_of(each, edition, since)]
        await self._articles.wait(new)
        self._validator = page.validator if is_whole else None


def _is_of(item: Item, edition: Edition, since: float) -> bool:
    return item.edition is edition and item.published.timestamp() >= since
