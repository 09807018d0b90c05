"""24.kg, or a site in its markup: `/`, `/english/` and `/kyrgyzcha/`, 50 rows a page."""

import asyncio
from collections.abc import Mapping, Sequence
from datetime import datetime

import structlog

from bot.model import Article, Edition, Item, Listing, Popular, Validator
from bot.ports import Clock, PageNotFound, PageUnreadable
from bot.sites.address import SiteAddress
from bot.sites.http import Answer, HttpReader
from bot.sites.listing import Rows, read_listing
from bot.sites.markup import parse
from bot.sites.page import article_of
from bot.sites.popular import read_popular

PATHS: Mapping[Edition, str] = {Edition.RU: "/", Edition.EN: "/english/", Edition.KY: "/kyrgyzcha/"}

log = structlog.get_logger(__name__)


class TwentyFourKg:
    """The `NewsSite` at `base_url`, through a reader of that host. Pages are parsed in threads."""

    def __init__(self, base_url: str, reader: HttpReader, clock: Clock) -> None:
        self._address = SiteAddress(base_url)
        self._reader = reader
        self._clock = clock
        self._popular: dict[Edition, Popular] = {}
        self._bad: dict[tuple[Edition, int], tuple[str, ...]] = {}

    async def listing(
        self, edition: Edition, page: int = 1, validator: Validator | None = None
    ) -> Listing | None:
        """See `NewsSite`. A later page that is not there is the end of the listing; one without
        a list raises PageUnreadable, as the first does.
        """
        url = self._address.at(PATHS[edition] + (f"page_{page}/" if page > 1 else ""))
        try:
            answer = await self._reader.read(url, validator)
        except PageNotFound:
            if page > 1:
                return Listing(edition, page, ())
            raise
        if answer is None:
            return None
        now = self._clock.now()
        rows = await asyncio.to_thread(
            read_listing, answer.html, answer.url, edition, self._address, now
        )
        if page == 1 and not rows.items:
            raise PageUnreadable(f"{url}: a listing without a row")
        self._tell_bad(edition, page, rows)
        self._see_popular(edition, rows.popular, now)
        return Listing(edition, page, rows.items, rows.rates, answer.validator)

    async def article(self, item: Item) -> Article:
        """See `NewsSite`."""
        answer = await self._reader.read(item.url)
        if answer is None:
            raise PageUnreadable(f"{item.url}: not modified, which nobody asked")
        now = self._clock.now()
        article, popular = await asyncio.to_thread(self._parsed, answer, item, now)
        self._see_popular(item.edition, popular, now)
        return article

    def popular(self, edition: Edition) -> Popular | None:
        """See `NewsSite`."""
        return self._popular.get(edition)

    def _parsed(
        self, answer: Answer, item: Item, now: datetime
    ) -> tuple[Article, tuple[Item, ...]]:
        tree = parse(answer.html, item.url)
        popular = read_popular(tree, answer.url, item.edition, self._address, now)
        return article_of(tree, item, self._address), popular

    def _see_popular(self, edition: Edition, items: Sequence[Item], now: datetime) -> None:
        if items:
            self._popular[edition] = Popular(tuple(items), now)

    def _tell_bad(self, edition: Edition, page: int, rows: Rows) -> None:
        """Say what could not be read, once until it is something else."""
        if rows.bad and rows.bad != self._bad.get((edition, page)):
            log.warning("rows skipped", edition=edition, count=len(rows.bad), reason=rows.bad[0])
        self._bad[edition, page] = rows.bad
