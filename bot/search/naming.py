"""The words of a text, as the index names them, and what each is found by.

A name stands for all words that are written alike and found alike: the folded word, marked where
the edition is Kyrgyz, with the word as it stands behind a tab where its capitals count. Names
begin with a sign that no word has where they stand for something else: a letter or two that a
title's word begins with, a word of a section's name, an edition.
"""

from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from bot.matching.analysis import STEM, keys
from bot.matching.words import LONGEST, fold, is_plain
from bot.model import Edition

BEGUN, SECTION, EDITION = "*", "§", "@"
"""What the other names begin with."""
LETTERS = 3
"""Beginnings up to this length have names of their own; longer ones are few enough to be looked
for among the words.
"""
SIZES = range(1, LETTERS + 1)
CAPITALS = "\t"


class Name(NamedTuple):
    """A word's name, and the keys that are not the name itself."""

    name: str
    keys: frozenset[str]


@lru_cache(maxsize=16_384)
def named(surface: str, is_kyrgyz: bool) -> Name:
    """How a word of a text is named."""
    folded = fold(surface)
    if not is_kyrgyz and is_plain(surface):
        return Name(folded, frozenset())
    edition = Edition.KY if is_kyrgyz else Edition.EN
    found, name = keys(surface, edition), STEM + folded if is_kyrgyz else folded
    if not surface[1:].islower() and found != keys(folded, edition):
        name += CAPITALS + surface
    return Name(name, found - {name})


def beginnings(words: Iterable[str]) -> list[str]:
    """How the words of a title begin."""
    return sorted({fold(word)[:size] for word in words for size in SIZES} - {""})


def begun(beginning: str) -> Name:
    """What all articles have whose title has a word that begins so."""
    return Name(BEGUN + beginning, frozenset())


def in_section(surface: str, edition: Edition) -> Name:
    """A word of a section's name: found as such only."""
    name, found = named(surface[:LONGEST], edition is Edition.KY)
    return Name(SECTION + name, frozenset(SECTION + key for key in found))


def of_edition(edition: Edition) -> Name:
    """What all articles of an edition have."""
    return Name(EDITION + edition, frozenset())


def clean(text: str) -> str:
    """Without what is no text: SQLite takes no half of a surrogate pair."""
    return text.encode("utf-8", "ignore").decode()
