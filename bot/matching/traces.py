"""What of a text can be found again when another tells the same, in its language or another.

A trace is a short string. Of words: their first letters. Of what survives translation: numbers,
what things are called in all three languages, and the consonants of names.
"""

import re
from collections.abc import Iterable
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from bot.matching.related import things
from bot.matching.stopwords import CYRILLIC, ENGLISH
from bot.matching.words import Token, fold, tokens
from bot.model import Edition

NUMBER, NAME, THING = "#", "^", "@"
"""What these begin with."""
STEM = 5
"""Letters by which forms of a word are told from other words, in all three languages."""
SHORTEST, LONGEST = 3, 5
"""Consonants of a name that its endings are behind."""

_VOWELS = "aeiouyаеиоуыэюяөүй"
_CONSONANTS = str.maketrans(
    dict(zip("бвгджзклмнңпрстфхцчшщ", "bvgdjzklmnnprstfhccss", strict=True)) | {"w": "v", "q": "k"}
)
_SPELLINGS = {
    "дж": "j", "dzh": "j", "dj": "j", "zh": "j", "kh": "h", "shch": "s", "sh": "s", "ch": "c",
    "ts": "c", "ph": "f", "ck": "k", "ce": "se", "ci": "si", "x": "ks",
}  # fmt: skip
_SPELLED = re.compile("|".join(_SPELLINGS))
_BESIDE = re.compile(rf"[^a-z]|[{_VOWELS}]")
_TWICE = re.compile(r"(.)\1+")

_UNITS = {
    3: ("тысяч", "тыс", "миң", "thousand"),
    6: ("миллион", "млн", "million", "mln"),
    9: ("миллиард", "млрд", "billion", "bn"),
    12: ("триллион", "трлн", "trillion"),
}
_NUMBER_WORDS = {
    2: "two два две двое двух эки", 3: "three три трое троих трех үч",
    4: "four четыре четверо четырех төрт", 5: "five пять пятеро пяти беш",
    6: "six шесть шести алты", 7: "seven семь семи жети", 8: "eight восемь восьми сегиз",
    9: "nine девять девяти тогуз", 10: "ten десять десяти он",
}  # fmt: skip
_WORDED = {word: number for number, words in _NUMBER_WORDS.items() for word in words.split()}
_ENGLISH_THOUSANDS = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?")
_BEGUN = re.compile(r"(?:^|[.!?:\n…])[\s\"«“„(]*$")
"""What a sentence's first word stands behind."""
_FIGURE = re.compile(r"\d+(?:[.,]\d+)?")


class Traces(NamedTuple):
    """What a text leaves."""

    words: frozenset[str]
    numbers: frozenset[str]
    names: frozenset[str]
    things: frozenset[str]
    proper: frozenset[str]
    """Those of the words that have a capital within a sentence."""


def traces(text: str, edition: Edition) -> Traces:
    """What a text of this edition leaves."""
    found = tokens(text)
    named = [token for token in found if _is_named(token)]
    return Traces(
        frozenset(_stems(found)),
        frozenset(_numbers(found, edition)),
        frozenset(key for token in named for key in _consonants(fold(token.text))),
        frozenset(f"{THING}{row}" for token in found for row in things(token.text, edition)),
        frozenset(_stems(token for token in named if not _BEGUN.search(text, 0, token.start))),
    )


def _is_named(token: Token) -> bool:
    return token.text[:1].isupper() and fold(token.text) not in ENGLISH | CYRILLIC


def _stems(found: Iterable[Token]) -> Iterable[str]:
    folded = (fold(token.text) for token in found if token.text[:1].isalpha())
    return (word[:STEM] for word in folded if word not in ENGLISH and word not in CYRILLIC)


@lru_cache(maxsize=4096)
def _consonants(word: str) -> tuple[str, ...]:
    """The beginning of a name as all three languages write it, at two lengths. A name that
    begins with a vowel says so; one with too few consonants leaves nothing.
    """
    spelled = _SPELLED.sub(lambda match: _SPELLINGS[match[0]], word)
    bare = _TWICE.sub(r"\1", _BESIDE.sub("", spelled.translate(_CONSONANTS).replace("c", "k")))
    begin = NAME + "a" * (word[:1] in _VOWELS)
    sizes = [size for size in (SHORTEST, LONGEST) if len(bare) >= size]
    return tuple(begin + bare[:size] for size in sizes)


def _numbers(found: Iterable[Token], edition: Edition) -> Iterable[str]:
    """Every number, with what its unit makes of it: 1 million 200 thousand is one number."""
    total, last, scale = Decimal(0), None, 99
    for token in found:
        value, power = _value(token.text, edition), _power(token.text)
        if last is not None and power and power < scale:
            total, last, scale = total + last.scaleb(power), Decimal(0), power
        elif last == 0 and value is not None and value < Decimal(1).scaleb(scale):
            last = value
        else:
            yield from _written(total, last)
            total, last, scale = Decimal(0), value, 99
    yield from _written(total, last)


def _written(total: Decimal, last: Decimal | None) -> Iterable[str]:
    if last is not None:
        yield f"{NUMBER}{(total + last).normalize():f}"


def _value(word: str, edition: Edition) -> Decimal | None:
    if edition is Edition.EN and _ENGLISH_THOUSANDS.fullmatch(word):
        return Decimal(word.replace(",", ""))
    if match := _FIGURE.match(word):
        return Decimal(match[0].replace(",", "."))
    number = _WORDED.get(fold(word))
    return Decimal(number) if number else None


def _power(word: str) -> int:
    lower = word.lower()
    return next((power for power, units in _UNITS.items() if lower.startswith(units)), 0)
