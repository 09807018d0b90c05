"""Whether a figure can be believed. Pure."""

from collections.abc import Iterable
from datetime import date, timedelta

from bot.model import Rate

AHEAD = timedelta(days=4)
"""The bank's figures hold from the next day on; no weekend is longer than this."""
FIRST_DAY = "1993-05-10"
"""The som's."""
LEAP = 10
"""So many times what it was before, or so little: a slip of the comma or the nominal."""


def reason_against(rate: Rate, known: Iterable[Rate], today: date) -> str | None:
    """Why this figure is refused; None where nothing speaks against it. `known`: good ones."""
    if not rate.value.is_finite() or rate.value <= 0:
        return f"{rate.currency} is {rate.value} on {rate.day}"
    if rate.day > (today + AHEAD).isoformat():
        return f"{rate.currency} is of {rate.day}, which is too far ahead"
    if rate.day < FIRST_DAY:
        return f"{rate.currency} is of {rate.day}, when there was no som"
    before = _before(rate, known)
    if before is not None and not _is_near(rate, before):
        return f"{rate.currency} is {_said(rate)} on {rate.day}, and was {_said(before)}"
    return None


def believed(rates: Iterable[Rate], today: date) -> tuple[list[Rate], list[str]]:
    """A history's good figures by day, each beside the good one before it, and what is said
    against the others.
    """
    good: list[Rate] = []
    bad: list[str] = []
    last: dict[str, Rate] = {}
    for rate in sorted(rates, key=lambda each: each.day):
        known = [last[rate.currency]] if rate.currency in last else []
        reason = reason_against(rate, known, today)
        if reason is None:
            good.append(rate)
            last[rate.currency] = rate
        else:
            bad.append(reason)
    return good, bad


def _before(rate: Rate, known: Iterable[Rate]) -> Rate | None:
    """The last good one of an earlier day; else that of the same day or the first later one."""
    of_it = sorted((each for each in known if each.currency == rate.currency), key=lambda r: r.day)
    earlier = [each for each in of_it if each.day < rate.day]
    return earlier[-1] if earlier else next(iter(of_it), None)


def _is_near(rate: Rate, other: Rate) -> bool:
    share = (rate.value / rate.nominal) / (other.value / other.nominal)
    return share * LEAP > 1 and share < LEAP


def _said(rate: Rate) -> str:
    return f"{rate.value} for {rate.nominal}" if rate.nominal > 1 else f"{rate.value}"
