"""Russian inflection: all forms of a word of a query, so that texts need no analysis.

The forms come from pymorphy3's dictionary (OpenCorpora); unknown words, which in news are mostly
names, get the endings of their declension.
"""

from functools import lru_cache

from bot.matching.russian_dictionary import Parse, knows, lexeme, parses
from bot.matching.stopwords import listed

_PLAUSIBLE = 0.05
"""A reading of an inflected word counts from this share of the readings on."""

# Names that the dictionary takes for something else.
_FIXED = listed("чуй таш жогорку сары")
# Forms of places: чуй is a verb by the book, чаек and белек lose a vowel there.
_PLACES = {
    "чуй": listed("чуя чую чуе"),
    "чаек": listed("чаека чаеку чаеком чаеке"),
    "белек": listed("белека белеку белеком белеке"),
}
# Surnames that are in the dictionary as plurals of nouns alone.
_SURNAMES = listed("токаев токаева ханов ханова калиев калиева сараев сараева эмиров эмирова")

_HARD = ("", "а", "у", "ом", "е", "ы", "ов", "ам", "ами", "ах")
_VELAR = ("", "а", "у", "ом", "е", "и", "ов", "ам", "ами", "ах")
_HUSH = ("", "а", "у", "ем", "ом", "е", "и", "ей", "ам", "ами", "ах")
_TSE = ("", "а", "у", "ем", "ом", "е", "ы", "ев", "ам", "ами", "ах")
_MASCULINE_BY = {**dict.fromkeys("кгх", _VELAR), **dict.fromkeys("жшчщ", _HUSH), "ц": _TSE}
_FEMININE = ("а", "ы", "е", "у", "ой", "ою", "ам", "ами", "ах")
_FEMININE_VELAR = ("а", "и", "е", "у", "ой", "ою", "ам", "ами", "ах")
_FEMININE_HUSH = ("а", "и", "ы", "е", "у", "ей", "ой", "ам", "ами", "ах")
_FEMININE_BY = {
    **dict.fromkeys("кгх", _FEMININE_VELAR),
    **dict.fromkeys("жшчщц", _FEMININE_HUSH),
}
_ENDINGS = {
    "й": ("й", "я", "ю", "ем", "е", "и", "ев", "ям", "ями", "ях"),
    "ь": ("ь", "я", "ю", "ем", "е", "и", "ью", "ей", "ям", "ями", "ях"),
    "я": ("я", "и", "е", "ю", "ей", "ею", "ям", "ями", "ях"),
}
_PLURAL = ("ы", "и", "ов", "ев", "ей", "ам", "ами", "ах", "ям", "ями", "ях")
_SURNAME = ("", "а", "у", "ым", "е", "ой", "ою", "ы", "ых", "ыми")
_SURNAME_ENDINGS = ("ов", "ев", "ин", "ын")
_REFLEXIVE = ("ся", "сь")
_VOWELS = frozenset("аеиоуыэюя")


@lru_cache(maxsize=512)
def forms(word: str) -> frozenset[str]:
    """All forms of a folded word (ё as е), itself among them. A form of an ambiguous word gives
    the forms of each word that it is likely to be, but a base form those of its own.
    """
    if word in _FIXED or len(word) < 2 or not word.isalpha():  # noqa: PLR2004 a letter is itself
        return _PLACES.get(word, frozenset()) | {word}
    chosen = _chosen(word)
    found = {word}.union(_PLACES.get(word, ())).union(*map(lexeme, chosen))
    if word.endswith(_REFLEXIVE):
        found = {form for form in found if form.endswith(_REFLEXIVE)}
    if all(_is_no_word(parse, word) for parse in chosen):
        found = _own(word, found | _declined(word))
    return frozenset(found | _surname(word, chosen))


def lemmas(word: str) -> frozenset[str]:
    """The base forms that the dictionary knows for a folded word; none for an unknown word."""
    return frozenset(parse.base for parse in _chosen(word)) if knows(word) else frozenset()


def bases(word: str) -> frozenset[str]:
    """The words that a folded word is surely an inflected form of: none for a word that the
    dictionary has as a base form, or not at all, or that may be somebody's name.
    """
    chosen = _chosen(word)
    if word in _FIXED or word in _SURNAMES or any(_is_doubtful(parse, word) for parse in chosen):
        return frozenset()
    return frozenset(parse.base for parse in chosen)


def _is_doubtful(parse: Parse, word: str) -> bool:
    return parse.base == word or parse.traits.is_person or _is_no_word(parse, word)


def _chosen(word: str) -> list[Parse]:
    found = parses(word)
    as_base = [parse for parse in found if parse.base == word]
    if as_base:
        nouns = [parse for parse in as_base if parse.is_known or parse.traits.is_noun]
        return nouns or as_base
    return [parse for parse in found if parse.share >= _PLAUSIBLE]


def _is_no_word(parse: Parse, word: str) -> bool:
    """Whether a reading leaves a word unexplained. By the book some names have one form, but
    newspapers decline them (ЦИКом, Айгули); and Илон is no form of Илона.
    """
    if not parse.is_known:
        return True
    if word[-1] in _VOWELS or not parse.traits.is_name:
        return False
    if parse.traits.is_acronym and len(lexeme(parse)) == 1:
        return True
    return parse.traits.is_fixed or (parse.base != word and not parse.traits.is_place)


def _own(word: str, found: set[str]) -> set[str]:
    """Without guessed plurals that are words of their own: маски are not of Маск."""
    if word[-1] in _VOWELS:
        return found
    return {form for form in found if form == word or not (_is_plural(form) and _is_word(form))}


def _is_word(form: str) -> bool:
    """Whether it is more than a form of a name: Айгули may be of Айгуля."""
    return knows(form) and not all(parse.traits.is_person for parse in parses(form))


def _is_plural(form: str) -> bool:
    return form.endswith(_PLURAL)


def _surname(word: str, chosen: list[Parse]) -> set[str]:
    """Forms of a surname (both sexes) that the dictionary does not know as a word."""
    if any(parse.is_known and parse.base == word for parse in chosen):
        return set()
    stem = word.removesuffix("а")
    if len(stem) > 4 and stem.endswith(_SURNAME_ENDINGS):  # noqa: PLR2004 shorter ones are words
        return {stem + ending for ending in _SURNAME}
    return set()


def _declined(word: str) -> set[str]:
    """An unknown word in the cases and numbers of the declension that its end suggests."""
    stem, last = word[:-1], word[-1]
    if last == "а":
        endings = _FEMININE_BY.get(stem[-1], _FEMININE)
    elif last in _ENDINGS:
        endings = _ENDINGS[last]
    elif last in _VOWELS:
        return {word}
    else:
        stem, endings = word, _MASCULINE_BY.get(last, _HARD)
    return {stem + ending for ending in endings}
