"""What pymorphy3's dictionary (OpenCorpora) says of a Russian word, in strings: its own objects
cost more to make than all that is asked of them. Letters are folded (ё as е).
"""

from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Any, NamedTuple

from pymorphy3 import MorphAnalyzer
from pymorphy3.tagset import OpencorporaTag
from pymorphy3.units import DictionaryAnalyzer, KnownPrefixAnalyzer, UnknownPrefixAnalyzer

_CONTENT = {"NOUN", "ADJF", "ADJS", "COMP", "VERB", "INFN", "PRTF", "PRTS", "GRND", "NUMR", "NPRO"}
_NAMES = {"Abbr", "Name", "Surn", "Geox", "Orgn"}
_PERSONS = {"Abbr", "Name", "Surn", "Patr", "Orgn"}
Endings = tuple[tuple[str, str], ...]
"""What stands before and behind a stem, for each form."""


class Traits(NamedTuple):
    """What a tag says."""

    is_asked: bool
    """Nobody asks for a preposition or an imperative: such a reading is of a name."""
    is_noun: bool
    is_name: bool
    is_person: bool
    """A name, but none of a place: what is inflected may be somebody else's."""
    is_acronym: bool
    is_fixed: bool
    is_place: bool
    """In the singular."""


class Parse(NamedTuple):
    """One reading of a word."""

    base: str
    is_known: bool
    """The dictionary has the word; else it is read by its end."""
    share: float
    """How likely the reading is."""
    traits: Traits
    stack: tuple[Any, ...]
    """How pymorphy3 came to it."""


@cache
def _analyzer() -> MorphAnalyzer:
    return MorphAnalyzer(result_type=None)


@lru_cache(maxsize=1024)
def parses(word: str) -> tuple[Parse, ...]:
    """The readings of a folded word that somebody may ask for: one for each word that it may be a
    form of, the likeliest.
    """
    found: dict[tuple[Any, ...], Parse] = {}
    for _, tag, base, share, stack in _analyzer().parse(word):
        said = traits(tag)
        if said.is_asked and isinstance(stack[0][0], DictionaryAnalyzer):
            name = base, said, stack[0][2]
            if name not in found or share > found[name].share:
                found[name] = Parse(_fold(base), _is_known(stack), share, said, stack)
    return tuple(found.values())


@lru_cache(maxsize=4096)
def traits(tag: OpencorporaTag) -> Traits:
    """What is to be known of a tag."""
    found = tag.grammemes
    return Traits(
        is_asked=tag.POS in _CONTENT and "impr" not in found,
        is_noun=tag.POS == "NOUN",
        is_name=not _NAMES.isdisjoint(found),
        is_person=not _PERSONS.isdisjoint(found),
        is_acronym="Abbr" in found,
        is_fixed="Fixd" in found,
        is_place="Geox" in found and "sing" in found,
    )


def knows(word: str) -> bool:
    """Whether it is a form of a word of the dictionary."""
    return bool(_analyzer().word_is_known(word))


def is_noun(word: str) -> bool:
    """Whether the dictionary has it as the base form of a noun."""
    return any(
        tag.POS == "NOUN" and _fold(_dictionary().build_normal_form(*place, known)) == word
        for known, place, tag in _entries(word)
    )


def is_common(word: str) -> bool:
    """Whether the dictionary has it as the base form of a noun that is no name."""
    return any(
        tag.POS == "NOUN"
        and not traits(tag).is_name
        and _fold(_dictionary().build_normal_form(*place, known)) == word
        for known, place, tag in _entries(word)
    )


def lexeme(parse: Parse) -> set[str]:
    """All forms of a reading, but no plural of a place: Нарынов is a surname."""
    _, word, paradigm, index = parse.stack[0]
    table = _dictionary().paradigms[paradigm]
    stem = _fold(_dictionary().build_stem(table, index, word))
    before = "".join(str(unit[1]) for unit in reversed(parse.stack[1:]) if _is_prefix(unit))
    endings = _endings(paradigm, is_singular=parse.traits.is_place)
    return {before + prefix + stem + suffix for prefix, suffix in endings}


def _is_prefix(unit: tuple[Any, ...]) -> bool:
    return isinstance(unit[0], KnownPrefixAnalyzer | UnknownPrefixAnalyzer)


def _dictionary() -> Any:
    return _analyzer().dictionary


def _entries(word: str) -> Iterator[tuple[str, tuple[int, int], OpencorporaTag]]:
    """Spelling, place in the dictionary and tag of each reading that it knows."""
    analyzer = _analyzer()
    known = analyzer.dictionary.words.similar_items(word, analyzer.char_substitutes)
    for spelling, places in known:
        for place in places:
            yield spelling, place, analyzer.dictionary.build_tag_info(*place)


def _is_known(stack: tuple[Any, ...]) -> bool:
    return len(stack) == 1 and type(stack[0][0]) is DictionaryAnalyzer


@lru_cache(maxsize=1024)
def _endings(paradigm: int, *, is_singular: bool) -> Endings:
    found = _dictionary().build_paradigm_info(paradigm)
    return tuple(
        dict.fromkeys(
            (prefix, _fold(suffix))
            for prefix, tag, suffix in found
            if not is_singular or "sing" in tag
        )
    )


def _fold(word: str) -> str:
    return word.replace("ё", "е")
