"""Time zones by what people call them."""

from difflib import get_close_matches
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from babel.dates import get_timezone_location

from bot.model import Language

NOT_PLACES = frozenset({"factory", "localtime"})
CONTINENTS = frozenset(
    {"Africa", "America", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific"}
)
"""Zones elsewhere are other names of these."""
LONGEST = 40
ALIKE = 0.75


def timezone_named(said: str) -> str | None:
    """The IANA name meant by "europe/berlin", "New York", "bishkek" or "Москва"; None: no such
    zone.
    """
    name = _folded(said)
    return _zones().get(name) or (None if name.isascii() else _translated().get(name))


def timezone_like(said: str) -> str | None:
    """The IANA name that was probably meant; None where none is like it."""
    name = _folded(said[:LONGEST])
    known = _zones() if name.isascii() else _translated()
    return next((known[each] for each in get_close_matches(name, known, 1, ALIKE)), None)


def _folded(said: str) -> str:
    return "_".join(said.split()).casefold()


@cache
def _zones() -> dict[str, str]:
    """Every zone by its full name, and by its city's."""
    names = _names()
    # Where two zones share a city, the later is the one that people mean: Europe/Istanbul.
    cities = {name.rpartition("/")[2].casefold(): name for name in names}
    return cities | {name.casefold(): name for name in names}


# A fifth of a second of the processor, for the first who writes one so.
@cache
def _translated() -> dict[str, str]:
    """Zones by their cities in the languages that are not written in Latin letters."""
    places = [name for name in _names() if name.partition("/")[0] in CONTINENTS]
    return {
        _folded(get_timezone_location(ZoneInfo(name), language, return_city=True)): name
        for language in (Language.RU, Language.KY)
        for name in places
    }


def _names() -> list[str]:
    return sorted(name for name in available_timezones() if name.casefold() not in NOT_PLACES)
