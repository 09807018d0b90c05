"""A page of a listing: day headers without a year, rows, and advertising between them."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from selectolax.lexbor import LexborHTMLParser, LexborNode

from bot.model import Edition, Item, Rate
from bot.ports import PageUnreadable
from bot.sites import dates
from bot.sites.address import SiteAddress
from bot.sites.header_rates import header_rates
from bot.sites.markup import parse, text_of
from bot.sites.popular import read_popular

LIST = "#newslist"
HEADER = "lineDate"
ROWS = ".lineDate, .one"
ADVERTISING = ".one.promo, .promo .one, .promo .lineDate"
JUNK = "span.short, script, style, template"


@dataclass(frozen=True, slots=True)
class Rows:
    """What a listing page holds; `bad` says of each unreadable row what is wrong with it."""

    items: tuple[Item, ...]
    bad: tuple[str, ...] = ()
    rates: tuple[Rate, ...] = ()
    popular: tuple[Item, ...] = ()


@dataclass(frozen=True, slots=True)
class _Place:
    """Where in the list a row stands: under which day, and after which row."""

    today: date
    before: datetime
    day: date | None = None

    def at(self, text: str) -> datetime | None:
        """The moment of a row with this time; where no day is known, not after the last row."""
        time = dates.clock_time(text)
        if time is None:
            return None
        if self.day is None:
            return dates.latest(time, self.before)
        return datetime.combine(self.day, time, dates.BISHKEK)


def read_listing(
    html: str, url: str, edition: Edition, address: SiteAddress, now: datetime
) -> Rows:
    """The rows of the page at `url`. Raises PageUnreadable where it has no list, or has rows and
    none of them can be read; a list without rows has no items.
    """
    tree = parse(html, url)
    if tree.css_first(LIST) is None:
        raise PageUnreadable(f"{url}: no {LIST}: this is no listing")
    rows = read_rows(tree, LIST, url, edition, address, now)
    if rows.bad and not rows.items:
        raise PageUnreadable(f"{url}: none of {len(rows.bad)} rows is readable: {rows.bad[0]}")
    popular = read_popular(tree, url, edition, address, now)
    return replace(rows, rates=header_rates(tree, now), popular=popular)


def read_rows(
    tree: LexborHTMLParser,
    root: str,
    url: str,
    edition: Edition,
    address: SiteAddress,
    now: datetime,
) -> Rows:
    """The rows within what the selector `root` selects, each article once; none may be there."""
    advertising = {node.mem_id for node in tree.css(ADVERTISING)}
    local = now.astimezone(dates.BISHKEK)
    place = _Place(local.date(), local)
    items: dict[int, Item] = {}
    bad: list[str] = []
    for node in tree.css(f"{root} :is({ROWS})"):
        if node.mem_id in advertising:
            continue
        if HEADER in (node.attributes.get("class") or "").split():
            place = replace(place, day=dates.day(text_of(node), place.today))
            bad += [] if place.day else [f"no day in {text_of(node)!r}"]
            continue
        row = _row(node, url, edition, address, place)
        if isinstance(row, str):
            bad.append(row)
        else:
            items.setdefault(row.id, row)
            place = replace(place, before=row.published)
    return Rows(tuple(items.values()), tuple(bad))


def _row(
    node: LexborNode, url: str, edition: Edition, address: SiteAddress, place: _Place
) -> Item | str:
    """The item, or what is wrong with the row."""
    link, title = _titled_link(node)
    href = (link.attributes.get("href") or "") if link else ""
    own = address.own(href, url)
    article = address.article(own)
    published = place.at(text_of(node.css_first(".time")))
    if link is None or not title:
        return "no link with a title"
    if article is None:
        return f"no article address: {href!r}"
    if published is None:
        return f"no time: {own}"
    important = bool(link.css_first("strong")) or _stands_in_strong(link)
    return Item(edition, article.id, own, title, published, important)


def _titled_link(row: LexborNode) -> tuple[LexborNode | None, str]:
    """The link with the text: a row may have another, with an icon alone."""
    for link in row.css(".title a[href]") or row.css("a[href]"):
        if title := text_of(link, JUNK):
            return link, title
    return None, ""


def _stands_in_strong(link: LexborNode) -> bool:
    parent = link.parent
    return parent is not None and parent.tag == "strong"
