"""What the index keeps of an article: what is shown of it, and its words in order."""

import sys
import zlib
from array import array
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import NamedTuple

from bot.messages.summary import lead
from bot.model import Article, Edition
from bot.search import damage
from bot.search.naming import clean

_ENCODING = "ptcp154"
"""Asian Cyrillic: a byte a letter in all three languages. What it hasn't is written as UTF-8."""
_UTF_8 = "\0"
"""Begins what is."""
_PART = "\x1f"
_USUAL = (
    "https://24.kg/english/ https://24.kg/kyrgyzcha/ https://24.kg/vlast/ https://24.kg/obschestvo/"
    " https://24.kg/ekonomika/ https://24.kg/files/media/ .jpg Общество Власть Экономика "
    "Происшествия Коом Саясат Society ств ого ени кыргызстан Кыргызстана Кыргызстанда Кыргызской "
    "Республики Бишкек Bishkek Kyrgyzstan президент Президент министр области сообщили об этом в "
    "районе города деп билдирди боюнча менен жана үчүн болгон of the and in to for on по на в и с "
    "для что не от года "
).encode(_ENCODING)
"""What compression may take for known."""
LEAD_FROM = 6
"""Paragraphs in which a lead begins and ends."""
_RAW = -11
"""Deflate without header and checksum, with no more to look back on than a card has."""
_MEMORY = 5
_UTF_32, _ANY = f"utf-32-{sys.byteorder[0]}e", "surrogatepass"
"""As an array of integers lies in memory."""
_PLAIN = b"\xff"
"""No UTF-8 begins so."""


class Card(NamedTuple):
    """What is shown of an article, besides its edition and time."""

    url: str
    title: str
    lead: str
    section: str
    picture: str


def card_of(article: Article) -> Card:
    """The card of an article."""
    told = lead(replace(article, body=article.body[:LEAD_FROM]))
    text = article.url, article.title, told, article.section, article.picture
    return Card(*(clean(each).replace(_PART, " ") for each in text))


def pack(card: Card) -> bytes:
    """As a row has it."""
    text = _PART.join(card)
    try:
        data = text.encode(_ENCODING)
    except UnicodeEncodeError:
        data = (_UTF_8 + text).encode()
    deflate = zlib.compressobj(6, zlib.DEFLATED, _RAW, _MEMORY, zdict=_USUAL)
    return deflate.compress(data) + deflate.flush()


@damage.read
def unpack(row: bytes) -> Card:
    """The inverse. Raises Damaged for what is no card."""
    data = zlib.decompressobj(_RAW, zdict=_USUAL).decompress(row)
    text = data[1:].decode() if data[:1] == _UTF_8.encode() else data.decode(_ENCODING)
    return Card(*text.split(_PART))


def pack_words(numbers: Iterable[int]) -> bytes:
    """Words in order, 0 for a break, as the code points of a text in UTF-8: words met often have
    low numbers, and take a byte. Where there is no such code point all are written as they are.
    """
    plain = array("I", numbers)
    if max(plain, default=0) > sys.maxunicode:
        data = _PLAIN + plain.tobytes()
    else:
        data = plain.tobytes().decode(_UTF_32, _ANY).encode("utf-8", _ANY)
    deflate = zlib.compressobj(1, zlib.DEFLATED, _RAW, _MEMORY, zlib.Z_HUFFMAN_ONLY)
    return deflate.compress(data) + deflate.flush()


@damage.read
def unpack_words(row: bytes) -> Sequence[int]:
    """The inverse. Raises Damaged for what is no such row."""
    data = zlib.decompressobj(_RAW).decompress(row)
    is_plain = data.startswith(_PLAIN)
    found = array("I")
    found.frombytes(data[1:] if is_plain else data.decode("utf-8", _ANY).encode(_UTF_32, _ANY))
    return found


@damage.read
def moment(minutes: int) -> datetime:
    """Times are kept in minutes since the epoch. Raises Damaged for what is no time."""
    return datetime.fromtimestamp(minutes * 60, UTC)


def minutes(article: Article) -> int:
    """The inverse."""
    return int(article.published.timestamp()) // 60


@damage.read
def edition_of(name: str) -> Edition:
    """As a row has it. Raises Damaged for what is none."""
    return Edition(name)


def article_of(id_: int, edition: str, published: int, card: bytes) -> Article:
    """An article, as far as its row and card have it. Raises as `unpack` does."""
    told, at = unpack(card), moment(published)
    return Article(edition_of(edition), id_, told.url, told.title, (), at, section=told.section)
