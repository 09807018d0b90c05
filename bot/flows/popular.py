"""What is read most, as the pages that are loaded anyway show it.

follow: site, whatever it was asked for → kept where it is another list, or was seen much later
show:   what is kept, unless it is old
"""

from collections.abc import Collection
from datetime import timedelta

from bot.model import Edition, Item, Popular
from bot.ports import Clock, NewsSite, PopularNews

SEEN_ANEW = timedelta(minutes=10)
OLD = timedelta(days=1)


class FollowPopular:
    """Takes over what the site shows."""

    def __init__(
        self, site: NewsSite, popular_news: PopularNews, editions: Collection[Edition]
    ) -> None:
        self._site = site
        self._popular_news = popular_news
        self._editions = editions
        self._kept: dict[Edition, Popular] = {}

    async def look(self) -> None:
        """At what was loaded since the last look. Raises StoreUnavailable."""
        for edition in self._editions:
            shown = self._site.popular(edition)
            if shown is not None and self._is_new(edition, shown):
                await self._popular_news.keep(edition, shown)
                self._kept[edition] = shown

    def _is_new(self, edition: Edition, shown: Popular) -> bool:
        kept = self._kept.get(edition)
        return kept is None or shown.seen - kept.seen >= SEEN_ANEW or _ids(shown) != _ids(kept)


def _ids(popular: Popular) -> list[tuple[int, str]]:
    return [(item.id, item.title) for item in popular.items]


class ShowPopular:
    """For readers."""

    def __init__(self, popular_news: PopularNews, clock: Clock) -> None:
        self._popular_news = popular_news
        self._clock = clock

    async def popular(self, edition: Edition) -> list[Item]:
        """The most read first; empty where none was seen in the last day. Raises
        StoreUnavailable.
        """
        kept = await self._popular_news.get(edition)
        is_known = kept is not None and self._clock.now() - kept.seen < OLD
        return [*kept.items] if kept is not None and is_known else []
