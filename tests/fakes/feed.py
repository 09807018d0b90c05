"""A feed in memory."""

from bot.model import FeedPage, Item, Validator
from bot.ports import SiteError


class FakeFeed:
    """`Feed`: shows what it was told to, until it is told otherwise."""

    def __init__(self) -> None:
        self.error: SiteError | None = None
        self.asked = 0
        self._items: tuple[Item, ...] = ()

    def show(self, *items: Item) -> None:
        """These, and no others."""
        self._items = items

    async def page(self, validator: Validator | None = None) -> FeedPage | None:
        self.asked += 1
        if self.error is not None:
            raise self.error
        current = Validator(etag=f'"{hash(self._items)}"')
        return None if validator == current else FeedPage(self._items, current)
