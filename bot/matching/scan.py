"""A text against the terms of queries: where which of them stands."""

from collections.abc import Iterator
from dataclasses import dataclass

from bot.matching.analysis import editions_of, keys
from bot.matching.terms import Form, Scope, Term, Word, spelled, spellings
from bot.matching.words import INITIAL, Token, compounds, fold, tokens
from bot.model import Edition

JOINTS = {" ": (" ", "-"), "-": ("-", " "), ".": (".",), "&": ("&",), INITIAL: (".", INITIAL)}
"""How the words of a text may hang together where a query's do like this."""
Analysed = tuple[Token, frozenset[str]]


@dataclass(frozen=True, slots=True)
class Scan:
    """One text, a title or a paragraph, with what each of its words is found by."""

    words: tuple[Analysed, ...]
    compounds: tuple[Analysed, ...]

    @classmethod
    def of(cls, text: str, edition: Edition) -> "Scan":
        """Scan a text of this edition."""
        return cls(_analysed(tokens(text), edition), _analysed(compounds(text), edition))

    def places(self, term: Term) -> Iterator[tuple[int, int]]:
        """Where the term's words stand, whatever its scope, as code points from and to."""
        yield from self._runs(term)
        whole = self.compounds if len(term.words) == 1 else (*self.compounds, *self.words)
        for token, found in whole if term.joined else ():
            if not found.isdisjoint(term.joined):
                yield token.start, token.end

    def _runs(self, term: Term) -> Iterator[tuple[int, int]]:
        size, first = len(term.words), term.words[0]
        for start, (token, found) in enumerate(self.words):
            if is_form(token, found, first):
                run = self.words[start : start + size]
                if len(run) == size and _stands(run, term.words):
                    yield token.start, run[-1][0].end


def _analysed(found: list[Token], edition: Edition) -> tuple[Analysed, ...]:
    return tuple((token, keys(token.text, edition)) for token in found)


def is_form(token: Token, found: frozenset[str], word: Word) -> bool:
    """Whether a word of a text, found by these keys, is what a word of a query asks for."""
    if word.form is Form.INFLECTED:
        return not found.isdisjoint(word.keys)
    if word.form is Form.PREFIX:
        return fold(token.text).startswith(word.text)
    if word.form is Form.EXACT:
        return word.text in spellings(fold(token.text))
    return word.spelling in spellings(spelled(token.text))


def implies(term: Term, other: Term) -> bool:
    """Whether wherever a term stands, another of one inflected word does."""
    is_wider = other.scope is term.scope or (not other.scope and term.scope is Scope.TITLE)
    if len(other.words) > 1 or other.words[0].form is not Form.INFLECTED or not is_wider:
        return False
    return any(_is_always(word, other.words[0].keys) for word in term.words)


def _is_always(word: Word, found: frozenset[str]) -> bool:
    if word.form is Form.INFLECTED:
        return word.keys <= found
    if word.form is Form.PREFIX:
        return False
    surface = word.spelling or word.text
    return all(not keys(surface, edition).isdisjoint(found) for edition in editions_of(word.text))


def _stands(run: tuple[Analysed, ...], words: tuple[Word, ...]) -> bool:
    return all(
        is_form(token, found, word) and (not word.joint or token.joint in JOINTS[word.joint])
        for (token, found), word in zip(run, words, strict=True)
    )


def merged(places: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The places sorted, those that overlap as one."""
    whole: list[tuple[int, int]] = []
    for start, end in sorted(places):
        if whole and start < whole[-1][1]:
            whole[-1] = whole[-1][0], max(end, whole[-1][1])
        else:
            whole.append((start, end))
    return whole
