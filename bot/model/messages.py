"""What the bot says."""

from dataclasses import dataclass, field


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
    """What is to be sent: Telegram's HTML, at most 4096 UTF-16 units once its tags are parsed; 1024
    under a picture.
    """

    html: str
    buttons: tuple[tuple[Button, ...], ...] = ()
    preview: str = ""
    """The address that the link preview shows; empty: no preview. A picture has none."""
    silent: bool = False
    reply_to: int = 0
    """The id of the chat's message that it answers, if that is still there; 0: none."""
    picture: bytes = field(default=b"", repr=False)
    """A PNG of at most 10 MB, shown above the text; empty: none. The same one is uploaded once for
    all readers.
    """
