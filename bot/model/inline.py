"""What is offered while a reader types `@bot words`."""

from dataclasses import dataclass

from bot.model.messages import Message


@dataclass(frozen=True, slots=True)
class Offer:
    """One result. Choosing it sends `message` to wherever the reader types."""

    id: str
    """The same for the same thing, whoever asks and whenever: 1 to 64 bytes."""
    title: str
    description: str
    message: Message
    picture: str = ""
    """The address of a thumbnail."""


@dataclass(frozen=True, slots=True)
class Invitation:
    """A button above the results that opens the chat with the bot."""

    label: str
    start: str
    """What `/start` will say there: 1 to 64 of `A-Za-z0-9_-`."""


@dataclass(frozen=True, slots=True)
class Offers:
    """A page of results: at most 50, each id once."""

    shown: tuple[Offer, ...]
    next: str = ""
    """Names the page after this one, at most 64 bytes; empty: there is none."""
    invitation: Invitation | None = None
    seconds: int = 0
    """How long Telegram may answer the same reader's same words by itself."""
