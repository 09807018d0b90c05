"""The leaves of a query: what must stand, or must not, in an article.

A term is one word or several that are one (Иссык-Куль, 24.kg, a phrase in quotes), looked for
anywhere, in the title alone, or in the section's name. A tongue is the article's own language.
"""

import re
import unicodedata
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache

from bot.model import Edition

SHORTEST_PREFIX = 4
"""Letters before the asterisk."""


_PLAIN = re.compile("[а-яА-ЯөӨүҮңҢ]+$")


class Form(StrEnum):
    """How a word of a text must resemble a query's."""

    INFLECTED = ""
    """Be one of its forms."""
    EXACT = "="
    """Be spelled so, in small letters or capitals."""
    CASED = "=="
    """Be spelled so, capitals included."""
    PREFIX = "*"
    """Begin so."""


class Scope(StrEnum):
    """Where a term is looked for."""

    ANYWHERE = ""
    TITLE = "title"
    SECTION = "section"


@lru_cache(maxsize=256)
def _keys(found_by: str) -> frozenset[str]:
    return frozenset(found_by.split("\n") if found_by else ())


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a term, and what it is found by (see `analysis`)."""

    text: str
    """Folded."""
    joint: str
    """How it hangs on the word before it in its term; empty for the first."""
    found_by: str
    """Its keys, sorted, a line each: a small part of that set's size."""
    form: Form = Form.INFLECTED
    spelling: str = ""
    """With its capitals, where they count."""

    @property
    def keys(self) -> frozenset[str]:
        """For other forms than inflected ones the one spelling, after the form's sign."""
        return _keys(self.found_by)


@dataclass(frozen=True, slots=True)
class Term:
    """A word, or several that are one, and where they are looked for."""

    text: str
    """As asked, its signs included, but not its scope."""
    words: tuple[Word, ...]
    found_by: str = ""
    """The keys, a line each, by which it is found where it is written as one word (email for
    e-mail); for a term of one inflected word the word's.
    """
    scope: Scope = Scope.ANYWHERE
    canonical: str = field(init=False)
    """Equal for terms that are found in the same texts."""

    def __post_init__(self) -> None:
        words = (word.joint + word.found_by.replace("\n", " ") for word in self.words)
        joined = (self.found_by.replace("\n", "\t"),) if self.found_by else ()
        object.__setattr__(self, "canonical", "\t".join((self.scope, *words, *joined)))

    @property
    def joined(self) -> frozenset[str]:
        """The keys of the whole as one word."""
        return _keys(self.found_by)


@dataclass(frozen=True, slots=True)
class Tongue:
    """`lang:ky`: the article's own language."""

    edition: Edition

    @property
    def text(self) -> str:
        """In one spelling."""
        return f"lang:{self.edition}"

    @property
    def canonical(self) -> str:
        """Equal for equal ones."""
        return self.text


Leaf = Term | Tongue


def spelled(surface: str) -> str:
    """A word with its capitals, otherwise as `fold` has it."""
    if surface.isascii() or _PLAIN.match(surface):
        return surface
    clean = unicodedata.normalize("NFKC", surface)
    same = "".join(char for char in clean if unicodedata.category(char) not in ("Cf", "Mn"))
    return same.replace("ё", "е").replace("Ё", "Е")


def spellings(word: str) -> tuple[str, ...]:
    """A word, and what of it stands before a dash and a number: COVID of COVID-19."""
    head, dash, _ = word.partition("-")
    return (word, head) if dash else (word,)
