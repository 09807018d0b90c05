"""A text against the terms of queries: where which of them stands."""

from collections.abc import Iterator
from dataclasses import dataclass

from bot.matching.analysis import keys
from bot.matching.query import Term, Word
from bot.matching.words import Token, compounds, tokens
from bot.model import Edition

_JOINTS = {"-": ("-", " "), ".": (".",), "&": ("&",)}
"""How the words of a text may hang together where a query's do like this."""


@dataclass(frozen=True, slots=True)
class Scan:
    """One text, a title or a paragraph, with what each of its words is found by."""

    words: tuple[tuple[Token, frozenset[str]], ...]
    compounds: tuple[tuple[Token, frozenset[str]], ...]

    @classmethod
    def of(cls, text: str, edition: Edition) -> "Scan":
        """Scan a text of this edition."""
        return cls(_analysed(tokens(text), edition), _analysed(compounds(text), edition))

    def places(self, term: Term) -> Iterator[tuple[int, int]]:
        """Where the term stands, as code points from and to."""
        yield from self._runs(term)
        whole = self.compounds if len(term.words) == 1 else (*self.compounds, *self.words)
        for token, found in whole:
            if not found.isdisjoint(term.joined):
                yield token.start, token.end

    def _runs(self, term: Term) -> Iterator[tuple[int, int]]:
        size, first = len(term.words), term.words[0].keys
        for start, (token, found) in enumerate(self.words):
            if not found.isdisjoint(first):
                run = self.words[start : start + size]
                if len(run) == size and _holds(run, term.words):
                    yield token.start, run[-1][0].end


def _analysed(found: list[Token], edition: Edition) -> tuple[tuple[Token, frozenset[str]], ...]:
    return tuple((token, keys(token.text, edition)) for token in found)


def _holds(run: tuple[tuple[Token, frozenset[str]], ...], words: tuple[Word, ...]) -> bool:
    return all(
        not found.isdisjoint(word.keys) and (not word.joint or token.joint in _JOINTS[word.joint])
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
