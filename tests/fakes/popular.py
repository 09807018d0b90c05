"""What is read most, in memory."""

from dataclasses import replace

from bot.model import Edition, Item, Popular
from tests.fakes.articles import FakeArticles


class FakePopularNews:
    """`PopularNews`, over the headlines of `articles`."""

    def __init__(self, articles: FakeArticles) -> None:
        self._articles = articles
        self._kept: dict[Edition, Popular] = {}

    async def keep(self, edition: Edition, popular: Popular) -> None:
        self._kept[edition] = popular

    async def get(self, edition: Edition) -> Popular | None:
        kept = self._kept.get(edition)
        return kept and replace(kept, items=tuple(map(self._dated, kept.items)))

    def _dated(self, item: Item) -> Item:
        known = self._articles.headline(item.id)
        return replace(item, published=known.published) if known else item
