"""SVG to PNG, with a font of our own: a server may have none."""

from pathlib import Path

import resvg_py

_FONTS = Path(__file__).with_name("fonts")
_FILES = [str(_FONTS / name) for name in ("DejaVuSans.ttf", "DejaVuSans-Bold.ttf")]


WIDTH = 900
"""Pixels: two and a half for each that a phone lays out, which its eyes can't tell from more."""


def png(svg: str) -> bytes:
    """The picture, as wide as that."""
    return resvg_py.svg_to_bytes(
        svg_string=svg,
        width=WIDTH,
        skip_system_fonts=True,
        font_files=_FILES,
        font_family="DejaVu Sans",
    )
