"""What is owed to a chat, and when it may be sent."""

from dataclasses import dataclass, field
from enum import StrEnum

from bot.model.readers import ChatRef


@dataclass(frozen=True, slots=True)
class Alert:
    """Owed to a chat for an article: facts only, words are put when it is sent."""

    chat: ChatRef
    article: int
    subscriptions: tuple[str, ...]
    """Keys of the subscriptions that the article meets, sorted."""
    since: float = field(default=0.0, compare=False)
    """When it was put in the outbox, in seconds since the epoch; 0: it was not yet."""


@dataclass(frozen=True, slots=True)
class Bundle:
    """All alerts that wait for one chat, taken together under one lease."""

    chat: ChatRef
    alerts: tuple[Alert, ...]
    lease: str
    """The token that settles it. A bundle taken by another since has another token."""
    until: float
    """When the lease ends, in seconds since the epoch: after this it must not be sent."""
    attempts: int = 0
    """How often a send was tried and put off."""
    since: float = 0.0
    """When its oldest alert was put in, in seconds since the epoch."""


class Verdict(StrEnum):
    """What pacing answers to who wants to send."""

    GRANTED = "granted"
    CHAT_IS_BUSY = "chat is busy"
    """It was written to a moment ago, or asked for a pause."""
    ALL_ARE_BUSY = "all are busy"
    """The overall rate is used up."""


@dataclass(frozen=True, slots=True)
class Slot:
    """A moment to send."""

    at: float
    """In seconds since the epoch; where it is not granted, the first at which to ask again."""
    verdict: Verdict


Booked = tuple[ChatRef | None, Slot]
"""For whom a slot was booked."""


@dataclass(frozen=True, slots=True)
class Telling:
    """A message that went out."""

    message_id: int
    articles: tuple[int, ...]
    """Those that it tells."""
    day: str = ""
    """The chat's (ISO 8601), where its messages are counted."""


@dataclass(frozen=True, slots=True)
class Post:
    """A message that tells an article, as it stands in a chat."""

    chat: ChatRef
    message_id: int
    is_alone: bool
    """It tells no other article."""


@dataclass(frozen=True, slots=True)
class DueDigest:
    """A chat whose daily message is due, under a lease."""

    chat: ChatRef
    until: float
    """When the lease ends, in seconds since the epoch: after this nothing must be sent."""
    done: str = ""
    """The day of the last digest that was sent whole, by the chat's clock (ISO 8601)."""
    since: float = 0.0
    """When that was, in seconds since the epoch; 0: there was none."""
    begun: str = ""
    """The day of the last digest of which a message was sent."""
    sent: int = 0
    """How many of its messages were."""
    held: tuple[Alert, ...] = ()
    """What is put aside for the chat."""
