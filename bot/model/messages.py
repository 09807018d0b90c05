"""What the bot says."""

from dataclasses import dataclass


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
    reply_to: int = 0
    """The id of the chat's message that it answers, if that is still there; 0: none."""
