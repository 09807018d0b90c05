"""Time zones by what people call them."""

from functools import cache
from zoneinfo import available_timezones

NOT_PLACES = frozenset({"factory", "localtime"})


def timezone_named(said: str) -> str | None:
    """The IANA name meant by "europe/berlin", "New York" or "bishkek"; None: no such zone."""
    return _zones().get("_".join(said.split()).casefold())


@cache
def _zones() -> dict[str, str]:
    """Every zone by its full name, and by its city's."""
    names = sorted(name for name in available_timezones() if name.casefold() not in NOT_PLACES)
    # Where two zones share a city, the later is the one that people mean: Europe/Istanbul.
    cities = {name.rpartition("/")[2].casefold(): name for name in names}
    return cities | {name.casefold(): name for name in names}
