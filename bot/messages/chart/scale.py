"""Where days and rates are on the picture."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

LEAST_SPAN = Decimal("0.01")
"""An axis spans at least this share of the rate: what moves less looks as flat as it is."""
_ROOM = Decimal("0.06")
"""Above and below, so that a line does not touch the edge."""
_STEPS = tuple(map(Decimal, ("1", "2", "2.5", "5", "10")))


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle of the picture, in its units; y grows downwards."""

    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Scale:
    """Puts days and rates into a box. `first` is before `last`, `low` below `high`."""

    box: Box
    first: date
    last: date
    low: Decimal
    high: Decimal

    def x(self, day: date) -> float:
        """Of a day, which may be outside of the box."""
        share = (day - self.first) / (self.last - self.first)
        return self.box.left + share * (self.box.right - self.box.left)

    def y(self, value: Decimal) -> float:
        """Of a rate."""
        share = float((value - self.low) / (self.high - self.low))
        return self.box.bottom - share * (self.box.bottom - self.box.top)


def span(values: Iterable[Decimal]) -> tuple[Decimal, Decimal]:
    """The lowest and the highest rate of an axis that shows all of these."""
    known = tuple(values)
    low, high = min(known), max(known)
    missing = max(Decimal(0), high * LEAST_SPAN - (high - low))
    room = (high - low + missing) * _ROOM + missing / 2
    return low - room, high + room


def ticks(low: Decimal, high: Decimal, most: int = 5) -> tuple[Decimal, ...]:
    """Two to `most` round rates between these."""
    step = _step((high - low) / most)
    first = int(low / step) + 1
    return tuple(step * number for number in range(first, int(high / step) + 1))


def _step(least: Decimal) -> Decimal:
    """The next 1, 2, 2.5 or 5 of a power of ten."""
    unit = Decimal(1).scaleb(least.adjusted())
    return next(unit * step for step in _STEPS if unit * step >= least)


def spread(first: date, last: date, most: int) -> tuple[date, ...]:
    """At most so many days, evenly, with both ends."""
    length = (last - first).days
    count = min(most - 1, length)
    return tuple(first + timedelta(days=length * at // count) for at in range(count + 1))


def months(first: date, last: date, most: int) -> tuple[date, ...]:
    """First days of at most so many months, evenly, none at an edge."""
    edge = 12
    days = (first + timedelta(days=at) for at in range(edge, (last - first).days + 1 - edge))
    begun = [day for day in days if day.day == 1]
    return tuple(begun[:: -(-len(begun) // most)]) if begun else ()
