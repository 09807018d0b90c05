"""Which articles of a block have a word: a set of numbers below 65,536.

While it is being searched it is an integer with one bit for each number, of which Python joins
and intersects thousands in a millisecond. On disk it is an array of 16-bit numbers while that is
short, and then these bits, compressed: common words take a fraction of a byte an article.
"""

import zlib
from array import array
from collections.abc import Collection, Iterable, Iterator, Sequence

from bot.search import damage

BLOCK = 65_536
"""Ids that one row covers."""
_SIZE = BLOCK // 8
_FEW = 96
"""Numbers that are written as they are; their arrays have even sizes up to twice as much, and what
is compressed has an odd one.
"""
_RAW = -15
"""Deflate without header and checksum."""


def added(row: bytes | None, given: Collection[int]) -> bytes:
    """A row with these numbers, too. Raises Damaged for what is no row."""
    known = _short(row)
    if known is not None and len(known) + len(given) <= _FEW:
        return array("H", sorted({*known, *given})).tobytes()
    return _packed(joined([row] if row else []) | bits_of(given))


def removed(row: bytes, number: int) -> bytes:
    """A row without a number; empty where no other is left. Raises as `added` does."""
    known = _short(row)
    if known is not None:
        return array("H", (each for each in known if each != number)).tobytes()
    return _packed(joined([row]) & ~(1 << number))


@damage.read
def _short(row: bytes | None) -> Sequence[int] | None:
    """The numbers of a row that is not compressed."""
    return None if row and len(row) % 2 else memoryview(row or b"").cast("H")


def _packed(bits: int) -> bytes:
    deflate = zlib.compressobj(1, wbits=_RAW)
    data = deflate.compress(bits.to_bytes(_SIZE, "little")) + deflate.flush()
    return data if len(data) % 2 else data + b"\0"


@damage.read
def joined(rows: Iterable[bytes]) -> int:
    """All that these rows have. Raises Damaged for what is no row."""
    bits, few = 0, None
    for row in rows:
        if len(row) % 2:
            bits |= int.from_bytes(zlib.decompressobj(_RAW).decompress(row, _SIZE), "little")
            continue
        few = few or bytearray(_SIZE)
        for number in memoryview(row).cast("H"):
            few[number >> 3] |= 1 << (number & 7)
    return bits | int.from_bytes(few, "little") if few else bits


def numbers(bits: int) -> Iterator[int]:
    """From the highest to the lowest."""
    while bits:
        number = bits.bit_length() - 1
        yield number
        bits ^= 1 << number


def bits_of(given: Iterable[int]) -> int:
    """The set of these numbers."""
    few = bytearray(_SIZE)
    for number in given:
        few[number >> 3] |= 1 << (number & 7)
    return int.from_bytes(few, "little")
