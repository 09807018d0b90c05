"""Files as the National Bank writes them, and rates of our own making."""

import math
from datetime import date, timedelta
from decimal import Decimal

from bot.model import Rate

HOLIDAYS = {(1, day) for day in range(1, 10)} | {(3, 8), (3, 21), (5, 1), (5, 9), (8, 31)}


def rate(value="87.4500", day="2026-03-02", currency="USD", source="bank", nominal=1):
    return Rate(currency, Decimal(value), day, source, nominal)


def bank_file(day, *rows, name="Daily", nominals=()):
    """`rows`: code and value as the bank writes them; `nominals`: by code, where not 1."""
    named = dict(nominals)
    valid = "<ValidFor>7</ValidFor>\n" if name == "Weekly" else ""
    body = "".join(
        f'<Currency ISOCode="{code}">\n<Nominal>{named.get(code, 1)}</Nominal>\n{valid}'
        f"<Value>{value}</Value>\n</Currency>\n"
        for code, value in rows
    )
    head = '<?xml version="1.0" encoding="windows-1251" ?>\n'
    title = f'<CurrencyRates Name="{name} Exchange Rates" Date="{day}">\n'
    return f"{head}{title}{body}</CurrencyRates>\n".encode("cp1251")


def works(day):
    """Whether the bank publishes on this day: New Year's holidays, 8 March…, weekends."""
    is_moved = day == date(2025, 5, 3)
    return is_moved or (day.weekday() < 5 and (day.month, day.day) not in HOLIDAYS)


def five_years(first=date(2021, 7, 1), days=1830):
    """A series made up: what was published on a working day holds from the next day on."""
    values = {"USD": 85.0, "EUR": 98.0, "RUB": 1.1, "KZT": 0.19}
    known: dict[str, Decimal] = {}
    for number in range(days):
        day = first + timedelta(days=number)
        if not known or works(day - timedelta(days=1)):
            for place, (code, value) in enumerate(values.items()):
                swing = 1 + 0.04 * math.sin(number / (17 + place)) + 0.0007 * math.cos(number * 7)
                known[code] = Decimal(f"{value * swing:.4f}")
        yield day.isoformat(), dict(known)
