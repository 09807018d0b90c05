"""Kyrgyz verbs: the bare stems that a finite form, a participle or a verbal noun may come from.

The passive (кармалды, was detained) and the plural in -ыш- are forms; causatives are other verbs.
"""

from bot.matching.kyrgyz_sounds import VOWELS, Suffix, agrees, table

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
        "denied": "BAй BAйт BAйм BAйбIз BAйсIз BAс BAсIн BAстAн BAгAн BAгAндIгI BAдI BAптIр BApы",
        "together": "Iш ш",
        "passive": "Iл л Iн н",
    }
)
_VOICES = ("together", "passive")
_LEFT = {"together": ("passive",), "passive": ()}
_LONGEST = max(map(len, _SUFFIXES))
# How a verbal noun ends, and how its stem: кармоо, карма; билүү, бил; таануу, тааны.
_NOUN_ENDS = {"оо": ("а", "о"), "өө": ("е", "ө"), "уу": ("", "у", "ы"), "үү": ("", "ү", "и")}
_RELEASED = {"г": "к", "б": "п"}
_SHORTEST = 2
_LONG = 5
"""Letters of a stem that is hardly left by chance."""


def stems(word: str) -> frozenset[str]:
    """All verb stems that a folded word, without its case and possessive, may be a form of."""
    named = _of_noun(word)
    active = {stem for noun in named for stem in _stems(noun, _VOICES)}
    return frozenset(_stems(word, ("past", "tense", "mood", "denied")) | named | active)


def asked(word: str) -> frozenset[str]:
    """The stems meant by a word of a query: a verbal noun's, or a long past form's."""
    if named := _of_noun(word):
        return frozenset(named)
    found = _stems(word, ("past",))
    return frozenset(stem for stem in found if len(stem) >= _LONG)


def _stems(word: str, kinds: tuple[str, ...]) -> set[str]:
    found: set[str] = set()
    for length in range(1, min(_LONGEST, len(word) - _SHORTEST) + 1):
        stem, spelling = word[:-length], word[-length:]
        for suffix in _SUFFIXES.get(spelling, ()):
            if (
                suffix.kind in kinds
                and agrees(stem, spelling, suffix)
                and _is_voiced(stem, spelling, suffix)
            ):
                found |= {stem, *_restored(stem, spelling)}
                found |= _stems(stem, _LEFT.get(suffix.kind, _VOICES))
    return found


def _is_voiced(stem: str, spelling: str, suffix: Suffix) -> bool:
    """The passive is in л, but in н after a stem whose last consonant is л."""
    if suffix.kind != "passive":
        return True
    last = next((letter for letter in reversed(stem) if letter not in VOWELS), "")
    return (last == "л") == (spelling[-1] == "н")


def _restored(stem: str, spelling: str) -> set[str]:
    if spelling[0] in VOWELS and stem[-1] in _RELEASED:
        return {stem[:-1] + _RELEASED[stem[-1]]}
    return set()


def _of_noun(word: str) -> set[str]:
    ends = _NOUN_ENDS.get(word[-2:], ())
    stem = word[:-2]
    if len(stem) < _SHORTEST:
        return set()
    found = {stem + end for end in ends}
    return found | {stem[:-1] + _RELEASED[stem[-1]] for _ in ends if stem[-1] in _RELEASED}
