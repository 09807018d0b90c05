"""The two sides of the index: an asked word is entered under what all its forms begin with, so
that a text's word need not be analysed but for exceptions: its beginnings are looked up.
"""

from collections.abc import Collection, Iterable, Iterator
from functools import lru_cache
from itertools import groupby
from operator import itemgetter

from bot.matching import english, english_forms, kyrgyz, kyrgyz_tails
from bot.matching.analysis import CAPITALS, STEM, VERB, capitals, kyrgyz_keys, reading
from bot.matching.kyrgyz_tails import Tails
from bot.matching.spelling import one_spelling
from bot.matching.stems import SHORTEST
from bot.matching.terms import Form
from bot.matching.words import LONGEST, fold_plain, is_plain

_MARKS = (STEM, CAPITALS, Form.EXACT)
_WHOLE = frozenset({""})


def entries(keys: Iterable[str]) -> Iterator[tuple[str, Tails]]:
    """What the words that share one of these keys begin with, and how each may go on."""
    forms: set[str] = set()
    for key in keys:
        if key.startswith(VERB):
            yield key, _WHOLE
            found = kyrgyz_tails.verb(key.removeprefix(VERB))
            yield from ((STEM + beginning, tails) for beginning, tails in found)
        elif key.startswith(STEM):
            found = kyrgyz_tails.stems(key.removeprefix(STEM))
            yield from ((STEM + stem, tails) for stem, tails in found)
        elif key.startswith(_MARKS):
            yield key, _WHOLE
        else:
            forms |= english_forms.forms(key) if key.isascii() else {key}
    yield from _grouped(forms)


def _grouped(forms: set[str]) -> Iterator[tuple[str, Tails]]:
    for _, some in groupby(sorted(forms), itemgetter(slice(SHORTEST))):
        group = list(some)
        shared = group[0]
        # Of sorted words the first and the last share what all do.
        while not group[-1].startswith(shared):
            shared = shared[:-1]
        size = len(shared)
        yield shared, _tails(frozenset([form[size:] for form in group]))


@lru_cache(maxsize=4096)
def _tails(tails: frozenset[str]) -> frozenset[str]:
    """One for all words that are inflected alike."""
    return tails


def plainly(surface: str, *, is_kyrgyz: bool) -> str:
    """What a word of a text is looked up by, by its beginnings, where that is all: so are nearly
    all words. Empty for others.
    """
    if surface.isascii():
        word = surface.lower()
        is_all = surface.isalpha() and not surface[:2].isupper() and one_spelling(word) == word
    else:
        is_all, word = is_plain(surface), fold_plain(surface)
        if is_kyrgyz:
            is_all = is_all and surface[1:].islower() and kyrgyz.is_regular(word)
            word = STEM + word
    return word if is_all and len(surface) <= LONGEST else ""


def looks(surface: str, *, is_kyrgyz: bool) -> tuple[set[str], set[str]]:
    """What any word of a text is looked up by: by its beginnings, and whole."""
    read = reading(surface, is_kyrgyz=is_kyrgyz)
    begun = {key for key in read.keys if not key.startswith(STEM)}
    begun = begun.union(*map(english.spelled, read.english))
    whole = {key for key in read.keys if key.startswith(STEM)}
    for word in read.kyrgyz:
        found, keys = _kyrgyz(word) if is_plain(word) else ((), kyrgyz_keys(word))
        begun.update(found)
        whole.update(keys)
    if surface[:2].isupper():
        whole |= capitals(surface, set().union(*map(english.bases, read.english)))
    return begun, whole


def _kyrgyz(word: str) -> tuple[Iterable[str], Collection[str]]:
    if kyrgyz.is_regular(word):
        return (STEM + word,), ()
    return (), kyrgyz_keys(word)
