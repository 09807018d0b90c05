"""A National Bank: what it publishes on a working day holds from the next day on, and its two
files say so.
"""

import random
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal, InvalidOperation
from typing import Literal

File = Literal["daily", "weekly"]
DAY = timedelta(days=1)
WORKING_DAYS = range(5)
DAYS_BACK = 400
FOURTH = Decimal("0.0001")
MOST = Decimal(10**6)


@dataclass(frozen=True, slots=True)
class Course:
    """A currency: the file that it is in, what it is worth now, and how far it moves from one
    publication to the next, as a share.
    """

    file: File
    value: str
    step: float
    nominal: int = 1


CURRENCIES: Mapping[str, Course] = {
    "USD": Course("daily", "87.4500", 0.0004),
    "EUR": Course("daily", "101.5630", 0.005),
    "CNY": Course("daily", "12.2147", 0.003),
    "KZT": Course("daily", "0.1687", 0.006),
    "RUB": Course("daily", "1.1094", 0.01),
    "GBP": Course("weekly", "116.9021", 0.012),
    "TRY": Course("weekly", "2.1355", 0.01),
    "JPY": Course("weekly", "5.6120", 0.012, 10),
    "UZS": Course("weekly", "0.7230", 0.008, 100),
}


class Bank:
    """What it has published by the day from which on it holds, `days` back at first; `seed`: the
    same one gives the same course.
    """

    def __init__(self, now: Callable[[], datetime], days: int = DAYS_BACK, seed: int = 24) -> None:
        self._now = now
        dice = random.Random(seed)  # noqa: S311 - no secrets here
        self._published = {
            code: dict(_walk(course, now().date(), days, dice))
            for code, course in CURRENCIES.items()
        }

    def now(self) -> dict[str, Decimal]:
        """The newest value of each currency."""
        return {code: next(reversed(days.values())) for code, days in self._published.items()}

    def publish(self, currency: str, value: str) -> None:
        """Say what holds from tomorrow on, in som for the currency's nominal. Raises ValueError."""
        if currency not in self._published:
            raise ValueError(f"the bank publishes no {currency!r}")
        self._published[currency][self._now().date() + DAY] = _amount(value)

    def history(self) -> Iterator[tuple[date, str, int, Decimal]]:
        """All that was published: day, currency, nominal, som."""
        for code, days in self._published.items():
            for day, value in days.items():
                yield day, code, CURRENCIES[code].nominal, value

    def file(self, name: File) -> bytes:
        """What holds on the newest day, as the bank writes it: windows-1251, decimal commas."""
        shown = {code: c for code, c in CURRENCIES.items() if c.file == name}
        last = max(day for code in shown for day in self._published[code])
        rows = "".join(_row(code, course, self.now()[code]) for code, course in shown.items())
        head = f'<CurrencyRates Name="{name.title()} Exchange Rates" Date="{last:%d.%m.%Y}">'
        text = f'<?xml version="1.0" encoding="windows-1251" ?>\n{head}\n{rows}</CurrencyRates>\n'
        return text.encode("cp1251")


def _walk(
    course: Course, today: date, days: int, dice: random.Random
) -> Iterator[tuple[date, Decimal]]:
    """Earliest first, up to what holds today."""
    value, back = Decimal(course.value), []
    for ago in range(days):
        day = today - ago * DAY
        if _begins(day, course.file):
            back.append((day, value))
            value *= 1 + Decimal(dice.uniform(-course.step, course.step))
            value = value.quantize(FOURTH)
    yield from reversed(back)


def _begins(day: date, file: File) -> bool:
    """Whether a publication holds from this day on: Tuesday to Saturday, or Saturday alone."""
    published = (day - DAY).weekday()
    return published in WORKING_DAYS if file == "daily" else published == WORKING_DAYS[-1]


def _amount(value: str) -> Decimal:
    try:
        amount = Decimal(value.strip().replace(",", "."))
    except InvalidOperation:
        raise ValueError(f"{value!r} is no number") from None
    if not 0 < amount < MOST:
        raise ValueError("a rate is above 0 and below a million")
    return amount.quantize(FOURTH)


def _row(code: str, course: Course, value: Decimal) -> str:
    valid = "<ValidFor>7</ValidFor>\n" if course.file == "weekly" else ""
    said = f"{value:.4f}".replace(".", ",")
    return (
        f'<Currency ISOCode="{code}">\n<Nominal>{course.nominal}</Nominal>\n{valid}'
        f"<Value>{said}</Value>\n</Currency>\n"
    )
