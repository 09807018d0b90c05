"""Rates, changes and days in the reader's language."""

from datetime import date
from decimal import Decimal

from babel import Locale
from babel.dates import format_date, format_skeleton
from babel.numbers import format_decimal, format_percent, get_currency_name

from bot.messages.chart.series import Change, Series
from bot.model import Language

_CENTS, _EXACT = "#,##0.00", "#,##0.0000"
"""The bank's four decimals only where the last two say something."""
_LEAST_SHARE = Decimal("0.0001")
_SOM = {Language.EN: "som", Language.RU: "сом", Language.KY: "сом"}


def rate(value: Decimal, language: Language) -> str:
    """87.45 or 1.0530."""
    exact = round(value, 4)
    pattern = _CENTS if exact == round(value, 2) else _EXACT
    return str(format_decimal(exact, pattern, locale=language))


def som(language: Language) -> str:
    """What rates are in."""
    return _SOM[language]


def unit(series: Series) -> str:
    """What a rate buys: USD or 100 KZT."""
    return series.currency if series.nominal == 1 else f"{series.nominal} {series.currency}"


def name(series: Series, language: Language) -> str:
    """US Dollar; the code where the language has no name for it."""
    known = get_currency_name(series.currency, locale=language)
    return known[:1].upper() + known[1:]


def moved(change: Change, language: Language) -> str:
    """▲ 0.0022 (0.01%); without an arrow where nothing moved."""
    sign = "▲ " if change.amount > 0 else "▼ " if change.amount < 0 else ""
    return f"{sign}{rate(abs(change.amount), language)} ({_share(abs(change.share), language)})"


def _share(share: Decimal, language: Language) -> str:
    few = "<" if 0 < share < _LEAST_SHARE else ""
    return few + format_percent(
        max(share, _LEAST_SHARE) if few else share, _percent(language), locale=language
    )


def _percent(language: Language) -> str:
    """The language's way to write a share, with two decimals."""
    pattern: str = Locale(language).percent_formats[None].pattern
    return pattern.replace("0", "0.00")


def tick(value: Decimal, step: Decimal, language: Language) -> str:
    """A rate at an axis, with the decimals that tell it from its neighbours."""
    decimals = max(0, -int(step.normalize().as_tuple().exponent))
    return str(format_decimal(value, f"#,##0.{'0' * decimals}".rstrip("."), locale=language))


def full(day: date, language: Language) -> str:
    """March 12, 2026."""
    return format_date(day, "long", locale=language)


def short(day: date, language: Language) -> str:
    """Mar 12."""
    return format_skeleton("MMMd", day, locale=language)


def dated(day: date, language: Language) -> str:
    """Mar 12, 2026."""
    return format_date(day, "medium", locale=language)


def month(day: date, language: Language) -> str:
    """Mar, and in January the year."""
    return format_date(day, "y" if day.month == 1 else "LLL", locale=language)
