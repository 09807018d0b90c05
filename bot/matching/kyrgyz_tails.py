"""What may follow an asked Kyrgyz stem in a text, worked out once for all stems that are alike."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol

from bot.matching import kyrgyz
from bot.matching.kyrgyz_sounds import VOWELS, softens
from bot.matching.kyrgyz_suffixes import SHORTEST, readings

_VOICED = {voiceless: voiced for voiced, voiceless in kyrgyz.RELEASED.items()}
_CHANGED = frozenset((*VOWELS, *_VOICED, "й"))
"""What a verb's last letter may become another with."""
_LETTERS = "абвгдежзийклмнопрстуфхцчшщъыьэюяңөү"
_PARTED = re.compile("й[уао]")
"""What may be written as one letter."""


class Tails(Protocol):
    """What a word may go on with."""

    def __contains__(self, tail: str, /) -> bool: ...


@dataclass(frozen=True, slots=True)
class Suffixes:
    """The chains of suffixes that may follow a stem."""

    like: str
    """The shortest stem that is followed by the same."""
    is_whole: bool = True
    """It may be followed by none."""
    is_voiced: bool = False
    """It stands so only before a vowel."""

    def __contains__(self, tail: str, /) -> bool:
        return _follows(self.like, tail, self.is_voiced) if tail else self.is_whole


@dataclass(frozen=True, slots=True)
class Conjugation:
    """What may follow the unchanged beginning of a verb."""

    beginning: str
    verb: str

    def __contains__(self, tail: str, /) -> bool:
        return self.verb in _verbs(self.beginning + tail)


def stems(stem: str) -> Iterator[tuple[str, Tails]]:
    """How a stem may stand in a regular word of a text, and before what."""
    if len(stem) < SHORTEST:
        yield stem, frozenset({""})
        return
    yield stem, _suffixes(_like(stem))
    if stem[-1] in _VOICED:
        voiced = stem[:-1] + _VOICED[stem[-1]]
        yield voiced, _suffixes(_like(voiced), is_whole=False, is_voiced=True)
    bare = stem.removesuffix("ь")
    if bare != stem and len(bare) >= SHORTEST and bare[-1] not in VOWELS and bare[-1] != "ь":
        yield bare, _suffixes(_like(bare), is_whole=False)


def verb(stem: str) -> Iterator[tuple[str, Tails]]:
    """What all forms of a verb in regular words of a text begin with, and before what."""
    beginning = _PARTED.split(stem)[0]
    if beginning == stem and stem[-1] in _CHANGED:
        beginning = stem[:-1]
    for more in ("",) if len(beginning) >= SHORTEST else _LETTERS:
        yield beginning + more, Conjugation(beginning + more, stem)


@lru_cache(maxsize=4096)
def _suffixes(like: str, *, is_whole: bool = True, is_voiced: bool = False) -> Suffixes:
    """One for all stems that are alike."""
    return Suffixes(like, is_whole, is_voiced)


def _like(stem: str) -> str:
    """All that suffixes look at: the last letter, the last vowel, and whether the stem softens."""
    last = stem[-1]
    if last in VOWELS:
        return "б" + last
    vowel = next((letter for letter in reversed(stem) if letter in VOWELS), "")
    return vowel + ("т" if softens(stem) else "й") + last


@lru_cache(maxsize=32768)
def _follows(like: str, tail: str, is_voiced: bool) -> bool:
    found = (step for length, step in readings(like + tail, kyrgyz.END) if length == len(like))
    return any(step.begins_with_vowel or not is_voiced for step in found)


@lru_cache(maxsize=4096)
def _verbs(word: str) -> frozenset[str]:
    return frozenset(kyrgyz.verbs(kyrgyz.bases(word)))
