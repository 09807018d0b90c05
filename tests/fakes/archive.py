"""What was published before the bot looked, in memory."""

from collections.abc import Collection

from bot.model import Edition, Item
from bot.ports import Source
from tests.fakes.articles import FakeArticles


class FakeArchive:
    """`Archive`, over what `articles` knows."""

    def __init__(self, articles: FakeArticles) -> None:
        self._articles = articles
        self._reached: dict[Source, dict[Edition, int]] = {"listing": {}, "feed": {}}

    async def file(
        self, edition: Edition, items: Collection[Item], source: Source, next_page: int
    ) -> None:
        self._articles.file(await self._articles.unknown(items))
        self._reached[source][edition] = next_page

    async def reached(self, source: Source) -> dict[Edition, int]:
        return dict(self._reached[source])
