"""What the som is worth, and at which worth a chat wants to be told."""

from dataclasses import dataclass
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from bot.model.news import Rate
from bot.model.readers import ChatRef

SOM = "KGS"
DAILY = ("USD", "EUR", "RUB", "KZT", "CNY")
"""What the bank publishes each working day, in the order in which people ask for it."""
CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Move:
    """From one rate to a later one: in som for the nominal, and as a share of the earlier one."""

    amount: Decimal
    share: Decimal


@dataclass(frozen=True, slots=True)
class Figure:
    """A rate beside the one that it took the place of."""

    rate: Rate
    before: Rate | None = None
    """What the publication before said; None where there is none."""

    @property
    def move(self) -> Move | None:
        """Since the publication before, to the cent where one of the two is known to the cent."""
        if self.before is None:
            return None
        old, new = self.before.value * self.rate.nominal / self.before.nominal, self.rate.value
        if "site" in {self.rate.source, self.before.source}:
            old, new = to_cent(old), to_cent(new)
        return Move(new - old, (new - old) / old) if old else None


@dataclass(frozen=True, slots=True)
class RateTable:
    """What holds on a chat's day."""

    day: str
    """The chat's, ISO 8601."""
    figures: tuple[Figure, ...]
    since: str = ""
    """The day of the publication that holds; before `day`, there is no new rate on it."""
    tomorrow: tuple[Figure, ...] = ()
    """What the bank has published for a later day already."""

    @property
    def is_new(self) -> bool:
        """Whether its own day brought a publication."""
        return self.since == self.day


@dataclass(frozen=True, slots=True)
class Period:
    """One currency over some days, earliest first; days without a publication are left out."""

    figure: Figure
    days: int
    rates: tuple[Rate, ...]


@dataclass(frozen=True, slots=True)
class Converted:
    """A sum in another currency, and the rates that say so; som itself has none."""

    amount: Decimal
    source: str
    result: Decimal
    target: str
    by: tuple[Rate, ...]


class Amiss(StrEnum):
    """What is wrong with a sum that shall be converted."""

    NOT_POSITIVE = "not positive"
    TOO_MUCH = "too much"


class Bound(StrEnum):
    """What a threshold waits for."""

    ABOVE = "above"
    BELOW = "below"
    MOVE = "move"
    """In either direction, by a share of what it was when the chat was last told."""


@dataclass(frozen=True, slots=True)
class Threshold:
    """A rate at which a chat wants to be told."""

    chat: ChatRef
    currency: str
    bound: Bound
    level: Decimal
    """Som for `nominal` units; of a move, per cent."""
    nominal: int
    base: Decimal
    """Som for `nominal` units when it was set, or last crossed: what a move begins from."""
    created: datetime
    is_armed: bool = True
    """It was told and has not gone back yet, where this is false."""

    @property
    def key(self) -> str:
        """The chat's name for it: at most 40 ASCII bytes."""
        return f"{self.currency}:{self.bound}:{self.level.normalize():f}"


@dataclass(frozen=True, slots=True)
class Crossing:
    """A threshold that was crossed, owed to its chat until it is settled."""

    threshold: Threshold
    """As it stood before."""
    rate: Rate
    at: float
    """Since when it is owed, in seconds since the epoch."""

    @property
    def key(self) -> str:
        """The same for whoever finds it again."""
        return f"{self.threshold.chat}/{self.threshold.key}/{self.rate.day}"


def to_cent(value: Decimal) -> Decimal:
    """Rounded half up, as the site's header does."""
    return value.quantize(CENT, ROUND_HALF_UP)
