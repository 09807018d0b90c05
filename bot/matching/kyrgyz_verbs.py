"""Kyrgyz verbs: the bare stems that a finite form, a participle or a verbal noun may come from.

The passive (кармалды, was detained) and the plural in -ыш- are forms; causatives are other verbs.
"""

import re

from bot.matching.kyrgyz_sounds import VOWELS, table
from bot.matching.kyrgyz_suffixes import SHORTEST, Place, Reader, readings

_PERSONS = "{0} {0}м {0}ң {0}к {0}ңIз {0}ңIздAр {0}ңAр {0}лAр"
_PARTICIPLE = "{0} {0}мIн {0}сIң {0}сIз {0}бIз {0}сIздAр {0}сIңAр {0}дIр {0}дIгI {0}чA {0}I"
_PRESENT = "{0}т {0}м {0}сIң {0}сIз {0}бIз {0}сIздAр {0}сIңAр"
_SUFFIXES = table(
    {
        "past": _PERSONS.format("DI") + " " + _PARTICIPLE.format("GAн"),
        "tense": " ".join(
            (
                _PRESENT.format("A"),
                _PRESENT.format("й"),
                "Iп п Iптыр птыр Iптир птир Iптур птур Iптүр птүр",
            )
        ),
        "mood": " ".join(
            (
                _PERSONS.format(".сA"),
                "Aр AAр р Aрын Aрин GIчA GAнI .мAйIн .мAкчI",
                ".сIн .сIндAр GIлA IңIз ңIз .чу .чү",
            )
        ),
        "denied": _PERSONS.format("BAсA")
        + " BAй BAйт BAйм BAйбIз BAйсIз BAс BAсIн BAстAн BAгAн BAгAндIгI BAдI BAптIр BApы",
        "together": "Iш ш",
        "passive": "Iл л Iн н",
    }
)
_VOICES = ("together", "passive")
_TENSES = ("past", "tense", "mood", "denied")
_LEFT = {**dict.fromkeys(_TENSES, ("", *_VOICES)), "together": ("", "passive"), "passive": ("",)}
_READER = Reader(_SUFFIXES, _LEFT)
_FINITE, _PAST, _VOICE = map(_READER.place, (_TENSES, ("past",), _VOICES))
_PASSIVE_N = re.compile("[ыиуү]?н")
# How a verbal noun ends, and how its stem: кармоо, карма; билүү, бил; таануу, тааны.
_NOUN_ENDS = {
    "оо": ("а", "о"),
    "өө": ("е", "ө"),
    "уу": ("", "у", "ы"),
    "үү": ("", "ү", "и"),
    "юу": ("й",),
}
_RELEASED = {"г": "к", "б": "п"}
_LONG = 5
"""Letters of a stem that is hardly left by chance."""


_NONE = frozenset({"алар"})
"""Words that are hardly ever the verb's form that they look like."""


def stems(word: str) -> set[str]:
    """All verb stems that a folded word, without its case and possessive, may be a form of."""
    if word in _NONE:
        return set()
    named = _of_noun(word)
    found = _stems(word, _FINITE) | named
    for noun in named:
        found |= _stems(noun, _VOICE)
    return found


def asked(word: str) -> frozenset[str]:
    """The stems meant by a word of a query: a verbal noun's, or a long past form's."""
    if named := _of_noun(word):
        return frozenset(named)
    return frozenset(stem for stem in _stems(word, _PAST) if len(stem) >= _LONG)


def _stems(word: str, place: Place) -> set[str]:
    found: set[str] = set()
    for length, step in readings(word, place):
        stem = word[:length]
        if step.kind == "passive" and not _is_voiced(stem, word[length:]):
            continue
        found.add(stem)
        if step.begins_with_vowel and stem[-1] in _RELEASED:
            found.add(stem[:-1] + _RELEASED[stem[-1]])
    return found


def _is_voiced(stem: str, ending: str) -> bool:
    """The passive is in л, but in н after a stem whose last consonant is л."""
    last = next((letter for letter in reversed(stem) if letter not in VOWELS), "")
    return (last == "л") == (_PASSIVE_N.match(ending) is not None)


def _of_noun(word: str) -> set[str]:
    ends = _NOUN_ENDS.get(word[-2:], ())
    stem = word[:-2]
    if len(stem) < SHORTEST:
        return set()
    found = {stem + end for end in ends}
    return found | {stem[:-1] + _RELEASED[stem[-1]] for _ in ends if stem[-1] in _RELEASED}
