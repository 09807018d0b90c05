"""Words to make queries and articles of, most frequent first: each a base form with its forms."""

import random
from functools import cache

from pymorphy3 import MorphAnalyzer
from simplemma.strategies.dictionaries.dictionary_factory import DefaultDictionaryFactory

Lexeme = tuple[str, tuple[str, ...]]
"""A base form, and the forms in which texts have it."""

_FORMS = 8
_VOWELS = {"а": "ыа", "о": "уо", "у": "уа", "ы": "ыа", "э": "ие", "и": "ие", "ө": "үө", "ү": "үө"}
_COMMON = {
    "en": "the of and to in a is that for it was on with as by at from be this are",
    "ru": "и в не на что с по это как из от за его к для о но до также при",
    "ky": "жана менен деп бул үчүн да бир эле анын болгон ошол боюнча эмес ал дагы",
}


def common(edition: str) -> list[str]:
    """Words that stand in every text."""
    return _COMMON[edition].split()


@cache
def lexemes(edition: str, count: int) -> tuple[Lexeme, ...]:
    """`count` words of a language in an order of frequency that is made up, but always the same."""
    found = {"en": _english, "ru": _russian, "ky": _kyrgyz}[edition](count)
    random.Random(edition).shuffle(found)
    return tuple(found[:count])


def _english(_: int) -> list[Lexeme]:
    """Of simplemma's dictionary, which knows forms, the base forms that have two or more."""
    bases: dict[str, set[str]] = {}
    table = DefaultDictionaryFactory().get_dictionary("en")
    for form, base in table.items():
        if form.isalpha() and base.isalpha() and form.islower() and len(base) > 3:
            bases.setdefault(base, {base}).add(form)
    return sorted((base, tuple(sorted(forms))) for base, forms in bases.items() if len(forms) > 1)


def _russian(count: int) -> list[Lexeme]:
    """Nouns and adjectives of pymorphy's dictionary, from all over the alphabet."""
    analyzer = MorphAnalyzer()
    bases = sorted(
        {
            base
            for word, tag, base, *_ in analyzer.dictionary.iter_known_words()
            if word == base
            and tag.POS in ("NOUN", "ADJF")
            and base.isalpha()
            and 4 < len(base) < 12
        }
    )
    chosen = random.Random(0).sample(bases, min(len(bases), count))
    return [(base, _declined(analyzer, base)) for base in chosen]


def _declined(analyzer: MorphAnalyzer, base: str) -> tuple[str, ...]:
    return tuple(sorted({form.word for form in analyzer.parse(base)[0].lexeme})[:_FORMS])


def _kyrgyz(count: int) -> list[Lexeme]:
    """There is no dictionary: stems made of syllables, in vowel harmony, with plural and case."""
    rng = random.Random(1)
    stems = set()
    while len(stems) < count:
        vowel = rng.choice("аоуыэиөү")
        stems.add("".join(_syllable(rng, vowel) for _ in range(rng.randint(2, 3))))
    return [(stem, _suffixed(stem)) for stem in sorted(stems)]


def _syllable(rng: random.Random, vowel: str) -> str:
    high, low = _VOWELS[vowel]
    return rng.choice("бгджзклмнпрстчш") + rng.choice((high, low)) + rng.choice(("", "", *"рлнк"))


def _suffixed(stem: str) -> tuple[str, ...]:
    last = next(letter for letter in reversed(stem) if letter in "аоуыэиөүе")
    high, low = _VOWELS["э" if last == "е" else last]
    plural = (
        stem
        + ("л" if stem[-1] in _VOWELS or stem[-1] in "ер" else "д" if stem[-1] in "лн" else "т")
        + low
        + "р"
    )
    tails = (f"д{high}н", f"г{low}", f"д{high}", f"д{low}", f"д{low}н", f"{high}")
    return (stem, plural, *(plural + tail for tail in tails))
