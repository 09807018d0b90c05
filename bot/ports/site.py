"""Where news comes from."""

from typing import Protocol

from bot.model import Article, Edition, FeedPage, Item, Listing, Popular, Validator


class NewsSite(Protocol):
    """Where news comes from. Every method that waits raises SiteError."""

    async def listing(
        self, edition: Edition, page: int = 1, validator: Validator | None = None
    ) -> Listing | None:
        """One page of a listing, from 1, newest first; None where it is unchanged since
        `validator`. A first page without a row raises PageUnreadable; a later one without rows
        is the end of the listing and comes back with no items.
        """

    async def article(self, item: Item) -> Article:
        """The page behind a row."""

    def popular(self, edition: Edition) -> Popular | None:
        """What is read most, by the last page of the edition that showed it, listing or article:
        nothing is asked for. None where no page has shown it yet.
        """


class Feed(Protocol):
    """A second look at the same news. An item in it is the one of the same id in a listing."""

    async def page(self, validator: Validator | None = None) -> FeedPage | None:
        """What it shows: articles of the site that have a date. None where it is unchanged since
        `validator`. Raises SiteError: PageUnreadable for what is no feed.
        """
