"""What a chart is made of."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

from bot.model import Period

Point = tuple[date, Decimal]

_CODE = re.compile(r"[A-Z]{3}")
_HIGHEST = Decimal(10**9)
_LOWEST = 1 / _HIGHEST
_LONGEST_HOLIDAYS = timedelta(days=12)
"""With New Year and the weekends around it; what is longer is missing, not quiet."""


@dataclass(frozen=True, slots=True)
class Change:
    """From one rate to a later one: in som, and as a share of the earlier one."""

    amount: Decimal
    share: Decimal


@dataclass(frozen=True, slots=True)
class Series:
    """What the bank published of one currency: som for `nominal` units, by the day on which it
    takes effect; days without a publication are left out. Raises ValueError where there is no
    day, where days don't ascend, and for a currency, nominal or rate that can't be one.
    """

    currency: str
    """ISO 4217."""
    nominal: int
    days: tuple[Point, ...]

    def __post_init__(self) -> None:
        if not _CODE.fullmatch(self.currency):
            raise ValueError(f"not a currency's three letters: {self.currency!r}")
        if not 1 <= self.nominal < _HIGHEST:
            raise ValueError(f"not a nominal: {self.nominal}")
        if not self.days or any(
            not earlier < later for (earlier, _), (later, _) in pairwise(self.days)
        ):
            raise ValueError(f"{self.currency}: days must ascend, and there must be one")
        if any(not value.is_finite() or not _LOWEST <= value < _HIGHEST for _, value in self.days):
            raise ValueError(f"{self.currency}: a rate is neither zero, nor negative, nor absurd")

    @classmethod
    def of(cls, period: Period) -> "Series":
        """A currency's rates over some days, for the nominal that the latest is for."""
        nominal = period.rates[-1].nominal
        days = (
            (date.fromisoformat(rate.day), rate.value * nominal / rate.nominal)
            for rate in period.rates
        )
        return cls(period.figure.rate.currency, nominal, tuple(days))

    @property
    def first(self) -> date:
        """The earliest day."""
        return self.days[0][0]

    @property
    def last(self) -> date:
        """The latest day."""
        return self.days[-1][0]

    @property
    def value(self) -> Decimal:
        """The latest rate."""
        return self.days[-1][1]

    @property
    def change(self) -> Change | None:
        """Of the latest rate against the one before it; none where that is the only one."""
        return change(self.days[-2:])

    def since(self, first: date) -> tuple[Point, ...]:
        """The days from this one on."""
        return tuple(point for point in self.days if point[0] >= first)


def change(points: Sequence[Point]) -> Change | None:
    """Of the last rate against the first one; none where there are not two."""
    if not points[1:]:
        return None
    earlier, later = points[0][1], points[-1][1]
    return Change(later - earlier, (later - earlier) / earlier)


def stretches(points: Sequence[Point]) -> tuple[tuple[Point, ...], ...]:
    """The days in runs that no more than weekends and holidays interrupt."""
    runs: list[list[Point]] = [list(points[:1])]
    for before, point in pairwise(points):
        if point[0] - before[0] > _LONGEST_HOLIDAYS:
            runs.append([])
        runs[-1].append(point)
    return tuple(map(tuple, runs))
