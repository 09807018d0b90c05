"""Rates of nobody's making: they move like real ones, and are the same on every day."""

from datetime import date, timedelta
from decimal import Decimal
from itertools import accumulate
from random import Random

from bot.messages.chart import Series

LAST = date(2031, 3, 12)
WEEKEND = (5, 6)
FOURTH = Decimal("0.0001")


def walk(currency, start, step, seed, *, nominal=1, days=400, until=LAST):
    """Working days up to one; each rate the one before, by at most this share more or less."""
    random = Random(seed)
    known = [until - timedelta(days=ago) for ago in range(days, -1, -1)]
    known = [day for day in known if day.weekday() not in WEEKEND]
    moves = (1 + step * random.uniform(-1, 1) for _ in known[1:])
    values = accumulate(moves, lambda value, move: value * move, initial=start)
    points = zip(known, (Decimal(value).quantize(FOURTH) for value in values), strict=True)
    return Series(currency, nominal, tuple(points))


def held(currency="USD", around="91.20", until=LAST):
    """A rate that the bank holds: for months it moves by hundredths at most."""
    base = Decimal(around)
    flat = walk(currency, 1.0, 0.0, 0, until=until)
    noise = (Decimal(number % 7 == 0) / 100 for number in range(len(flat.days)))
    points = ((day, base - less) for (day, _), less in zip(flat.days, noise, strict=True))
    return Series(currency, 1, tuple(points))


def everyday():
    """The five that an overview has."""
    return [
        held(),
        walk("EUR", 97.5, 0.006, 3),
        walk("RUB", 1.31, 0.012, 12),
        walk("CNY", 13.1, 0.003, 5),
        walk("KZT", 19.4, 0.008, 4, nominal=100),
    ]


def series(*values, currency="USD", nominal=1, gap=1, last=LAST):
    """These rates, the last one on that day, so many days apart."""
    count = len(values)
    days = [last - timedelta(days=gap * ago) for ago in range(count - 1, -1, -1)]
    return Series(currency, nominal, tuple(zip(days, map(Decimal, values), strict=True)))
