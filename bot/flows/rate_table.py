"""Which rate is shown: the bank's for the day, else the site's, else the last good one. Pure.

The bank publishes on working days; between, its file and the site go on saying the same. A day is
one of publication where a daily rate differs from what it was.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import groupby

from bot.model import Figure, Period, Rate, RateTable
from bot.model.rates import DAILY, to_cent

SITE_AFTER_DAYS = 14
"""Where the bank has been silent for longer than any holidays, the site alone is heard."""


def table(rates: Iterable[Rate], today: str) -> RateTable:
    """What holds today, and what the bank has published for later."""
    rates = list(rates)
    course = _course(rate for rate in rates if rate.day <= today)
    figures = course.figures(DAILY)
    since = course.since
    later = [rate for rate in rates if rate.day > today and rate.source == "bank"]
    for day, of_day in _by_day(later):
        if course.step(day, of_day):
            return RateTable(today, figures, since, course.figures(c for c in DAILY if c in of_day))
    return RateTable(today, figures, since)


def in_force(rates: Iterable[Rate], today: str) -> Mapping[str, Rate]:
    """The rate of every currency that holds today."""
    return _course(rate for rate in rates if rate.day <= today).shown


def periods(
    rates: Iterable[Rate], currencies: Iterable[str], today: str, days: int
) -> list[Period]:
    """Each currency's publications of the last days; those that have no rate are left out."""
    course = _course(rate for rate in rates if rate.day <= today)
    first = (date.fromisoformat(today) - timedelta(days=days)).isoformat()
    found = []
    for figure in course.figures(currencies):
        published = course.published[figure.rate.currency]
        shown = tuple(rate for rate in published if rate.day >= first)
        found.append(Period(figure, days, shown or (figure.rate,)))
    return found


def newest(rates: Iterable[Rate], currency: str) -> Rate | None:
    """By which thresholds go: the bank's newest, to four decimals; the site's where it is long
    silent.
    """
    of_it = sorted((rate for rate in rates if rate.currency == currency), key=lambda r: r.day)
    bank = [rate for rate in of_it if rate.source == "bank"]
    site = [rate for rate in of_it if rate.source == "site"]
    if not bank or (site and _days(bank[-1].day, site[-1].day) > SITE_AFTER_DAYS):
        return site[-1] if site else None
    return bank[-1]


def disagreeing(rates: Collection[Rate], day: str) -> list[tuple[Rate, Rate]]:
    """Where site and bank say different things of a day: (the site's, the bank's)."""
    of_day = [rate for rate in rates if rate.day == day]
    bank = {rate.currency: rate for rate in of_day if rate.source == "bank"}
    site = [rate for rate in of_day if rate.source == "site" and rate.currency in bank]
    return [(rate, bank[rate.currency]) for rate in site if _differ(rate, bank[rate.currency])]


@dataclass(slots=True)
class _Course:
    """The rates as they went, up to a day."""

    shown: dict[str, Rate] = field(default_factory=dict)
    held: dict[str, Rate] = field(default_factory=dict)
    """As published: the site's cents that say the same don't take the place of the bank's four
    decimals.
    """
    before: dict[str, Rate] = field(default_factory=dict)
    published: dict[str, list[Rate]] = field(default_factory=dict)
    since: str = ""

    def step(self, day: str, rates: Mapping[str, Rate]) -> bool:
        """Whether this day brought a new publication of the daily ones."""
        daily = {code: rate for code, rate in rates.items() if code in DAILY}
        is_new = any(self._is_new(rate) for rate in daily.values())
        others = {code: rate for code, rate in rates.items() if code not in DAILY}
        self._publish(daily if is_new else {})
        self._publish({code: rate for code, rate in others.items() if self._is_new(rate)})
        self.shown.update(rates)
        if is_new:
            self.since = day
        return is_new

    def _is_new(self, rate: Rate) -> bool:
        held = self.held.get(rate.currency)
        return held is None or _differ(rate, held)

    def _publish(self, rates: Mapping[str, Rate]) -> None:
        for code, rate in rates.items():
            if code in self.held:
                self.before[code] = self.held[code]
            self.held[code] = rate
            self.published.setdefault(code, []).append(rate)

    def figures(self, codes: Iterable[str]) -> tuple[Figure, ...]:
        return tuple(
            Figure(self.shown[code], self.before.get(code)) for code in codes if code in self.shown
        )


def _course(rates: Iterable[Rate]) -> _Course:
    course = _Course()
    for day, of_day in _by_day(rates):
        course.step(day, of_day)
    return course


def _by_day(rates: Iterable[Rate]) -> Iterable[tuple[str, Mapping[str, Rate]]]:
    """What is official on each day: the bank's goes before the site's."""
    ordered = sorted(rates, key=lambda rate: (rate.day, rate.source == "bank"))
    for day, of_day in groupby(ordered, key=lambda rate: rate.day):
        yield day, {rate.currency: rate for rate in of_day}


def _differ(one: Rate, other: Rate) -> bool:
    """To the cent where one of them is known no better."""
    first, second = one.value * other.nominal, other.value * one.nominal
    if one.source != other.source:
        first, second = to_cent(one.value / one.nominal), to_cent(other.value / other.nominal)
    return first != second


def _days(first: str, last: str) -> int:
    return (date.fromisoformat(last) - date.fromisoformat(first)).days


def known_days(days: int) -> int:
    """So many known days hold the publications of these days, and the one before."""
    return days + SITE_AFTER_DAYS


def later(today: str, days: int) -> str:
    """The day so many days after."""
    return (date.fromisoformat(today) + timedelta(days=days)).isoformat()
