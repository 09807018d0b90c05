"""Times of the day in what readers say. Pure."""

import re
from datetime import time

from bot.model import Quiet

_AT = "(?:at |в |саат )?"
_TIME = r"([01]?\d|2[0-3])(?:[:.]([0-5]\d))?"
_SPAN = re.compile(
    rf"(?:from |со? )?{_TIME}(?:\s*[-–—]\s*| to | до |[дт][аеоө]н ){_TIME}"
    r"(?:[гк][аеоө])?(?: чейин)?"
)
_DASHES, _POINTS = frozenset("-–—"), frozenset(":.")
_HOUR = re.compile(rf"{_AT}([01]?\d|2[0-3])")
_CLOCK = re.compile(rf"{_AT}([01]?\d|2[0-3])[:.]([0-5]\d)")


def read(said: str) -> time | None:
    """The time in "8:00", "08.30", "в 8:00"; None: it is none."""
    found = _CLOCK.fullmatch(_folded(said))
    return _time(*found.groups()) if found else None


def hour(said: str) -> time | None:
    """The full hour in "8", "08", "в 8"; None: it is none."""
    found = _HOUR.fullmatch(_folded(said))
    return _time(found[1], None) if found else None


def span(said: str) -> Quiet | None:
    """The hours in "22:00-08:00", "22–8", "с 22 до 8"; None: they are none."""
    found = _SPAN.fullmatch(_folded(said))
    return Quiet(_time(found[1], found[2]), _time(found[3], found[4])) if found else None


def example(said: str) -> str | None:
    """What was meant as such, written well: a time, or hours; None: it was meant for neither."""
    signs = frozenset(said) - frozenset(" 0123456789")
    if not signs or signs - _DASHES - _POINTS or signs == frozenset(said):
        return None
    return "22:00-08:00" if signs & _DASHES else "08:00"


def _folded(said: str) -> str:
    return " ".join(said.casefold().split())


def _time(hour: str, minute: str | None) -> time:
    return time(int(hour), int(minute or 0))
