"""What is known of the site."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Protocol

from bot.model import Alert, Article, Edition, Item, Place, Popular, Validator


class Articles(Protocol):
    """What is known of the site. An item is unknown, then waiting, then seen for good.

    Every method raises StoreUnavailable.
    """

    async def is_baselined(self, edition: Edition) -> bool:
        """Whether this edition was ever baselined in this store."""

    async def baseline(
        self, edition: Edition, items: Collection[Item], floor: datetime | None
    ) -> None:
        """See all `items` for good, alerting nobody, and mark the edition as baselined, in one
        step. `floor`: what was published before it is of a part of the listing that could not
        be looked at; None: all of it was.
        """

    async def floor(self, edition: Edition) -> datetime | None:
        """The floor that the baseline left."""

    async def unknown(self, items: Collection[Item]) -> list[Item]:
        """Those that are neither waiting nor seen, in the order given; and those that `wait`
        alone told of, so that whoever pages back does not stop at them.
        """

    async def wait(self, items: Collection[Item]) -> None:
        """Let those among `items` wait that are neither waiting nor seen, whatever is kept of the
        listing: it has yet to show them. What was dropped waits for the listing.
        """

    async def discover(
        self, edition: Edition, items: Sequence[Item], validator: Validator | None, gap: int
    ) -> None:
        """Let the unknown ones among `items` wait, and only then keep the validator of the
        listing's first page, in one step. `gap`: the page at which paging back was broken off,
        to be looked at next time; 0 where it was not.
        """

    async def validator(self, edition: Edition) -> Validator | None:
        """What `discover` kept."""

    async def gap(self, edition: Edition) -> int:
        """What `discover` kept."""

    async def claim(
        self, now: float, lease: float, limit: int, fresh_since: float = 0.0
    ) -> list[tuple[Item, str, int]]:
        """Up to `limit` waiting items that are due and not under a lease, those published since
        `fresh_since` first, and oldest first among them and among the rest; each now claimed
        for `lease` seconds: (item, token, attempts that failed before).
        """

    async def keep(
        self,
        article: Article,
        alerts: Sequence[Alert],
        token: str,
        now: float,
        looks: Sequence[float] = (),
    ) -> bool:
        """The one atomic step: article kept, item seen for good, alerts in the outbox (each
        (chat, article) once, ever, where the chat has moved meanwhile under its new id, and none
        for a chat that is gone), claim given back. False, and nothing is changed but alerts that
        are owed in any case, where `token` no longer holds the claim. `looks`: when it is due for
        another look, if anybody is told.
        """

    async def put_off(self, item: int, token: str, until: float) -> None:
        """Give the claim back after a failed attempt; the item waits until then."""

    async def drop(self, item: int, token: str) -> None:
        """See the item for good without keeping it: its page does not exist. One that `wait`
        alone told of is unknown again: its page may come with the listing.
        """

    async def get(self, ids: Sequence[int]) -> dict[int, Article]:
        """Those that are kept, by id."""

    async def headlines(self, ids: Sequence[int]) -> dict[int, Item]:
        """The rows of those that are known, baselined ones included, by id."""

    async def latest(
        self, editions: Collection[Edition], limit: int, before: Place | None = None
    ) -> list[Item]:
        """The newest by time of publication, of all or of those before a place, baselined ones
        included, newest first.
        """

    async def following(
        self, editions: Collection[Edition], limit: int, after: Place
    ) -> list[Item]:
        """The first `limit` after a place, newest first."""

    async def between(self, since: datetime, until: datetime) -> list[Item]:
        """What was published from `since` until before `until`, baselined ones included, oldest
        first.
        """


class Archive(Protocol):
    """What was published before the bot looked: for `/latest` and for search, and told to nobody.
    Every method raises StoreUnavailable.
    """

    async def file(self, edition: Edition, items: Collection[Item], next_page: int) -> None:
        """See the unknown ones among `items` for good, by their headlines, and remember how far
        back the listing was looked through, in one step. `next_page`: the one to be looked at
        next; 0 where there is none.
        """

    async def reached(self) -> dict[Edition, int]:
        """The last `next_page` of each edition of which something was filed."""

    async def feed_since(self, edition: Edition, now: float) -> float:
        """When the feed was first looked at for this edition: `now` where it never was."""


class PopularNews(Protocol):
    """What is read most. Every method raises StoreUnavailable."""

    async def keep(self, edition: Edition, popular: Popular) -> None:
        """In place of what was kept of this edition."""

    async def get(self, edition: Edition) -> Popular | None:
        """None: nothing was kept of this edition."""
