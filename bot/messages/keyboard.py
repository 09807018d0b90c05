"""Buttons within Telegram's limits, and pages of what is too much for one message."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from bot.messages.outside import clean
from bot.model import Button

Row = tuple[Button, ...]
Rows = tuple[Row, ...]

MAX_DATA = 64
"""Bytes of callback data."""
LABEL = 28
"""UTF-16 units of outside text in a label: about what a phone shows."""
PER_PAGE = 8

T = TypeVar("T")


def data(kind: str, text: str) -> str:
    """Callback data; empty where it is too long or can't be sent as it is."""
    told = f"{kind}:{text}"
    is_sendable = bool(text) and text.isprintable()
    return told if is_sendable and len(told.encode()) <= MAX_DATA else ""


def short(text: str) -> str:
    """Outside text for a label."""
    return clean(text, LABEL) or "…"


def rows(buttons: Sequence[Button], width: int = 1) -> Rows:
    """So many in a row."""
    return tuple(tuple(buttons[at : at + width]) for at in range(0, len(buttons), width))


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """Some of many."""

    shown: tuple[T, ...]
    number: int
    """From 0."""
    pages: int

    @property
    def first(self) -> int:
        """The place of the first one among all, from 0."""
        return self.number * PER_PAGE

    def turning(self, kind: str) -> Rows:
        """The row with which to turn pages, `kind:NUMBER`; none where there is one page."""
        if self.pages == 1:
            return ()
        before = Button("‹", data=f"{kind}:{(self.number - 1) % self.pages}")
        place = Button(f"{self.number + 1} / {self.pages}", data=f"{kind}:{self.number}")
        after = Button("›", data=f"{kind}:{(self.number + 1) % self.pages}")
        return ((before, place, after),)


def page(of: Sequence[T], number: int) -> Page[T]:
    """The page of this number, or the nearest there is."""
    pages = max(1, -(-len(of) // PER_PAGE))
    number = min(max(0, number), pages - 1)
    return Page(tuple(of[number * PER_PAGE : (number + 1) * PER_PAGE]), number, pages)
