"""Where news comes from."""

from typing import Protocol

from bot.model import Article, Edition, Item, Listing, Validator


class NewsSite(Protocol):
    """Where news comes from. Every method raises SiteError."""

    async def listing(
        self, edition: Edition, page: int = 1, validator: Validator | None = None
    ) -> Listing | None:
        """One page of a listing, from 1, newest first; None where it is unchanged since
        `validator`. A first page without a row raises PageUnreadable; a later one without rows
        is the end of the listing and comes back with no items.
        """

    async def article(self, item: Item) -> Article:
        """The page behind a row."""
