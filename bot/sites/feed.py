"""The site's feed, where it has one: RSS, Atom or RDF."""

import asyncio
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

import fastfeedparser
from selectolax.lexbor import LexborHTMLParser

from bot.model import Edition, FeedPage, Item, Validator
from bot.ports import Clock, PageUnreadable
from bot.sites.address import SiteAddress
from bot.sites.dates import BISHKEK
from bot.sites.http import HttpReader
from bot.sites.markup import text_of
from bot.sites.nesting import DEEPEST, is_too_deep
from bot.sites.twentyfour_kg import PATHS

KINDS = frozenset({
    "application/rss+xml", "application/atom+xml", "application/rdf+xml", "application/xml",
    "text/xml", "text/html", "text/plain", "",
})  # fmt: skip
"""Servers call feeds many things: what it is says its text."""
AHEAD = timedelta(minutes=10)
"""The site's clock may be before ours. What is dated later has a date of another zone."""
SECTIONS: Mapping[str, Edition] = {
    path.strip("/"): edition for edition, path in PATHS.items() if path.strip("/")
}
LONGEST_TITLE = 1000
PARTS = ("include_content", "include_tags", "include_media", "include_enclosures")


class SiteFeed:
    """The `Feed` at `url`, through a reader of its host. It is parsed in a thread."""

    def __init__(self, url: str, site_url: str, reader: HttpReader, clock: Clock) -> None:
        self._url = url
        self._address = SiteAddress(site_url)
        self._reader = reader
        self._clock = clock

    async def page(self, validator: Validator | None = None) -> FeedPage | None:
        """See `Feed`."""
        answer = await self._reader.read(self._url, validator, KINDS)
        if answer is None:
            return None
        items = await asyncio.to_thread(
            read_feed, answer.html, answer.url, self._address, self._clock.now()
        )
        return FeedPage(items, answer.validator)


def read_feed(text: str, url: str, address: SiteAddress, now: datetime) -> tuple[Item, ...]:
    """Those entries that are articles of the site and have a date, each article once. Raises
    PageUnreadable for what is no feed.
    """
    found: dict[int, Item] = {}
    for entry in _parsed(text, url):
        item = _item(entry, url, address, now)
        if item is not None:
            found.setdefault(item.id, item)
    return tuple(found.values())


def _parsed(text: str, url: str) -> list[Mapping[str, Any]]:
    text = text.strip("\ufeff \r\n\t")
    # What is no markup may be an address, which the parser would ask for, or JSON.
    if not text.startswith("<") or "<!DOCTYPE" in text or "<!ENTITY" in text:
        raise PageUnreadable(f"{url}: is no feed in XML")
    if is_too_deep(text):
        raise PageUnreadable(f"{url}: elements nest more than {DEEPEST} deep")
    try:
        parsed = fastfeedparser.parse(text, **dict.fromkeys(PARTS, False))
    except Exception as error:  # noqa: BLE001 - whatever a parser stumbles over
        reason = " ".join(f"{error}".split())[:200]
        raise PageUnreadable(f"{url}: is no feed: {reason}") from None
    entries: list[Mapping[str, Any]] = parsed.entries
    return entries


def _item(entry: Mapping[str, Any], url: str, address: SiteAddress, now: datetime) -> Item | None:
    own = address.own(str(entry.get("link") or ""), url)
    article, title = address.article(own), _title(entry)
    published = _published(str(entry.get("published") or entry.get("updated") or ""))
    if article is None or not title or published is None or published > now + AHEAD:
        return None
    return Item(SECTIONS.get(article.section, Edition.RU), article.id, own, title, published)


def _title(entry: Mapping[str, Any]) -> str:
    """Titles in feeds are HTML as often as they are text."""
    # The time that it takes is quadratic in nesting.
    return text_of(LexborHTMLParser(str(entry.get("title") or "")[:LONGEST_TITLE]).body)


def _published(text: str) -> datetime | None:
    """To the minute, as listings say it."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment.astimezone(BISHKEK).replace(second=0, microsecond=0) if moment.tzinfo else None
