"""What the bot sees on a page, for a person to look at: listing, article or rates.

Titles that stand around an article (related, popular, latest) are shown beside it; an `Article`
never holds them.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from selectolax.lexbor import LexborHTMLParser

from bot.model import Edition, Item, Rate
from bot.ports import SiteError
from bot.sites.address import SiteAddress
from bot.sites.header_rates import header_rates
from bot.sites.listing import LIST, read_listing, read_rows
from bot.sites.markup import parse, text_of
from bot.sites.page import BODY, LINK, read_page
from bot.sites.popular import NOT_TITLE, read_popular
from bot.sites.twentyfour_kg import PATHS

SITE = "https://24.kg"
WIDGET = ".widget-last-news"


def read(html: str, url: str, edition: Edition | None, now: datetime) -> dict[str, Any]:
    """What the page holds, as values that JSON knows; `kind` is listing, article, rates or
    unknown, the last with a `reason`. `url` may be a file's name: the page is then taken for
    one of 24.kg. `edition`: None lets the page's addresses say.
    """
    try:
        tree = parse(html, url)
        address, page_url = _whereabouts(tree, url)
        edition = edition or _edition(tree, page_url)
        if tree.css_first(BODY) is not None:
            return _article(tree, page_url, edition, address, now)
        if tree.css_first(LIST) is not None:
            return _listing(html, page_url, edition, address, now)
    except SiteError as error:
        return {"kind": "unknown", "reason": str(error)}
    if rates := _rates(header_rates(tree, now)):
        return {"kind": "rates", "rates": rates}
    return {"kind": "unknown", "reason": f"{url}: neither {LIST} nor {BODY} nor rates in it"}


def _listing(
    html: str, url: str, edition: Edition, address: SiteAddress, now: datetime
) -> dict[str, Any]:
    rows = read_listing(html, url, edition, address, now)
    return {
        "kind": "listing",
        "edition": edition,
        "rates": _rates(rows.rates),
        "items": [_item(item) for item in rows.items],
        "skipped": list(rows.bad),
    }


def _article(
    tree: LexborHTMLParser, url: str, edition: Edition, address: SiteAddress, now: datetime
) -> dict[str, Any]:
    page = read_page(tree, url, now)
    named = address.article(page.link) or address.article(url)
    popular = read_popular(tree, url, edition, address, now)
    latest = read_rows(tree, WIDGET, url, edition, address, now)
    return {
        "kind": "article",
        "edition": edition,
        "id": named.id if named else None,
        "url": address.short(named) if named else url,
        "title": page.title,
        "published": page.published.isoformat() if page.published else None,
        "section": page.section,
        "author": page.author,
        "views": page.views,
        "picture": page.picture,
        "description": page.description,
        "body": list(page.body),
        "rates": _rates(header_rates(tree, now)),
        "related": _related(tree),
        "popular": [item.title for item in popular],
        "latest": [_item(item) for item in latest.items],
    }


def _related(tree: LexborHTMLParser) -> list[str]:
    widget = {node.mem_id for node in tree.css(f"{WIDGET} .one")}
    rows = (row for row in tree.css(".lineNews .one") if row.mem_id not in widget)
    titles = (text_of(row.css_first(".title"), NOT_TITLE) for row in rows)
    return [title for title in titles if title]


def _whereabouts(tree: LexborHTMLParser, url: str) -> tuple[SiteAddress, str]:
    """The site that the page is of, and the page's address there."""
    parts = urlsplit(url)
    if parts.scheme in {"http", "https"} and parts.netloc:
        return SiteAddress(f"{parts.scheme}://{parts.netloc}"), url
    address = SiteAddress(SITE)
    link = text_of(tree.css_first(LINK))
    return address, link if address.article(link) else address.at("/")


def _edition(tree: LexborHTMLParser, url: str) -> Edition:
    """By the first section that is an edition's: of the page, or else of what it lists."""
    editions = {path.strip("/"): edition for edition, path in PATHS.items()}
    for path in _paths(tree, url):
        section = path.strip("/").partition("/")[0]
        if section:
            return editions.get(section, Edition.RU)
    return Edition.RU


def _paths(tree: LexborHTMLParser, url: str) -> Iterator[str]:
    yield urlsplit(url).path
    for link in tree.css(f"{LIST} .one .title a[href]"):
        yield urlsplit(link.attributes.get("href") or "").path


def _item(item: Item) -> dict[str, Any]:
    return {
        "id": item.id,
        "url": item.url,
        "title": item.title,
        "published": item.published.isoformat(),
        "important": item.important,
    }


def _rates(rates: tuple[Rate, ...]) -> dict[str, str]:
    return {rate.currency: str(rate.value) for rate in rates}
