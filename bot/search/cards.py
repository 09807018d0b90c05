"""What the index keeps of an article: what is shown of it, and its words in order."""

import json
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

_USUAL = (
    "https://24.kg/english/ https://24.kg/kyrgyzcha/ https://24.kg/vlast/ https://24.kg/obschestvo/"
    " https://24.kg/ekonomika/ https://24.kg/files/media/ .jpg Общество Власть Экономика "
    "Происшествия Коом Саясат Society ств ого ени кыргызстан Кыргызстана Кыргызстанда Кыргызской "
    "Республики Бишкек Bishkek Kyrgyzstan президент Президент министр области сообщили об этом в "
    "районе города деп билдирди боюнча менен жана үчүн болгон of the and in to for on по на в и с "
    'для что не от года , "","'
).encode()  # fmt: skip
"""What compression may take for known."""
LEAD_FROM = 6
"""Paragraphs in which a lead begins and ends."""
_RAW = -15
_WIDTH = 3
"""Bytes of a word's number in a row: more than sixteen million words."""


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
    return Card(*map(clean, text))


def pack(card: Card) -> bytes:
    """As a row has it."""
    deflate = zlib.compressobj(6, wbits=_RAW, zdict=_USUAL)
    text = json.dumps(card, ensure_ascii=False, separators=(",", ":"))
    return deflate.compress(text.encode()) + deflate.flush()


@damage.read
def unpack(data: bytes) -> Card:
    """The inverse. Raises Damaged for what is no card."""
    card = Card(*json.loads(zlib.decompressobj(_RAW, zdict=_USUAL).decompress(data)))
    if not all(isinstance(each, str) for each in card):
        raise TypeError("a card that is not all text")
    return card


def pack_words(numbers: Iterable[int]) -> bytes:
    """Words in order, 0 for a break: the low bytes, then the middle ones, then the high ones, and
    so they are compressed well.
    """
    data = array("I", numbers).tobytes()
    planes = b"".join(data[byte :: array("I").itemsize] for byte in range(_WIDTH))
    deflate = zlib.compressobj(6, wbits=_RAW)
    return deflate.compress(planes) + deflate.flush()


@damage.read
def unpack_words(data: bytes) -> Sequence[int]:
    """The inverse. Raises Damaged for what is no such row."""
    planes = zlib.decompressobj(_RAW).decompress(data)
    size = len(planes) // _WIDTH
    whole = bytearray(size * array("I").itemsize)
    for byte in range(_WIDTH):
        whole[byte :: array("I").itemsize] = planes[byte * size : (byte + 1) * size]
    found = array("I")
    found.frombytes(whole)
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
