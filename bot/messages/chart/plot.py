"""One currency, with an axis."""

from collections.abc import Iterator
from datetime import date

from bot.messages.chart import labels
from bot.messages.chart.drawing import GREY, Anchor, curve, document, rule, text
from bot.messages.chart.panels import WIDTH, color, window
from bot.messages.chart.scale import Box, Scale, months, span, spread, ticks
from bot.messages.chart.series import Series, change
from bot.model import Language

HEIGHT = 864
_MARGIN = 48
_BOX = Box(_MARGIN, 348, 900, 788)
_MONTHS_FROM = 120
"""Days from which on the axis names months."""


def drawn(series: Series, days: int, language: Language) -> str:
    """The SVG."""
    first = window(series.first, series.last, days)
    low, high = span(value for _, value in series.since(first))
    scale = Scale(_BOX, first, series.last, low, high)
    parts = [
        *_head(series, language),
        *_period(series, first, language),
        *_rates(scale, language),
        *_days(scale, language),
        *curve(series.since(first), scale, 5),
    ]
    return document(WIDTH, HEIGHT, parts)


def _head(series: Series, language: Language) -> Iterator[str]:
    right = WIDTH - _MARGIN
    name, day = labels.name(series, language), labels.full(series.last, language)
    yield text(_MARGIN, 76, labels.unit(series), 40, bold=True)
    yield text(right, 76, name, 36, GREY, anchor="end", room=600)
    yield text(_MARGIN, 176, labels.rate(series.value, language), 84, bold=True, room=560)
    yield text(right, 176, day, 36, GREY, anchor="end")
    if latest := series.change:
        yield text(_MARGIN, 244, labels.moved(latest, language), 40, color(latest), room=900)


def _period(series: Series, first: date, language: Language) -> Iterator[str]:
    shown = series.since(first)
    if not (whole := change(shown)):
        return
    begun = shown[0][0]
    written = labels.short if begun.year == series.last.year else labels.dated
    days = f"{written(begun, language)} – {written(series.last, language)}"
    yield text(_MARGIN, 316, days, 32, GREY)
    right, moved = WIDTH - _MARGIN, labels.moved(whole, language)
    yield text(right, 316, moved, 32, color(whole), anchor="end", room=560)


def _rates(scale: Scale, language: Language) -> Iterator[str]:
    marks = ticks(scale.low, scale.high)
    for value in marks:
        y = scale.y(value)
        yield rule(_BOX.left, y, _BOX.right, y)
        words = labels.tick(value, marks[1] - marks[0], language)
        yield text(_BOX.right + 24, y + 11, words, 32, GREY, room=WIDTH - _BOX.right - 40)


def _days(scale: Scale, language: Language) -> Iterator[str]:
    yield rule(_BOX.left, _BOX.bottom, _BOX.right, _BOX.bottom)
    y = _BOX.bottom + 48
    if (scale.last - scale.first).days < _MONTHS_FROM:
        for day in spread(scale.first, scale.last, 4):
            x = scale.x(day)
            yield text(x, y, labels.short(day, language), 32, GREY, anchor=_anchor(x))
        return
    for day in months(scale.first, scale.last, 6):
        yield text(scale.x(day), y, labels.month(day, language), 32, GREY, anchor="middle")


def _anchor(x: float) -> Anchor:
    """So that what stands at an end does not reach beyond it."""
    if x == _BOX.left:
        return "start"
    return "end" if x == _BOX.right else "middle"
