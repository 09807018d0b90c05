"""What becomes of a message that is sent, as values."""

from dataclasses import dataclass


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
