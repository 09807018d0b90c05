"""How Kyrgyz suffixes change with the word before them: vowel harmony and assimilation.

A suffix is written once, as a template, in which capitals stand for what changes:
I = ы и у ү, A = а е о ө, and, at its beginning, N = н д т, D = д т, G = г к, L = л д т, B = б п.
A template that begins with a vowel follows a consonant, one that begins with a small consonant
follows a vowel, one that begins with a dot follows either.
"""

from itertools import pairwise
from typing import NamedTuple

VOWELS = frozenset("аеёиоуыэюяөү")
_VOICELESS = frozenset("кпстфхцчшщ")
_LOANED = frozenset("бвгджз")
"""Loans end in these, and are written with either (клубда, клубта)."""

# After the vowel: what I becomes, what A becomes. ю is back or front; е may stand for ё.
_HARMONY = {
    **dict.fromkeys("аыя", (("ы", "а"),)),
    **dict.fromkeys("эи", (("и", "е"),)),
    "е": (("и", "е"), ("у", "о")),
    **dict.fromkeys("оё", (("у", "о"),)),
    "у": (("у", "а"),),
    "ю": (("у", "а"), ("ү", "ө")),
    **dict.fromkeys("өү", (("ү", "ө"),)),
}
_FIRST = {"N": "ндт", "D": "дт", "G": "гк", "L": "лдт", "B": "бп"}


class Suffix(NamedTuple):
    """One way to read the end of a word."""

    kind: str
    first: str
    """The template's first sign."""
    after: frozenset[str]
    """The vowels that may be the last before it."""


def table(kinds: dict[str, str]) -> dict[str, list[Suffix]]:
    """Every spelling of every template, by spelling. `kinds`: kind → templates."""
    found: dict[str, dict[tuple[str, str], set[str]]] = {}
    for kind, templates in kinds.items():
        for template in templates.split():
            for vowel in VOWELS:
                for spelling in _spellings(template.removeprefix("."), vowel):
                    after = found.setdefault(spelling, {})
                    after.setdefault((kind, template[0]), set()).add(vowel)
    return {
        spelling: [Suffix(kind, first, frozenset(after)) for (kind, first), after in ways.items()]
        for spelling, ways in found.items()
    }


def _spellings(template: str, vowel: str) -> list[str]:
    return [
        _spelled(first + template[1:], choice)
        for first in _FIRST.get(template[0], template[0])
        for choice in _HARMONY[vowel]
    ]


def _spelled(template: str, choice: tuple[str, str]) -> str:
    high, low = choice
    spelled = ""
    for sign in template:
        letter = {"I": high, "A": low}.get(sign, sign)
        if letter in VOWELS:
            high, low = _HARMONY[letter][0]
        spelled += letter
    return spelled


def is_harmonious(word: str) -> bool:
    """Whether each of its vowels may follow the one before, as in words that are no loans."""
    vowels = [letter for letter in word if letter in VOWELS]
    return all(
        any(vowel in choice for choice in _HARMONY[before]) for before, vowel in pairwise(vowels)
    )


def softens(stem: str) -> bool:
    """Whether it is a loan that takes suffixes as after и: рубль, without its soft sign."""
    return stem[-1] in "лр" and stem[-2] not in VOWELS and stem[-2] != "й"


def may_follow(last: str, initial: str, first: str) -> bool:
    """Whether a suffix whose template begins with `first`, spelled with `initial`, can follow the
    letter `last`, harmony aside.
    """
    if first in _FIRST:
        return initial in _initials(first, last)
    if first == ".":
        return True
    return (first in "IA") != (last in VOWELS)


def _initials(first: str, last: str) -> str:
    """The letters as which the suffix's first sound may be written after the letter `last`."""
    hard, soft = _FIRST[first][-1], _FIRST[first][0]
    if last in VOWELS:
        return soft
    if last in _VOICELESS:
        return hard
    if first == "N" or (first == "L" and last not in "рй"):
        soft = "д"
    return soft + hard if last in _LOANED else soft
