"""Answers to `/rates`."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal

from bot.messages.figures import amount, day, line, money, moved, source, units, value
from bot.messages.keyboard import Rows, rows
from bot.messages.markup import LINE, NOTHING, Markup, bold, escape
from bot.messages.phrases import message, ticked, words
from bot.model import (
    Amiss,
    Button,
    Chat,
    Converted,
    Figure,
    Message,
    Move,
    Period,
    Rate,
    RateTable,
)
from bot.model.rates import SOM

SPANS = (30, 90, 365)
"""Days that a chart's buttons offer."""


def rate_table(chat: Chat, table: RateTable) -> Message:
    """What holds today, how it moved, and what is known of tomorrow."""
    if not table.figures:
        return no_rates(chat)
    texts = words(chat)
    heading = texts.text("<b>Exchange rates, {day}</b>", day=day(table.day, chat))
    held = NOTHING
    if not table.is_new and table.since:
        held = texts.text(
            "No new rate today (day off). This one holds since {day}.",
            day=day(table.since, chat, table.day),
        )
    return message(
        heading + LINE + _lines(table, chat),
        held,
        _later(table, chat),
        _source(table, chat),
        buttons=[(Button(texts.label("Chart"), data="ro"),)],
    )


def _lines(table: RateTable, chat: Chat) -> Markup:
    return LINE.join(_line(figure, table, chat) for figure in table.figures)


def _line(figure: Figure, table: RateTable, chat: Chat) -> Markup:
    """What is not of the day, or not from where the others are, says so."""
    rate, first = figure.rate, table.figures[0].rate
    notes = [source(rate, chat)] * (rate.source != first.source)
    notes += [day(rate.day, chat, table.day)] * (rate.day != first.day)
    return line(figure, chat) + escape("".join(f" · {note}" for note in notes))


def _later(table: RateTable, chat: Chat) -> Markup:
    if not table.tomorrow:
        return NOTHING
    named = day(table.tomorrow[0].rate.day, chat, table.day)
    heading = words(chat).text("Already known, from {day}:", day=named)
    return heading + LINE + LINE.join(line(each, chat) for each in table.tomorrow)


def _source(table: RateTable, chat: Chat) -> Markup:
    return _by(table.figures[0].rate, chat, table.day)


def _by(rate: Rate, chat: Chat, today: str = "") -> Markup:
    return words(chat).text(
        "Source: {source}, {day}", source=source(rate, chat), day=day(rate.day, chat, today)
    )


def no_rates(chat: Chat) -> Message:
    """None was read yet."""
    return message(words(chat).text("I don't know any rates yet. Check back in a few minutes."))


def no_rate(chat: Chat) -> Message:
    """Of a currency that was named."""
    texts = words(chat)
    return message(
        texts.text("The National Bank has no rate for that currency."),
        texts.text("Those that I know: /rates"),
    )


def rates_usage(chat: Chat, wrong: Amiss | None = None) -> Message:
    """What was said is neither a sum nor a currency, or a sum with something `wrong`."""
    if wrong:
        return message(escape(amiss(chat, wrong)), examples(chat))
    return message(words(chat).text("I didn't understand that."), examples(chat))


def amiss(chat: Chat, wrong: Amiss) -> str:
    """In a sentence."""
    match wrong:
        case Amiss.NOT_POSITIVE:
            return words(chat).label("An amount must be more than 0.")
        case Amiss.TOO_MUCH:
            return words(chat).label("That is more money than I can convert.")


def examples(chat: Chat) -> Markup:
    """What can be asked."""
    return words(chat).text(
        "/rates – today's rates\n"
        "<code>/rates 100 dollars</code> – in som\n"
        "<code>/rates 5000 som euro</code> – som in another currency\n"
        "<code>/rates euro 90</code> – one currency over 90 days"
    )


def converted(chat: Chat, found: Sequence[Converted]) -> Message:
    """A sum in one currency or several, and by which rates."""
    return message(*sums(chat, found))


def sums(chat: Chat, found: Sequence[Converted]) -> tuple[Markup, Markup]:
    """The same, as two paragraphs."""
    lines = LINE.join(
        escape(f"{amount(each.amount, each.source, chat)} = ")
        + bold(escape(amount(each.result, each.target, chat)))
        for each in found
    )
    return lines, LINE.join(_rate(rate, chat) for rate in _rates(found))


def _rates(found: Iterable[Converted]) -> list[Rate]:
    return list(dict.fromkeys(rate for each in found for rate in each.by))


def _rate(rate: Rate, chat: Chat) -> Markup:
    worth = f"{rate.nominal} {rate.currency} = {value(rate, chat)} {money(SOM, chat)}"
    return escape(f"{worth} · {source(rate, chat)}, {day(rate.day, chat)}")


def rate_overview(chat: Chat, table: RateTable, chart: bytes) -> Message:
    """A picture of all that the table has, with a button for each."""
    heading = words(chat).text("<b>Exchange rates over {n} days</b>", n=SPANS[0])
    codes = [figure.rate.currency for figure in table.figures]
    buttons = rows([_span_button(code, SPANS[0], code) for code in codes], 5)
    return replace(message(heading, _source(table, chat), buttons=buttons), picture=chart)


def rate_period(chat: Chat, period: Period, chart: bytes = b"") -> Message:
    """One currency's figures over some days, under their picture."""
    said = message(*_period(chat, period), buttons=_spans(chat, period) if chart else ())
    return replace(said, picture=chart)


def _spans(chat: Chat, period: Period) -> Rows:
    """Days to choose from, and the way to the other currencies."""
    code, texts = period.figure.rate.currency, words(chat)
    days = [
        _span_button(code, span, ticked(texts.label("{n} days", n=span), span == period.days))
        for span in SPANS
    ]
    return (tuple(days), (Button(texts.label("All currencies"), data="rp:all"),))


def _span_button(code: str, days: int, label: str) -> Button:
    return Button(label, data=f"rp:{code.lower()}:{days}")


def _period(chat: Chat, period: Period) -> tuple[Markup, Markup]:
    texts, rates = words(chat), period.rates
    heading = texts.plural(
        "<b>{currency}, the last {n} day</b>",
        "<b>{currency}, the last {n} days</b>",
        period.days,
        currency=units(period.figure.rate),
    )
    low, high = min(rates, key=_worth), max(rates, key=_worth)
    known = [
        line(period.figure, chat),
        texts.text("Over these days: {move}", move=moved(_move(period), chat)),
        texts.text("Lowest: {value}, {day}", **_said(low, period, chat)),
        texts.text("Highest: {value}, {day}", **_said(high, period, chat)),
    ]
    return heading + LINE + LINE.join(known), _by(period.figure.rate, chat)


def _said(rate: Rate, period: Period, chat: Chat) -> dict[str, str]:
    return {
        "value": value(rate, chat),
        "day": day(rate.day, chat, period.figure.rate.day),
    }


def _move(period: Period) -> Move:
    return Figure(period.rates[-1], period.rates[0]).move or Move(Decimal(0), Decimal(0))


def _worth(rate: Rate) -> Decimal:
    return rate.value / rate.nominal
