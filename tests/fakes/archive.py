"""What was published before the bot looked, in memory."""

from collections.abc import Collection

from bot.model import Edition, Item
from tests.fakes.articles import FakeArticles


class FakeArchive:
    """`Archive`, over what `articles` knows."""

    def __init__(self, articles: FakeArticles) -> None:
        self._articles = articles
        self._reached: dict[Edition, int] = {}
        self._fed: dict[Edition, float] = {}

    async def file(self, edition: Edition, items: Collection[Item], next_page: int) -> None:
        self._articles.file([each for each in items if not self._articles.knows(each.id)])
        self._reached[edition] = next_page

    async def reached(self) -> dict[Edition, int]:
        return dict(self._reached)

    async def feed_since(self, edition: Edition, now: float) -> float:
        return self._fed.setdefault(edition, now)
