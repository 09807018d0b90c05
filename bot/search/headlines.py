"""The newest titles of the store, searched by their letters: all there is without an index."""

from bot.model import Edition, Found, Hit, Item, Wanted
from bot.ports import Articles, StoreUnavailable

NEWEST = 500


class Headlines:
    """`Search`, of one page."""

    def __init__(self, articles: Articles) -> None:
        self._articles = articles

    async def find(self, wanted: Wanted) -> Found:
        """Whatever the store can say now."""
        words = wanted.words.casefold().split()
        editions = wanted.editions if wanted.editions and not words else tuple(Edition)
        try:
            items = await self._articles.latest(editions, NEWEST if words else wanted.limit)
        except StoreUnavailable:
            items = []
        met = [each for each in items if all(word in each.title.casefold() for word in words)]
        return Found(tuple(map(_hit, met[: wanted.limit])), is_whole=False)

    async def like(self, article: int, limit: int) -> list[Hit]:  # noqa: ARG002 - unknown here
        """Not known without an index."""
        return []


def _hit(item: Item) -> Hit:
    return Hit(item.id, item.edition, item.url, item.title, item.published)
