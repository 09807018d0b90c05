"""All currencies: a panel each, one below the other, over the same days."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from bot.messages.chart import labels
from bot.messages.chart.drawing import FALL, GREY, INK, RISE, curve, document, rule, text
from bot.messages.chart.scale import Box, Scale, span
from bot.messages.chart.series import Change, Series
from bot.model import Language

WIDTH = 1080
DAYS = 30
LEAST_DAYS = 7
_MARGIN, _HEAD, _PANEL, _FOOT = 48, 112, 210, 86
_PLOT = 500
"""Where the plots begin; figures are to the left of it."""


def drawn(series: Sequence[Series], language: Language) -> str:
    """The SVG. Raises ValueError where there is no series."""
    if not series:
        raise ValueError("an overview needs at least one series")
    last = max(each.last for each in series)
    first = window(min(each.first for each in series), last, DAYS)
    foot = _HEAD + _PANEL * len(series)
    parts = [_head(last, language)]
    for number, each in enumerate(series):
        parts += _panel(each, first, last, _HEAD + _PANEL * number, language)
    parts += _dates(first, last, foot, language)
    return document(WIDTH, foot + _FOOT, parts)


def window(earliest: date, last: date, days: int) -> date:
    """The first day to show: so many days back, or fewer where less is known."""
    return max(last - timedelta(days=days), min(earliest, last - timedelta(days=LEAST_DAYS)))


def color(change: Change) -> str:
    """Of a change's words."""
    return RISE if change.amount > 0 else FALL if change.amount < 0 else GREY


def _head(last: date, language: Language) -> str:
    day = text(_MARGIN, 76, labels.full(last, language), 42, bold=True)
    return day + text(WIDTH - _MARGIN, 76, labels.som(language), 36, GREY, anchor="end")


def _panel(
    series: Series, first: date, last: date, top: float, language: Language
) -> Iterator[str]:
    points = series.since(first)
    box = Box(_PLOT, top + 34, WIDTH - _MARGIN - 10, top + _PANEL - 28)
    yield rule(_MARGIN, top, WIDTH - _MARGIN, top)
    yield from _figures(series, last, top, language)
    low, high = span(value for _, value in points or series.days[-1:])
    yield from curve(points, Scale(box, first, last, low, high), 6)


def _figures(series: Series, last: date, top: float, language: Language) -> Iterator[str]:
    room = _PLOT - _MARGIN - 24
    yield text(_MARGIN, top + 56, labels.unit(series), 36, GREY, bold=True)
    if series.last != last:
        day = labels.short(series.last, language)
        yield text(_PLOT - 24, top + 56, day, 32, GREY, anchor="end")
    yield text(
        _MARGIN, top + 126, labels.rate(series.value, language), 64, INK, bold=True, room=room
    )
    if change := series.change:
        yield text(_MARGIN, top + 180, labels.moved(change, language), 36, color(change), room=room)


def _dates(first: date, last: date, top: float, language: Language) -> Iterator[str]:
    yield text(_PLOT, top + 36, labels.short(first, language), 32, GREY)
    right = WIDTH - _MARGIN
    yield text(right, top + 36, labels.short(last, language), 32, GREY, anchor="end")
