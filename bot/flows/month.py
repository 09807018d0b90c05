"""The articles of the last days in memory, and from when on they are all that there were."""

from collections.abc import Collection
from datetime import datetime, timedelta

import structlog

from bot.matching.diary import Page
from bot.model import Article, Edition, Item

DAYS = 30
DAY = timedelta(days=1)

log = structlog.get_logger(__name__)


def day_of(moment: datetime) -> int:
    """Days since the epoch."""
    return int(moment.timestamp() // DAY.total_seconds())


class Month:
    """Up to as many articles as are published in 30 days."""

    def __init__(self) -> None:
        self.pages: list[Page] = []
        self._ids: dict[int, set[int]] = {}
        self._first: dict[tuple[Edition, int], datetime] = {}

    def __contains__(self, item: Item) -> bool:
        return item.id in self._ids.get(day_of(item.published), ())

    def add(self, item: Item, article: Article) -> None:
        """One more. `article`: all that is known of it."""
        day = day_of(item.published)
        self._ids.setdefault(day, set()).add(item.id)
        first = self._first.get((item.edition, day), item.published)
        self._first[item.edition, day] = min(first, item.published)
        if not self.pages or self.pages[-1].is_full:
            self.pages.append(Page())
        try:
            self.pages[-1].add(item, article)
        except Exception:
            log.exception("article can't be looked through", url=item.url)

    def forget(self, before: datetime) -> None:
        """Let go of what was published before."""
        self.pages = [p for p in self.pages if any(i.published >= before for i in p.items)]
        for day in [day for day in self._ids if day < day_of(before)]:
            del self._ids[day]
        for place in [place for place in self._first if place[1] < day_of(before)]:
            del self._first[place]

    def since(self, editions: Collection[Edition], now: datetime) -> datetime | None:
        """From when on all that was published in these editions is there, 30 days ago at the
        earliest. Those of which nothing is there at all don't count; None: that holds for all.
        """
        reaches = [self._reach(edition, day_of(now)) for edition in editions]
        found = [reach for reach in reaches if reach is not None]
        return max(*found, now - DAYS * DAY) if found else None

    def _reach(self, edition: Edition, today: int) -> datetime | None:
        """The first article of the days that each have one; today need not have one yet."""
        reach = None
        for day in range(today, today - DAYS - 1, -1):
            first = self._first.get((edition, day))
            if first is None and day < today:
                break
            reach = first or reach
        return reach
