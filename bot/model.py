"""The nouns, frozen, and the outcomes as values. Everything else in the bot speaks in these."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Literal


class Edition(StrEnum):
    """A language version of the site, with a listing of its own. One id sequence serves all."""

    EN = "en"
    RU = "ru"
    KY = "ky"


class Language(StrEnum):
    """A language that the bot speaks."""

    EN = "en"
    RU = "ru"
    KY = "ky"


# --- what the site publishes -------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Item:
    """A row of a listing. `id` alone is stable: address, slug, title and time may all change."""

    edition: Edition
    id: int
    url: str
    title: str
    published: datetime
    """Aware, to the minute, in the site's zone (Asia/Bishkek)."""
    important: bool = False
    """The editors set it in bold."""


@dataclass(frozen=True, slots=True)
class Article:
    """A page that was read. `body` has one string a paragraph, list item, quote or table row."""

    edition: Edition
    id: int
    url: str
    """The short form, `https://24.kg/{section}/{id}/`."""
    title: str
    body: tuple[str, ...]
    published: datetime
    section: str = ""
    """As the page names it to its readers ("Общество"); empty where the page names none."""
    author: str = ""
    picture: str = ""
    views: int | None = None
    important: bool = False


@dataclass(frozen=True, slots=True)
class Rate:
    """One currency on one day: `value` som for `nominal` units of `currency`."""

    currency: str
    value: Decimal
    day: str
    """The day on which it holds, ISO 8601, Asia/Bishkek."""
    source: Literal["site", "bank"]
    nominal: int = 1


@dataclass(frozen=True, slots=True)
class Validator:
    """What a conditional request sends back: the `ETag` and `Last-Modified` of an answer."""

    etag: str = ""
    last_modified: str = ""


@dataclass(frozen=True, slots=True)
class Listing:
    """One page of an edition's listing, newest first, as it was when loaded."""

    edition: Edition
    page: int
    items: tuple[Item, ...]
    rates: tuple[Rate, ...] = ()
    validator: Validator | None = None


# --- who reads, and what they asked for ----------------------------------------------------------


@dataclass(frozen=True, slots=True, order=True)
class ChatRef:
    """Where messages go: a private chat, group or channel (`id`), or one topic of a forum."""

    id: int
    topic: int = 0

    def __str__(self) -> str:
        return f"{self.id}:{self.topic}" if self.topic else str(self.id)

    @classmethod
    def parse(cls, text: str) -> "ChatRef":
        """The inverse of `str`. Raises ValueError."""
        chat, _, topic = text.partition(":")
        return cls(int(chat), int(topic or 0))

    @property
    def is_private(self) -> bool:
        """Telegram numbers people upwards from 1, groups and channels downwards from -1."""
        return self.id > 0


class ChatState(StrEnum):
    """Whether a chat can be written to."""

    ACTIVE = "active"
    """It can."""
    GONE = "gone"
    """It blocked the bot, put it out or was deleted; its settings are kept for a return."""


@dataclass(frozen=True, slots=True)
class Chat:
    """A chat's settings."""

    ref: ChatRef
    language: Language
    editions: frozenset[Edition]
    timezone: str
    """An IANA name."""
    state: ChatState = ChatState.ACTIVE


@dataclass(frozen=True, slots=True)
class Subscription:
    """A chat's query and the editions in which it is followed."""

    chat: ChatRef
    key: str
    """The canonical query's key (`Query.key`): equal meanings share one. At most 16 ASCII bytes."""
    text: str
    """The query as the reader wrote it, white space folded."""
    editions: frozenset[Edition]
    created: datetime
    is_pinned: bool = False
    """Its editions were chosen for it alone: it does not follow when the chat's change."""


@dataclass(frozen=True, slots=True)
class Outlook:
    """What a query would have met of late, and so may be expected to."""

    days: int
    """How many are known, up to the last 30: at least 1."""
    met: int
    is_rough: bool
    """`met` was estimated."""
    latest: Item | None

    @property
    def per_day(self) -> float:
        """On average."""
        return self.met / self.days


@dataclass(frozen=True, slots=True)
class SubscriptionChange:
    """One line of the log of changes by which every process keeps its matcher up to date."""

    chat: ChatRef
    key: str
    subscription: Subscription | None
    """None: it was removed."""


# --- what is owed ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Alert:
    """Owed to a chat for an article: facts only, words are put when it is sent."""

    chat: ChatRef
    article: int
    subscriptions: tuple[str, ...]
    """Keys of the subscriptions that the article meets, sorted."""


@dataclass(frozen=True, slots=True)
class Bundle:
    """All alerts that wait for one chat, taken together under one lease."""

    chat: ChatRef
    alerts: tuple[Alert, ...]
    lease: str
    """The token that settles it. A bundle taken by another since has another token."""
    until: float
    """When the lease ends, in seconds since the epoch: after this it must not be sent."""
    at: float
    """The moment that pacing grants for the send, in seconds since the epoch."""
    attempts: int = 0
    """How often a send was tried and put off."""
    since: float = 0.0
    """When its oldest alert was put in, in seconds since the epoch."""


# --- what the bot says -------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Button:
    """A button under a message. Exactly one of `url`, `data` (64 bytes) and `inline` is set."""

    label: str
    url: str = ""
    data: str = ""
    inline: str | None = None
    """Opens an inline search in this chat with this text."""


@dataclass(frozen=True, slots=True)
class Message:
    """What is to be sent: Telegram's HTML, at most 4096 UTF-16 units once its tags are parsed."""

    html: str
    buttons: tuple[tuple[Button, ...], ...] = ()
    preview: str = ""
    """The address that the link preview shows; empty: no preview."""
    silent: bool = False


@dataclass(frozen=True, slots=True)
class Sent:
    """Telegram took it."""

    message_id: int


@dataclass(frozen=True, slots=True)
class RetryLater:
    """Not now. `everyone`: the trouble is not this chat's (network, 5xx, 429 without a chat)."""

    seconds: float
    reason: str
    everyone: bool = False


@dataclass(frozen=True, slots=True)
class Gone:
    """The chat can't be written to any more."""

    reason: str


@dataclass(frozen=True, slots=True)
class Moved:
    """A group became a supergroup with this id."""

    to: int


@dataclass(frozen=True, slots=True)
class Rejected:
    """Telegram refuses this very message: our fault."""

    reason: str


Outcome = Sent | RetryLater | Gone | Moved | Rejected
