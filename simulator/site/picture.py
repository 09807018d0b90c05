"""Pictures for the news: mountains at some hour of the day, drawn from a number."""

import math
import random
import struct
import zlib
from functools import lru_cache

WIDTH, HEIGHT = 640, 336
SNOW_LINE = 170
_SKIES = (
    ((64, 124, 190), (214, 232, 244)),
    ((86, 72, 140), (248, 180, 140)),
    ((36, 60, 104), (150, 178, 206)),
    ((120, 170, 190), (252, 236, 206)),
)
_SHADES = 48
"""Colours of the sky; then one each for snow, far ridge, near ridge and meadow."""


@lru_cache(maxsize=64)
def mountains(number: int) -> bytes:
    """A PNG of `WIDTH` by `HEIGHT`; the same number gives the same picture."""
    dice = random.Random(number)  # noqa: S311 - a picture is no secret
    far, near, meadow = (_ridge(dice, *shape) for shape in ((0.34, 60), (0.58, 40), (0.84, 14)))
    rows = bytearray()
    for y in range(HEIGHT):
        sky = y * (_SHADES - 1) // HEIGHT
        row = (_colour(y, sky, *tops) for tops in zip(far, near, meadow, strict=True))
        rows += b"\0" + bytes(row)
    return _png(bytes(rows), _palette(dice))


def _colour(y: int, sky: int, far: int, near: int, meadow: int) -> int:
    if y >= meadow:
        return _SHADES + 3
    if y >= near:
        return _SHADES + 2
    if y >= far:
        snow = (SNOW_LINE - far) // 2
        return _SHADES if y < far + snow else _SHADES + 1
    return sky


def _ridge(dice: random.Random, level: float, height: float) -> list[int]:
    waves = [(dice.uniform(0.6, 1.4) * 2**n, dice.uniform(0, 6.3), 0.62**n) for n in range(6)]
    return [
        int(HEIGHT * level + height * sum(_peak(x * f / 90 + at) * size for f, at, size in waves))
        for x in range(WIDTH)
    ]


def _peak(x: float) -> float:
    return abs(math.sin(x / 2)) - 0.5


def _palette(dice: random.Random) -> bytes:
    top, bottom = dice.choice(_SKIES)
    shades = [
        tuple(int(a + (b - a) * n / (_SHADES - 1)) for a, b in zip(top, bottom, strict=True))
        for n in range(_SHADES)
    ]
    rock = tuple((3 * a + b) // 5 for a, b in zip(top, bottom, strict=True))
    land = [(246, 249, 252), rock, tuple(c // 2 for c in rock), (58, 92 + dice.randint(0, 40), 66)]
    return b"".join(bytes(colour) for colour in (*shades, *land))


def _png(rows: bytes, palette: bytes) -> bytes:
    header = struct.pack(">IIBBBBB", WIDTH, HEIGHT, 8, 3, 0, 0, 0)
    parts = (
        (b"IHDR", header),
        (b"PLTE", palette),
        (b"IDAT", zlib.compress(rows, 6)),
        (b"IEND", b""),
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, data) for kind, data in parts)


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
