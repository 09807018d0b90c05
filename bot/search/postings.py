"""Which articles of a block have a word: a set of numbers below 65,536.

While it is being searched it is an integer with one bit for each number, of which Python joins
and intersects thousands in a millisecond. On disk it is an array of 16-bit numbers while that is
short; what no longer fits there is poured into these bits, compressed: common words take a
fraction of a byte an article, and an article that is added lengthens some short arrays, and
touches the bits of one word in a hundred.
"""

import re
import zlib
from array import array
from collections.abc import Iterable, Iterator, Sequence

from bot.search import damage

BLOCK = 65_536
"""Ids that one row covers."""
FEW = 64
"""Numbers for which an array has room at least."""
_SIZE = BLOCK // 8
_NOT_EMPTY = re.compile(rb"[^\0]", re.DOTALL)
_BITS = [[bit for bit in range(7, -1, -1) if byte >> bit & 1] for byte in range(256)]
"""Of each byte, from the highest."""
_RAW = -15
"""Deflate without header and checksum."""


def room(word: int) -> int:
    """Numbers that a word's array has at most: not as many as its neighbours', so that words that
    stand in all articles are not poured all at once.
    """
    return FEW + word % FEW


def short(given: Iterable[int]) -> bytes:
    """An array."""
    return array("H", given).tobytes()


@damage.read
def listed(row: bytes) -> Sequence[int]:
    """The inverse. Raises Damaged for what is no array."""
    return memoryview(row).cast("H")


def packed(bits: int) -> bytes:
    """Bits, compressed."""
    deflate = zlib.compressobj(1, wbits=_RAW)
    return deflate.compress(bits.to_bytes(_SIZE, "little")) + deflate.flush()


@damage.read
def unpacked(row: bytes) -> int:
    """The inverse. Raises Damaged for what are no bits."""
    return int.from_bytes(zlib.decompressobj(_RAW).decompress(row, _SIZE), "little")


def bits_of(given: Iterable[int]) -> int:
    """The set of these numbers."""
    few = bytearray(_SIZE)
    for number in given:
        few[number >> 3] |= 1 << (number & 7)
    return int.from_bytes(few, "little")


def numbers(bits: int) -> Iterator[int]:
    """From the highest to the lowest."""
    size = (bits.bit_length() + 7) // 8
    for found in _NOT_EMPTY.finditer(bits.to_bytes(size, "big")):
        lowest = (size - 1 - found.start()) * 8
        yield from [lowest + bit for bit in _BITS[found[0][0]]]
