"""What is news, and what becomes of an item whose page can't be read. Pure."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from bot.model import Article, Item
from bot.ports import PageNotFound, SiteUnavailable

UNREADABLE_FOR_GOOD = 5
FOR_GOOD = {PageNotFound: 3, SiteUnavailable: 8}
LONGEST_WAIT_SECONDS = 1800.0


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
