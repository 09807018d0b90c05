"""English inflection: the base forms that a written word can be an inflection of.

simplemma's dictionary knows the common words; rules stand in for the rest, and for the plurals
and participles that the dictionary takes for words of their own. Derivations (bank, banker) are
other words.
"""

import re
from functools import cache

from simplemma.strategies.dictionaries.dictionary_factory import DefaultDictionaryFactory

from bot.matching.english_words import ASKED, IRREGULAR, OWN
from bot.matching.spelling import one_spelling

# Bases that the dictionary makes up: travell, panick; and singe, growe for singing, growing.
_WRONG = re.compile("ll$|ck$|([wxy]|[^aeiou]{2}|[aeiou]{2}[^aeiou])(?<!th)e$")
SINGULARS = {
    "xes": "x", "shes": "sh", "ches": "ch", "sses": "ss", "ies": "y", "ives": "ife", "ses": "sis"
}  # fmt: skip
_VOWELS = frozenset("aeiouy")
_SHORTEST = 3
"""Letters of a base form that a rule may guess."""
_SIBILANTS = ("s", "x", "z", "ch", "sh")


@cache
def dictionary() -> dict[str, str]:
    """Form → base form, in a plain table: every word of every text is looked up several times."""
    return dict(DefaultDictionaryFactory().get_dictionary("en").items())


def _lemma(word: str) -> str | None:
    """The base form of a word as it is written or, unknown so, with the other initial."""
    known = dictionary()
    return known.get(word) or known.get(word.lower() if word[:1].isupper() else word.capitalize())


def is_known(word: str) -> bool:
    """Whether the dictionary has it, with any initial."""
    return len(word) > 1 and _lemma(word) is not None


def bases(word: str) -> frozenset[str]:
    """All base forms that a word of a text may be an inflection of, the word itself among them.

    `word` is folded.
    """
    word = _owner(word)
    spelled = one_spelling(word)
    return frozenset({word, spelled, *map(one_spelling, inflected(spelled))})


def asked(word: str) -> frozenset[str]:
    """The base forms by which a word of a query is found in `bases` of a text's words."""
    word = one_spelling(_owner(word))
    found = frozenset(map(one_spelling, inflected(word)))
    if not found or _is_base(word):
        return frozenset({word})
    if word in IRREGULAR.get(word, ()):
        return found | {word}
    return found if is_known(word) or any(map(is_known, found)) else found | {word}


def _owner(word: str) -> str:
    return word.removesuffix("'s")


def _is_base(word: str) -> bool:
    """Whether it is a word in its own right and not just an inflection: building, United."""
    if word in ASKED or word in IRREGULAR:
        return _lemma(word) == word
    if word.endswith("ing"):
        return _lemma(word + "s") == word
    return word.endswith("ed") and _lemma(word.capitalize()) == word.capitalize()


def inflected(word: str) -> set[str]:
    """The base forms of a folded word in the one spelling, itself not among them."""
    if len(word) < _SHORTEST or not word.isalpha() or word.endswith("ly") or word in OWN:
        return set()
    if not is_known(word) and word not in IRREGULAR:
        return (_known_singulars(word) or _guessed(word)) - {word}
    if _is_name(word):
        return set()
    if word in IRREGULAR:
        return set(IRREGULAR[word]) - {word}
    found = _looked_up(word)
    if not any(map(is_known, found)):
        found = _by_rule(word)
    return found - {word}


def _is_name(word: str) -> bool:
    """Whether the dictionary has it as a name alone: Evans."""
    name = word.capitalize()
    return word.endswith("s") and _lemma(name) == name and _lemma(word) in {None, name}


def _looked_up(word: str) -> set[str]:
    """What the dictionary says of it in small letters and as a name, its slips mended."""
    found = {_lemma(word) or word}
    if (_lemma(word.capitalize()) or "").lower() == word[:-1]:
        found.add(word[:-1])
    found |= _known_singulars(word)
    if found == {word}:
        return set()
    mended = {lemma[:-1] for lemma in found if lemma.lower() != word and _is_wrong(lemma, word)}
    return {lemma.lower() for lemma in found | set(filter(is_known, mended))} - {word}


def _known_singulars(word: str) -> set[str]:
    return {base for base in _rare_singulars(word) if _lemma(base) == base}


def _rare_singulars(word: str) -> set[str]:
    """What the dictionary may overlook, having a rarer word: fix for fixes, where it has fixe."""
    if not word.endswith("s"):
        return set()
    return {
        word.removesuffix(ending) + singular
        for ending, singular in SINGULARS.items()
        if word.endswith(ending) and len(word) - len(ending) > 1
    }


def _is_wrong(lemma: str, word: str) -> bool:
    """Before an s the e is there to be seen: aides."""
    return not word.endswith("s") and bool(_WRONG.search(lemma))


def _by_rule(word: str) -> set[str]:
    """For a word that the dictionary takes for a base form: only what it knows as a base."""
    return {
        base
        for base in _guessed(word)
        if len(base) >= _SHORTEST and (_lemma(base) or base).lower() == base
    }


def _guessed(word: str) -> set[str]:
    """What a word may be an inflection of by its ending alone."""
    if word.endswith("men"):
        return {
            base for base in (word[:-3] + "man",) if is_known(base) or is_known(base.capitalize())
        }
    if word.endswith("s"):
        return _singular(word)
    for ending in ("ed", "ing"):
        stem = word.removesuffix(ending)
        if stem != word and len(stem) >= _SHORTEST and not _VOWELS.isdisjoint(stem):
            return _verbs(stem)
    return set()


def _singular(word: str) -> set[str]:
    if len(word) < _SHORTEST or word.endswith(("ss", "us", "is", "ics")):
        return set()
    found = {word[:-1]}
    if word.endswith("ies") and len(word) > _SHORTEST + 1:
        found.add(word[:-3] + "y")
    elif word.endswith("es") and word[:-2].endswith((*_SIBILANTS, "o")):
        found.add(word[:-2])
    return found


def _verbs(stem: str) -> set[str]:
    found = {stem, stem + "e"}
    if stem[-1] == stem[-2] and stem[-1] not in "aeiou":
        found.add(stem[:-1])
    if stem.endswith("i"):
        found.add(stem[:-1] + "y")
    return found


def spelled(word: str) -> set[str]:
    """A folded word of a text as it is looked up among the forms of others."""
    word = _owner(word)
    return {word, one_spelling(word)}
