"""Pieces of SVG."""

from collections.abc import Iterable, Sequence
from html import escape
from itertools import pairwise
from typing import Literal

from bot.messages.chart.scale import Scale
from bot.messages.chart.series import Point, stretches

INK, GREY, FAINT = "#111827", "#6b7280", "#e5e7eb"
RISE, FALL, LINE = "#15803d", "#b91c1c", "#1d4ed8"

_DIGIT = 0.7
"""The width of a bold figure, in its size."""

Anchor = Literal["start", "middle", "end"]


def text(
    x: float,
    y: float,
    words: str,
    size: float,
    color: str = INK,
    *,
    bold: bool = False,
    anchor: Anchor = "start",
    room: float = float("inf"),
) -> str:
    """A line of text on its base line, smaller where it would be wider than `room`."""
    fitting = min(size, room / (_DIGIT * max(1, len(words))))
    weight = ' font-weight="bold"' if bold else ""
    return (
        f'<text x="{x:g}" y="{y:g}" font-size="{fitting:.4g}" fill="{color}"'
        f' text-anchor="{anchor}"{weight}>{escape(words)}</text>'
    )


def rule(x1: float, y1: float, x2: float, y2: float, color: str = FAINT) -> str:
    """A thin straight line."""
    return f'<path d="M{x1:.2f},{y1:.2f}L{x2:.2f},{y2:.2f}" stroke="{color}" stroke-width="2"/>'


def dot(x: float, y: float, radius: float, color: str = LINE) -> str:
    """A filled circle."""
    return f'<circle cx="{x:.2f}" cy="{y:.2f}" r="{radius:g}" fill="{color}"/>'


def curve(points: Sequence[Point], scale: Scale, width: float) -> Iterable[str]:
    """The rates, joined; dotted where days are missing; a dot at the end."""
    if not points:
        return
    runs = stretches(points)
    for run in runs:
        yield _shade(run, scale)
    for before, after in pairwise(runs):
        gap = _path((before[-1], after[0]), scale)
        yield (
            f'<path class="gap" d="{gap}" stroke="{GREY}" stroke-width="3"'
            ' stroke-dasharray="2 10"/>'
        )
    for run in runs:
        line = _path(run, scale)
        yield f'<path class="rates" d="{line}" stroke="{LINE}" stroke-width="{width:g}"/>'
    day, value = points[-1]
    yield dot(scale.x(day), scale.y(value), width * 2)


def _shade(run: Sequence[Point], scale: Scale) -> str:
    left, right, bottom = scale.x(run[0][0]), scale.x(run[-1][0]), scale.box.bottom
    outline = f"{_path(run, scale)}L{right:.2f},{bottom:.2f}L{left:.2f},{bottom:.2f}Z"
    return f'<path class="shade" d="{outline}" fill="{LINE}" fill-opacity="0.07"/>'


def _path(points: Iterable[Point], scale: Scale) -> str:
    places = (f"{scale.x(day):.2f},{scale.y(value):.2f}" for day, value in points)
    return "M" + "L".join(places)


def document(width: int, height: int, parts: Iterable[str]) -> str:
    """A whole picture, on white."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}"'
        f' width="{width}" height="{height}" font-family="DejaVu Sans" fill="none"'
        ' stroke-linejoin="round" stroke-linecap="round">'
        f'<rect width="{width}" height="{height}" fill="#fff"/>{"".join(parts)}</svg>'
    )
