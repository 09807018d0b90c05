"""The sockets: what the flows need of the world, each with its contract.

Times given as `float` are seconds since the epoch, taken from the `Clock` by the caller.
"""

from collections.abc import AsyncIterator, Collection, Sequence
from datetime import datetime
from typing import Protocol

from bot.model import (
    Alert,
    Article,
    Bundle,
    Chat,
    ChatRef,
    Edition,
    Item,
    Listing,
    Message,
    Outcome,
    Subscription,
    SubscriptionChange,
    Validator,
)


class SiteError(Exception):
    """The site did not give what was asked. The text says why, in one line, with the address."""


class SiteUnavailable(SiteError):
    """No answer, 429 or 5xx: the same request may succeed later."""

    def __init__(self, reason: str, retry_after: float = 0.0) -> None:
        super().__init__(reason)
        self.retry_after = retry_after
        """What the site asked to wait, in seconds; 0 where it asked nothing."""


class PageNotFound(SiteError):
    """404 or 410: there is no such page."""


class PageUnreadable(SiteError):
    """An answer that is not the page it should be: an element that it must have is missing."""


class StoreUnavailable(Exception):
    """The store can't be reached, is full, or refuses writes. The text says which, no address."""


class TokenRefused(Exception):
    """Telegram does not know this token (401, 404). Nothing works until it is another."""

    def __init__(self) -> None:
        super().__init__(
            "Telegram refuses the bot's token: set TELEGRAM_BOT_TOKEN to the one that @BotFather "
            "gave, and see that TELEGRAM_API_URL is a Bot API server"
        )


class Clock(Protocol):
    """Where time comes from."""

    def now(self) -> datetime:
        """Aware, UTC."""

    async def sleep(self, seconds: float) -> None:
        """Return after `seconds`, at once where they are not positive."""


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
        """Those that are neither waiting nor seen, in the order given."""

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

    async def keep(self, article: Article, alerts: Sequence[Alert], token: str, now: float) -> bool:
        """The one atomic step: article kept, item seen for good, alerts in the outbox (each
        (chat, article) once, ever, where the chat has moved meanwhile under its new id, and none
        for a chat that is gone), claim given back. False, and nothing is changed but alerts that
        are owed in any case, where `token` no longer holds the claim.
        """

    async def put_off(self, item: int, token: str, until: float) -> None:
        """Give the claim back after a failed attempt; the item waits until then."""

    async def drop(self, item: int, token: str) -> None:
        """See the item for good without keeping it: its page does not exist."""

    async def get(self, ids: Sequence[int]) -> dict[int, Article]:
        """Those that are kept, by id."""

    async def latest(self, editions: Collection[Edition], limit: int) -> list[Item]:
        """The newest by time of publication, baselined ones included, newest first."""

    async def between(self, since: datetime, until: datetime) -> list[Item]:
        """What was published from `since` until before `until`, baselined ones included, oldest
        first.
        """


class Outbox(Protocol):
    """What is owed and not yet settled. `Articles.keep` puts alerts in.

    The unit of delivery is the chat: at most one bundle of a chat is out at a time. Every method
    raises StoreUnavailable.
    """

    async def take(self, now: float, lease: float, limit: int) -> list[Bundle]:
        """Up to `limit` chats that may be written to, longest waiting first, each with all
        alerts that wait for it, under a lease of `lease` seconds. The overall rate is shared by
        all processes: each bundle's `at` is its slot, and no slot is further away than a third
        of the lease. Bundles whose lease ran out are among them again.
        """

    async def settle(
        self, bundle: Bundle, now: float, articles: Collection[int] | None = None
    ) -> bool:
        """Done for ever with the bundle's alerts, or with those for `articles` alone, and the
        lease is given back: what else waits for the chat is let out at the chat's pace.
        False, and nothing is changed, where the lease is no longer the bundle's.
        """

    async def postpone(self, bundle: Bundle, until: float) -> bool:
        """Give the lease back, one attempt more on the count; the chat is not written to before
        `until`. False as in `settle`.
        """

    async def hold_all(self, until: float) -> None:
        """Let no bundle out before `until`, in any process."""

    async def waiting(self) -> int:
        """How many alerts are not yet settled."""

    async def spend(self, chat: ChatRef, now: float) -> None:
        """Count a message that went past the outbox (a reply) against the chat's pace and the
        overall rate. Never waits.
        """


class Subscriptions(Protocol):
    """Who asked for what. Every method raises StoreUnavailable."""

    async def add(self, subscription: Subscription, limit: int) -> bool | None:
        """True: added or, with other editions or pinned otherwise, changed. False: was there as
        it is.
        None: the chat already has `limit` of them, and nothing is changed.
        """

    async def remove(self, chat: ChatRef, key: str) -> Subscription | None:
        """What was removed."""

    async def of(self, chat: ChatRef) -> list[Subscription]:
        """A chat's subscriptions, oldest first."""

    async def of_many(self, chats: Collection[ChatRef]) -> dict[ChatRef, list[Subscription]]:
        """`of` for many, in one round trip."""

    def all(self) -> AsyncIterator[Subscription]:
        """Every subscription, in no order. One added or removed meanwhile may be missing or not:
        take `cursor` before and `changes` after.
        """

    async def cursor(self) -> str:
        """The end of the log of changes."""

    async def changes(self, cursor: str) -> tuple[list[SubscriptionChange], str] | None:
        """What was changed after `cursor`, in order, and the new cursor. None: the log no
        longer reaches back to it, so that all must be read again.
        """


class Chats(Protocol):
    """The chats' settings. Every method raises StoreUnavailable."""

    async def get(self, ref: ChatRef) -> Chat | None:
        """None: never met."""

    async def get_many(self, refs: Collection[ChatRef]) -> dict[ChatRef, Chat]:
        """Those that are known."""

    async def save(self, chat: Chat) -> None:
        """Keep these settings."""

    async def mark_gone(self, ref: ChatRef) -> None:
        """Write to it no more, all its topics included, and owe it nothing new; nothing else is
        lost.
        """

    async def mark_back(self, ref: ChatRef) -> None:
        """The opposite."""

    async def move(self, old: int, new: int) -> None:
        """A group has a new id: settings, subscriptions and what is owed, its topics' included,
        go over to it, merged with what is there, and so does what is put in the outbox for the
        old id in the next 30 days.
        """


class Leadership(Protocol):
    """Who of several processes polls the site."""

    async def hold(self, seconds: float) -> bool:
        """Become, or stay, the leader for `seconds`. False: another is. Raises
        StoreUnavailable.
        """

    async def resign(self) -> None:
        """Let another lead at once."""


class Handled(Protocol):
    """Which updates were handled to the end, so that none is when Telegram sends it again."""

    async def was(self, update_id: int) -> bool:
        """Whether `add` was called with it in the last day. Raises StoreUnavailable."""

    async def add(self, update_id: int) -> None:
        """It was handled. Raises StoreUnavailable."""


class Messenger(Protocol):
    """Telegram, as far as what is owed goes. Raises TokenRefused, and nothing for what else
    Telegram answers.
    """

    async def send(self, chat: ChatRef, message: Message) -> Outcome:
        """Send it, formatted."""

    async def send_plain(self, chat: ChatRef, message: Message) -> Outcome:
        """Send its text alone, without formatting, for when the formatted one was rejected."""


class Meter(Protocol):
    """What is counted, for those who watch over the bot. Never fails."""

    def polled(self, edition: Edition, *, well: bool) -> None:
        """A listing was looked at, or could not be."""

    def kept(self, edition: Edition) -> None:
        """An article was read and kept."""

    def answered(self, outcome: Outcome) -> None:
        """Telegram answered an alert."""

    def delivered(self, seconds: float) -> None:
        """An alert was sent, so long after its article was published."""
