"""Words that often stand beside what a query finds, with which it could be made narrower."""

from collections import Counter
from collections.abc import Iterable, Iterator

from bot.matching import english, russian
from bot.matching.analysis import keys
from bot.matching.query import Query
from bot.matching.russian_dictionary import is_noun
from bot.matching.stopwords import CYRILLIC, ENGLISH
from bot.matching.words import Token, fold, tokens
from bot.model import Edition

_SHORTEST = 4
_LOOKED_UP = 40
"""How many of the most frequent words are worth a look into a dictionary."""


def beside(query: Query, titles: Iterable[tuple[str, Edition]]) -> list[str]:
    """What stands in these titles beside its own words, each as one would ask for it, the most
    frequent first.
    """
    own = {key for term in query.terms for word in term.words for key in word.keys}
    found = Counter(
        (shown, edition) for title, edition in titles for shown in set(_words(title, edition, own))
    )
    told: Counter[str] = Counter()
    for (surface, edition), count in found.most_common(_LOOKED_UP):
        if base := _base(surface, edition):
            told[base] += count
    return [word for word, _ in told.most_common()]


def _words(title: str, edition: Edition, own: set[str]) -> Iterator[str]:
    """In small letters, unless they are a name's."""
    for at, token in enumerate(tokens(title)):
        word = fold(token.text)
        if _says_something(token, word) and keys(token.text, edition).isdisjoint(own):
            is_name = token.text.isupper() or (at > 0 and token.text[0].isupper())
            yield token.text if is_name else token.text.lower()


def _says_something(token: Token, word: str) -> bool:
    if word in ENGLISH or word in CYRILLIC or not token.text.isalpha():
        return False
    return len(word) >= _SHORTEST or token.text.isupper()


def _base(surface: str, edition: Edition) -> str:
    """As it stands in a dictionary; empty where that has it as something else than a noun."""
    word = fold(surface)
    if surface.isupper() or edition is Edition.KY:
        return surface
    if edition is Edition.RU:
        nouns = sorted(filter(is_noun, russian.lemmas(word)))
        return _cased(nouns[0], surface) if nouns else surface * surface[0].isupper()
    base = min(english.asked(word), key=lambda base: (len(base), base))
    return _cased(base, surface) if word.startswith(base) else surface


def _cased(base: str, surface: str) -> str:
    return base.capitalize() if surface[0].isupper() else base
