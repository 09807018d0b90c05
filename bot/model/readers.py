"""Who reads, and what they asked for."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time
from enum import StrEnum

from bot.model.news import Edition, Item


class Language(StrEnum):
    """A language that the bot speaks."""

    EN = "en"
    RU = "ru"
    KY = "ky"


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


class Delivery(StrEnum):
    """When what meets a subscription is told."""

    INSTANT = "instant"
    SILENT = "silent"
    """At once, without a sound."""
    HOURLY = "hourly"
    """At the full hour, all together."""
    DAILY = "daily"
    """At the hour of the chat's daily message, all together."""


class Repeats(StrEnum):
    """What becomes of an article that tells a story again that the chat was told within a day."""

    REPLY = "reply"
    """It is a reply to the first."""
    DROP = "drop"
    """It is not told."""


@dataclass(frozen=True, slots=True)
class Quiet:
    """Hours of the chat's day in which it is told nothing. They may go over midnight."""

    begin: time
    end: time


class Part(StrEnum):
    """What a digest may hold."""

    RATES = "rates"
    CHART = "chart"
    STORIES = "stories"
    """What met the chat's subscriptions since the last one."""
    POPULAR = "popular"
    """What others read most."""
    COUNT = "count"
    """How many articles there were."""


@dataclass(frozen=True, slots=True)
class Digest:
    """What a chat's daily message holds, and whether it comes at the weekend."""

    parts: frozenset[Part] = frozenset(Part)
    weekdays_only: bool = False


@dataclass(frozen=True, slots=True)
class Chat:
    """A chat's settings."""

    ref: ChatRef
    language: Language
    editions: frozenset[Edition]
    timezone: str
    """An IANA name."""
    state: ChatState = ChatState.ACTIVE
    is_paused: bool = False
    """It is told nothing until it says so, or until `paused_until`; what waits is kept for two
    days.
    """
    quiet: Quiet | None = None
    daily_at: time = time(8)
    """When its daily message comes, by its own clock."""
    most_a_day: int = 0
    """Messages; what is over waits for the daily one. 0: any number."""
    repeats: Repeats = Repeats.REPLY
    digest: Digest | None = None
    """None: it wants none."""
    is_asked: bool = False
    """Whether it wants one; nobody is asked twice."""
    paused_until: datetime | None = None
    """When its pause ends by itself. Aware."""


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
    delivery: Delivery = Delivery.INSTANT
    muted_until: datetime | None = None
    """Nothing that is published before this is told under it. Aware."""


@dataclass(frozen=True, slots=True)
class Following:
    """The subscriptions of many chats that follow one query alike."""

    key: str
    text: str
    editions: frozenset[Edition]
    chats: Sequence[int]
    """Their ids; one may be there twice."""
    topic: int = 0
    """Theirs."""


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
