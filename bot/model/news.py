"""What the site publishes."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Literal


class Edition(StrEnum):
    """A language version of the site, with a listing of its own. One id sequence serves all."""

    EN = "en"
    RU = "ru"
    KY = "ky"


Place = tuple[datetime, int]
"""Where something stands in the order of publication: its time and, within a minute, its id."""


@dataclass(frozen=True, slots=True)
class Item:
    """A row of a listing. `id` alone is stable: address, slug, title and time may all change."""

    edition: Edition
    id: int
    url: str
    title: str
    published: datetime
    """Aware, to the minute, in the site's zone (Asia/Bishkek)."""
    important: bool = False
    """The editors set it in bold."""

    @property
    def place(self) -> Place:
        """Among all items."""
        return self.published, self.id


@dataclass(frozen=True, slots=True)
class Article:
    """A page that was read. `body` has one string a paragraph, list item, quote or table row."""

    edition: Edition
    id: int
    url: str
    """The short form, `https://24.kg/{section}/{id}/`."""
    title: str
    body: tuple[str, ...]
    published: datetime
    section: str = ""
    """As the page names it to its readers ("Общество"); empty where the page names none."""
    author: str = ""
    picture: str = ""
    views: int | None = None
    important: bool = False
    repeats: int = 0
    """The id of the article whose story it tells again, itself no repetition; 0: none."""
    related: tuple[int, ...] = ()
    """The ids of those that its page names as of the same matter."""


@dataclass(frozen=True, slots=True)
class Rate:
    """One currency on one day: `value` som for `nominal` units of `currency`."""

    currency: str
    value: Decimal
    day: str
    """The day on which it holds, ISO 8601, Asia/Bishkek."""
    source: Literal["site", "bank"]
    nominal: int = 1


@dataclass(frozen=True, slots=True)
class Validator:
    """What a conditional request sends back: the `ETag` and `Last-Modified` of an answer."""

    etag: str = ""
    last_modified: str = ""


@dataclass(frozen=True, slots=True)
class Listing:
    """One page of an edition's listing, newest first, as it was when loaded."""

    edition: Edition
    page: int
    items: tuple[Item, ...]
    rates: tuple[Rate, ...] = ()
    validator: Validator | None = None


@dataclass(frozen=True, slots=True)
class FeedPage:
    """The site's feed as it was when loaded: of all editions, in its order."""

    items: tuple[Item, ...]
    validator: Validator | None = None


@dataclass(frozen=True, slots=True)
class Popular:
    """What an edition's readers read most, the most read first, as a page of the site showed it."""

    items: tuple[Item, ...]
    """The block names no times: `published` is that of the headline that is kept or, where none
    is, `seen`.
    """
    seen: datetime
    """When that page was loaded."""
