"""Rates, sums and days as readers of a language write them."""

from datetime import datetime
from decimal import Decimal

from babel.dates import format_date, format_skeleton
from babel.numbers import format_decimal, format_percent

from bot.messages.markup import Markup, bold, escape
from bot.messages.phrases import words
from bot.model import Bound, Chat, Figure, Move, Rate, Threshold
from bot.model.rates import SOM

UP, DOWN, SAME = "▲", "▼", "="
FINEST = Decimal("0.0001")


def value(rate: Rate, chat: Chat) -> str:
    """As it was published: the bank's four decimals, the site's two."""
    places = max(4 if rate.source == "bank" else 2, -int(rate.value.as_tuple().exponent))
    return number(rate.value, chat, places)


def number(amount: Decimal, chat: Chat, places: int = 2, least: int | None = None) -> str:
    """With `places` decimals, of which zeros after `least` are left out."""
    shown = places if least is None else least
    pattern = f"#,##0.{'0' * shown}{'#' * (places - shown)}".rstrip(".")
    return format_decimal(amount, pattern, locale=chat.language)


def amount(of: Decimal, currency: str, chat: Chat) -> str:
    """A sum of money: 5,000.50 EUR."""
    places = max(2, -int(of.as_tuple().exponent)) if of < 1 else 2
    whole = of == of.to_integral_value()
    return f"{number(of, chat, places, 0 if whole else 2)} {money(currency, chat)}"


def money(currency: str, chat: Chat) -> str:
    """Its code; som by its name."""
    return words(chat).label("som") if currency == SOM else currency


def units(rate: Rate) -> str:
    """USD; 10 JPY."""
    return f"{rate.nominal} {rate.currency}" if rate.nominal > 1 else rate.currency


def line(figure: Figure, chat: Chat) -> Markup:
    """USD 87.4500 ▲ 0.0009 (0.00%)."""
    rate = figure.rate
    said = bold(escape(units(rate))) + escape(f" {value(rate, chat)}")
    return said + escape(f" {moved(figure.move, chat)}") if figure.move else said


def moved(move: Move, chat: Chat) -> str:
    """▲ 0.0509 (0.06%)."""
    if not move.amount:
        return SAME
    amount = number(max(abs(move.amount), FINEST), chat, 4, 2)
    share = format_percent(abs(move.share), "#,##0.00%", locale=chat.language)
    return f"{UP if move.amount > 0 else DOWN} {amount} ({share})"


def day(iso: str, chat: Chat, today: str = "") -> str:
    """March 12; the year too where it is not today's."""
    local = datetime.fromisoformat(iso)
    if iso[:4] == (today or iso)[:4]:
        return format_skeleton("MMMMd", local, locale=chat.language)
    return format_date(local, "long", locale=chat.language)


def source(rate: Rate, chat: Chat) -> str:
    """Who says so."""
    return words(chat).label("National Bank") if rate.source == "bank" else "24.kg"


def waited_for(of: Threshold, chat: Chat) -> str:
    """USD > 88; RUB ± 5% (from 1.1000)."""
    said = threshold(of, chat)
    if of.bound is not Bound.MOVE:
        return said
    base = number(of.base, chat, max(4, -int(of.base.as_tuple().exponent)), 2)
    return words(chat).label("{threshold} (from {value})", threshold=said, value=base)


def threshold(of: Threshold, chat: Chat) -> str:
    """USD > 88; RUB ± 5%."""
    name = f"{of.nominal} {of.currency}" if of.nominal > 1 else of.currency
    level = number(of.level, chat, 6, 0)
    match of.bound:
        case Bound.ABOVE:
            return f"{name} > {level}"
        case Bound.BELOW:
            return f"{name} < {level}"
        case Bound.MOVE:
            return f"{name} ± {level}%"
