"""What a word is found by. A text's word and a query's word meet where they share a key.

A key is a spelling: an English base form, a Russian form, or, marked, a Kyrgyz stem. Which keys a
text's word has depends on its edition; a query's word is analysed in every language that its
script allows.
"""

import re
from functools import lru_cache
from typing import NamedTuple

from bot.matching import english, english_forms, kyrgyz, russian
from bot.matching.meant import meant
from bot.matching.stopwords import ACRONYMS
from bot.matching.words import LONGEST, fold, is_plain
from bot.model import Edition

VERSION = 3
"""To be raised when the same text gets other keys."""
CACHE = 65536

_LATIN = re.compile("[a-z]")
_CYRILLIC = re.compile("[\u0400-\u04ff]")
_KYRGYZ = re.compile("[ңөү]")
# An acronym, number or foreign word before small letters of a Kyrgyz suffix: АКШнын, 2026да.
_TAILED = re.compile(
    r"(?:[А-ЯЁҢӨҮ][А-ЯЁҢӨҮ\d-]+|[^\W\d]*-?\d[\d.,-]*|[A-Za-z][\w'’-]*?)(?=['’]?([а-яңөү]+)$)"
)
# A foreign word with a Russian ending: iPhone'ов, Tesla'ой.
_ENDED = re.compile("([a-z0-9-]*[a-z][a-z0-9-]*)'?(?:а|у|ом|е|ы|и|ов|ой|ою|ей|ам|ами|ах)")
# Several of one model: F-16s.
_MODELS = re.compile(r"(\D+-\d+)s")
_NUMBERED = re.compile(r"(.+?)-\d.*")
STEM, VERB, CAPITALS = "~", "~v:", "^"
"""Before a Kyrgyz stem, a Kyrgyz verb's, and what is found in capitals only."""


def editions_of(word: str) -> frozenset[Edition]:
    """The editions that can hold a folded word: Latin letters and signs stand everywhere."""
    if _KYRGYZ.search(word):
        return frozenset({Edition.KY})
    if _CYRILLIC.search(word):
        return frozenset({Edition.RU, Edition.KY})
    return frozenset(Edition)


def warm() -> None:
    """Load the dictionaries (about a second, 60 MiB), so that no first message waits for them."""
    for surface in ("news", "новости"):
        asked(surface)
        keys(surface, Edition.EN)
    english_forms.forms("news")


def is_latin(word: str) -> bool:
    """Whether a folded word has Latin letters."""
    return bool(_LATIN.search(word))


def keys(surface: str, edition: Edition) -> frozenset[str]:
    """What a word, as it stands in a text of this edition, is found by."""
    is_kyrgyz = edition is Edition.KY
    if not is_kyrgyz and is_plain(surface):
        return frozenset((fold(surface),))
    if len(surface) > LONGEST:
        return _keys.__wrapped__(surface, is_kyrgyz)
    return _keys(surface, is_kyrgyz)


@lru_cache(maxsize=CACHE)
def _keys(surface: str, is_kyrgyz: bool) -> frozenset[str]:
    read = reading(surface, is_kyrgyz=is_kyrgyz)
    found = read.keys.union(*map(english.bases, read.english), *map(kyrgyz_keys, read.kyrgyz))
    return frozenset(found | capitals(surface, found))


class Reading(NamedTuple):
    """A word of a text: in which languages which parts of it are to be read."""

    english: list[str]
    kyrgyz: list[str]
    keys: set[str]
    """Of the parts that need no analysis."""


def reading(surface: str, *, is_kyrgyz: bool) -> Reading:
    """How to read a word of an edition."""
    read = Reading([], [], set())
    word = _joined(fold(surface), surface)
    if len(word) > LONGEST:
        read.keys.add(word)
        return read
    for part in _parts(word):
        if part.isascii():
            read.english.append(part)
        elif is_kyrgyz:
            _read_kyrgyz(part, surface, read)
        else:
            ended = _ENDED.fullmatch(part)
            read.keys.add(part)
            read.english.extend([ended[1]] if ended else ())
    return read


def _read_kyrgyz(word: str, surface: str, read: Reading) -> None:
    tailed = _TAILED.match(surface)
    if not tailed:
        read.kyrgyz.append(word)
        return
    size = len(fold(tailed[0]))
    found = kyrgyz.bases(word, size)
    head = word[:size].rstrip("'-")
    found = found | ({head} if word[:size] in found else set())
    read.keys.update(STEM + stem for stem in found)
    read.english.extend(stem for stem in found if stem.isascii())


def kyrgyz_keys(word: str) -> set[str]:
    """What a folded Kyrgyz word is found by."""
    found = kyrgyz.bases(word)
    return {STEM + stem for stem in found} | {VERB + stem for stem in kyrgyz.verbs(found)}


def capitals(surface: str, found: set[str]) -> set[str]:
    """The keys of acronyms that a word is by its capitals. `found`: its keys in small letters."""
    if not surface[:2].isupper():
        return set()
    return {CAPITALS + base for base in found & ACRONYMS if surface[: len(base)].isupper()}


def _joined(word: str, surface: str) -> str:
    """A compound as one word: e-mail, U.S."""
    if "-" in word and not any(char.isdigit() for char in word):
        return word.replace("-", "")
    return word.replace(".", "") if surface.endswith(".") else word


def _parts(word: str) -> list[str]:
    """The word and what of it is a word too: covid of covid-19, disney of disney+."""
    if word.isalpha():
        return [word]
    if (match := _NUMBERED.fullmatch(word)) and not word[0].isdigit():
        models = _MODELS.fullmatch(word)
        return [word, match[1], *(models.groups() if models else ())]
    bare = word.rstrip("+#")
    return [word, bare] if 1 < len(bare) < len(word) else [word]


@lru_cache(maxsize=512)
def asked(surface: str) -> frozenset[str]:
    """What a word of a query is found by, in all languages that its script allows."""
    word = _joined(fold(surface), surface)
    if word in ACRONYMS:
        return frozenset({CAPITALS + word})
    if len(word) > LONGEST or word.isascii():
        return english.asked(word) if len(word) <= LONGEST else frozenset({word})
    if not _CYRILLIC.search(word):
        return frozenset({word, STEM + word})
    tailed = _TAILED.match(surface)
    if tailed and _is_suffixed(word, tailed):
        return asked(tailed[0].rstrip("-'’"))
    first, *others = map(_asked_as, meant(word))
    return first.union(*others) if others else first


@lru_cache(maxsize=32768)
def asked_by(surface: str) -> str:
    """The same as `Word.found_by` has it, which is small enough to be remembered for many."""
    return "\n".join(sorted(asked(surface)))


@lru_cache(maxsize=512)
def _asked_as(word: str) -> frozenset[str]:
    """What a folded word is found by, taken as it is."""
    found = {STEM + stem for stem in kyrgyz.asked(word)}
    found |= {VERB + stem for stem in kyrgyz.asked_verbs(word)}
    return frozenset(found if _KYRGYZ.search(word) else found | russian.forms(word))


def _is_suffixed(word: str, tailed: re.Match[str]) -> bool:
    capitals = len(fold(tailed[0]))
    return word[:capitals] in kyrgyz.bases(word, capitals)
