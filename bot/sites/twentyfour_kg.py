"""24.kg, or a site in its markup: `/`, `/english/` and `/kyrgyzcha/`, 50 rows a page."""

import asyncio
from collections.abc import Mapping

import structlog

from bot.model import Article, Edition, Item, Listing, Validator
from bot.ports import Clock, PageNotFound, PageUnreadable
from bot.sites.address import SiteAddress
from bot.sites.http import HttpReader
from bot.sites.listing import Rows, read_listing
from bot.sites.page import read_article

PATHS: Mapping[Edition, str] = {Edition.RU: "/", Edition.EN: "/english/", Edition.KY: "/kyrgyzcha/"}

log = structlog.get_logger(__name__)


class TwentyFourKg:
    """The `NewsSite` at `base_url`, through a reader of that host. Pages are parsed in threads."""

    def __init__(self, base_url: str, reader: HttpReader, clock: Clock) -> None:
        self._address = SiteAddress(base_url)
        self._reader = reader
        self._clock = clock
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
        rows = await asyncio.to_thread(
            read_listing, answer.html, answer.url, edition, self._address, self._clock.now()
        )
        if page == 1 and not rows.items:
            raise PageUnreadable(f"{url}: a listing without a row")
        self._tell_bad(edition, page, rows)
        return Listing(edition, page, rows.items, rows.rates, answer.validator)

    async def article(self, item: Item) -> Article:
        """See `NewsSite`."""
        answer = await self._reader.read(item.url)
        if answer is None:
            raise PageUnreadable(f"{item.url}: not modified, which nobody asked")
        return await asyncio.to_thread(read_article, answer.html, item, self._address)

    def _tell_bad(self, edition: Edition, page: int, rows: Rows) -> None:
        """Say what could not be read, once until it is something else."""
        if rows.bad and rows.bad != self._bad.get((edition, page)):
            log.warning("rows skipped", edition=edition, count=len(rows.bad), reason=rows.bad[0])
        self._bad[edition, page] = rows.bad
