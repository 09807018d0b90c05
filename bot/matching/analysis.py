"""What a word is found by. A text's word and a query's word meet where they share a key.

A key is a spelling: an English base form, a Russian form, or, marked, a Kyrgyz stem. Which keys a
text's word has depends on its edition; a query's word is analysed in every language that its
script allows.
"""

import re
from functools import lru_cache

from bot.matching import english, kyrgyz, russian
from bot.matching.stopwords import ACRONYMS
from bot.matching.words import LONGEST, fold, is_plain
from bot.model import Edition

VERSION = 2
"""To be raised when the same text gets other keys."""
CACHE = 65536

_LATIN = re.compile("[a-z]")
_CYRILLIC = re.compile("[\u0400-\u04ff]")
_KYRGYZ = re.compile("[ңөү]")
# An acronym, number or foreign word before small letters of a Kyrgyz suffix: АКШнын, 2026да.
_TAILED = re.compile(
    r"(?:[А-ЯЁҢӨҮ][А-ЯЁҢӨҮ\d-]+|[^\W\d]*-?\d[\d.,-]*|[A-Za-z][\w'’-]*?)(?=['’]?([а-яңөү]+)$)"
)
# A foreign word with a Russian ending: iPhone'ов.
_ENDED = re.compile("([a-z0-9-]*[a-z][a-z0-9-]*)'?(?:а|у|ом|е|ы|и|ов|ам|ами|ах)")
_NUMBERED = re.compile(r"(.+?)-\d.*")
_VOICED = {"к": "г", "п": "б"}
STEM = "~"
"""Before a Kyrgyz stem."""
_VERB, _CAPITALS = "~v:", "^"


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


def is_latin(word: str) -> bool:
    """Whether a folded word has Latin letters."""
    return bool(_LATIN.search(word))


def keys(surface: str, edition: Edition, *, verbs: bool = True) -> frozenset[str]:
    """What a word, as it stands in a text of this edition, is found by. `verbs`: the Kyrgyz verbs
    that it may be a form of among it, which take half of the time.
    """
    is_kyrgyz = edition is Edition.KY
    if not is_kyrgyz and is_plain(surface):
        return frozenset((fold(surface),))
    if len(surface) > LONGEST:
        return _keys.__wrapped__(surface, is_kyrgyz, verbs)
    return _keys(surface, is_kyrgyz, verbs)


def verb_beginnings(key: str) -> set[str]:
    """The first two letters of all words that may be found by this key as forms of a verb."""
    if not key.startswith(_VERB):
        return set()
    stem = key.removeprefix(_VERB)
    return {stem[:2], stem[0] + _VOICED.get(stem[1:2], stem[1:2])}


@lru_cache(maxsize=CACHE)
def _keys(surface: str, is_kyrgyz: bool, verbs: bool) -> frozenset[str]:
    if is_kyrgyz and surface[1:].islower() and len(surface) <= LONGEST and is_plain(surface):
        return _plain_kyrgyz(fold(surface), verbs)
    word = _joined(fold(surface), surface)
    if len(word) > LONGEST:
        return frozenset({word})
    found: set[str] = set()
    for part in _parts(word):
        found |= _part_keys(part, surface, is_kyrgyz)
    found |= {_CAPITALS + base for base in found & ACRONYMS if surface[: len(base)].isupper()}
    return frozenset(found)


def _plain_kyrgyz(word: str, verbs: bool) -> frozenset[str]:
    found = kyrgyz.bases(word)
    stems = [STEM + stem for stem in found]
    return frozenset([*stems, *(_VERB + s for s in kyrgyz.verbs(found))] if verbs else stems)


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
        return [word, match[1]]
    bare = word.rstrip("+#")
    return [word, bare] if 1 < len(bare) < len(word) else [word]


def _part_keys(word: str, surface: str, is_kyrgyz: bool) -> set[str]:
    if is_kyrgyz and not word.isascii():
        tailed = _TAILED.match(surface)
        capitals = len(fold(tailed[0])) if tailed else 0
        return _kyrgyz_keys(word, capitals)
    if word.isascii():
        return set(english.bases(word))
    ended = _ENDED.fullmatch(word)
    return {word, *english.bases(ended[1])} if ended else {word}


def _kyrgyz_keys(word: str, capitals: int) -> set[str]:
    found = kyrgyz.bases(word, capitals)
    if capitals:
        head = word[:capitals].rstrip("'-")
        found = found | ({head} if word[:capitals] in found else set())
        return {STEM + stem for stem in found} | {stem for stem in found if stem.isascii()}
    return {STEM + stem for stem in found} | {_VERB + stem for stem in kyrgyz.verbs(found)}


@lru_cache(maxsize=4096)
def asked(surface: str) -> frozenset[str]:
    """What a word of a query is found by, in all languages that its script allows."""
    word = _joined(fold(surface), surface)
    if word in ACRONYMS:
        return frozenset({_CAPITALS + word})
    if len(word) > LONGEST or word.isascii():
        return english.asked(word) if len(word) <= LONGEST else frozenset({word})
    if not _CYRILLIC.search(word):
        return frozenset({word, STEM + word})
    tailed = _TAILED.match(surface)
    found = {STEM + stem for stem in kyrgyz.asked(word)}
    if tailed and _is_suffixed(word, tailed):
        found |= {STEM + fold(tailed[0])}
    found |= {_VERB + stem for stem in kyrgyz.asked_verbs(word)}
    return frozenset(found if _KYRGYZ.search(word) else found | russian.forms(word))


def _is_suffixed(word: str, tailed: re.Match[str]) -> bool:
    capitals = len(fold(tailed[0]))
    return word[:capitals] in kyrgyz.bases(word, capitals)
