"""What a reader asks for, read: words that must all stand in an article."""

import base64
import hashlib
import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from bot.matching.analysis import VERSION, asked, editions_of, is_latin
from bot.matching.stopwords import ACRONYMS, CYRILLIC, ENGLISH
from bot.matching.words import Token, fold, tokens
from bot.model import Edition

LONGEST_QUERY = 200
"""Characters."""
MOST_TERMS = 10


class QueryFault(StrEnum):
    """Why a text can't be followed."""

    EMPTY = "empty"
    TOO_LONG = "too long"
    TOO_MANY_WORDS = "too many words"
    NO_WORD = "no word"
    """Nothing but punctuation."""
    TOO_COMMON = "too common"
    """Nothing but words that stand in every article."""


class QueryError(ValueError):
    """A text that can't be followed: the fault, and the part of the text that has it."""

    def __init__(self, fault: QueryFault, detail: str) -> None:
        super().__init__(f"{fault}: {detail}")
        self.fault = fault
        self.detail = detail


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a term, and what it is found by (see `analysis`)."""

    text: str
    """Folded."""
    joint: str
    """How it hangs on the word before it in its term; empty for the first."""
    keys: frozenset[str]


@dataclass(frozen=True, slots=True)
class Term:
    """What must stand in an article: a word, or several that are one (Иссык-Куль, 24.kg)."""

    text: str
    """As asked."""
    words: tuple[Word, ...]
    joined: frozenset[str]
    """What it is found by where it is written as one word (email for e-mail); for a term of one
    word the same as the word's keys.
    """

    @property
    def canonical(self) -> str:
        """Equal for terms that are found in the same texts."""
        words = (word.joint + " ".join(sorted(word.keys)) for word in self.words)
        return "\t".join((*words, *sorted(self.joined)))


@dataclass(frozen=True, slots=True)
class Query:
    """A query as asked and as understood: all terms are required."""

    text: str
    """As asked, white space folded."""
    key: str
    """At most 16 ASCII characters; queries of equal meaning share one."""
    terms: tuple[Term, ...]

    def held_by(self, edition: Edition) -> bool:
        """Whether this edition's script can hold every word."""
        return all(edition in editions_of(word.text) for term in self.terms for word in term.words)


def split(text: str) -> list[str]:
    """The queries in a text, parted by commas and new lines that stand neither in quotes nor in
    numbers. An unbalanced quote is no quote.
    """
    parts = _SEPARATOR.split(_QUOTED.sub(_hide, text))
    return [part.translate(_SHOWN).strip() for part in parts if part.strip()]


_QUOTED = re.compile(r'"[^"\n]*"|«[^»\n]*»|“[^”\n]*”|„[^“”\n]*[“”]')
_SEPARATOR = re.compile(r"(?<!\d)[,，、]|[,，、](?!\d)|[\r\n\v\f\x85\u2028\u2029]")
_SHOWN = str.maketrans({"\ue000": ",", "\ue001": "，", "\ue002": "、"})
_HIDDEN = str.maketrans({",": "\ue000", "，": "\ue001", "、": "\ue002"})


def _hide(quoted: re.Match[str]) -> str:
    return quoted[0].translate(_HIDDEN)


def parse(text: str) -> Query:
    """Read a query. Raises QueryError."""
    return _parse(" ".join(text.split()))


@lru_cache(maxsize=4096)
def _parse(text: str) -> Query:
    if not text:
        raise QueryError(QueryFault.EMPTY, "")
    if len(text) > LONGEST_QUERY:
        raise QueryError(QueryFault.TOO_LONG, text[LONGEST_QUERY:])
    runs = _runs(text)
    if not runs:
        raise QueryError(QueryFault.NO_WORD, text)
    wanted = [run for run in runs if not _is_common(run)]
    if not wanted:
        raise QueryError(QueryFault.TOO_COMMON, text)
    terms = tuple({(term := _term(run, text)).canonical: term for run in wanted}.values())
    if len(terms) > MOST_TERMS:
        raise QueryError(QueryFault.TOO_MANY_WORDS, " ".join(t.text for t in terms[MOST_TERMS:]))
    return Query(text, _key(terms), terms)


def _runs(text: str) -> list[list[Token]]:
    """The words, those that nothing but a dash, a point or an ampersand parts together."""
    runs: list[list[Token]] = []
    for token in tokens(text):
        if not fold(token.text):
            continue
        if runs and token.joint in ("-", ".", "&"):
            runs[-1].append(token)
        else:
            runs.append([token])
    return runs


def _is_common(run: list[Token]) -> bool:
    return all(_is_stopword(token.text) for token in run) and not _is_acronym(run)


def _is_stopword(surface: str) -> bool:
    word = fold(surface)
    if word in ACRONYMS:
        return not surface.isupper()
    return word in ENGLISH or word in CYRILLIC


def _is_acronym(run: list[Token]) -> bool:
    """U.S., S.O.S."""
    return len(run) > 1 and all(len(t.text) == 1 and t.joint in ("", " ", ".") for t in run)


def _term(run: list[Token], text: str) -> Term:
    first, *others = run
    words = (
        Word(fold(first.text), "", asked(first.text)),
        *(Word(fold(t.text), t.joint, asked(t.text)) for t in others),
    )
    whole = text[first.start : run[-1].end]
    if not others:
        return Term(whole, words, words[0].keys)
    if _is_acronym(run):
        return Term(whole, words, asked("".join(t.text for t in run)))
    is_compound = all(t.joint == "-" and t.text.isalpha() for t in others)
    return Term(whole, words, asked("".join(t.text for t in run)) if is_compound else frozenset())


def _key(terms: tuple[Term, ...]) -> str:
    canonical = "\n".join((str(VERSION), *sorted(term.canonical for term in terms)))
    digest = hashlib.sha256(canonical.encode("utf-8", "surrogatepass")).digest()
    return base64.urlsafe_b64encode(digest[:12]).decode()


def followed_in(query: Query, editions: frozenset[Edition]) -> frozenset[Edition]:
    """The editions in which a chat that reads `editions` follows a query: those of them that can
    hold it, and all that can where none of them does. Latin words have their home in the English
    edition and are followed there as well: Google stands in Russian texts, visa does not.
    """
    able = frozenset(edition for edition in Edition if query.held_by(edition))
    if any(is_latin(word.text) for term in query.terms for word in term.words):
        editions |= {Edition.EN}
    return (able & editions) or able or editions
