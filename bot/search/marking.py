"""Where in a title or a lead the words stand that were searched for."""

from collections.abc import Callable, Iterable, Iterator, Sequence

from bot.matching.analysis import STEM
from bot.matching.scan import Scan, merged
from bot.matching.terms import Form, Scope, Term
from bot.matching.words import borders, sequence
from bot.model import Edition
from bot.search.naming import CAPITALS

Spans = tuple[tuple[int, int], ...]
Names = Callable[[Term], Iterable[str]]
"""As which words a term of one word stands in the index."""


class Marker:
    """Knows as which words each term stands in the index, so that a text's words need only be
    looked up: fifty titles and leads take a millisecond. Where words must stand side by side,
    the text is read as matching reads it.
    """

    def __init__(self, terms: Iterable[Term], names: Names) -> None:
        self._names: set[str] = set()
        self._cased: dict[str, set[str]] = {}
        self._runs: list[Term] = []
        begun: list[str] = []
        for term in terms:
            if len(term.words) > 1:
                self._runs.append(term)
            elif term.words[0].form is Form.PREFIX:
                begun.append(term.words[0].text)
            else:
                self._learn(names(term))
        self._begun = tuple(begun)
        self._compounds = [name for name in self._names if "-" in name]
        self._is_idle = not (self._names or self._cased or self._runs or begun)

    def marks(self, text: str, edition: Edition) -> Spans:
        """Code points from and to: whole words, sorted, disjoint."""
        if self._is_idle:
            return ()
        low = text.lower().replace("ё", "е").replace("’", "'")
        found = [*self._single(text, low)] if len(low) == len(text) else []
        if self._runs:
            scan = Scan.of(text, edition)
            found += [place for term in self._runs for place in scan.places(term)]
        return tuple(merged(found))

    def _learn(self, names: Iterable[str]) -> None:
        for name in names:
            folded, is_cased, surface = name.removeprefix(STEM).partition(CAPITALS)
            if is_cased:
                self._cased.setdefault(folded, set()).add(surface)
            else:
                self._names.add(folded)

    def _single(self, text: str, low: str) -> Iterator[tuple[int, int]]:
        words = sequence(low)
        if meant := self._meant(words):
            for word, (start, end) in zip(words, borders(low, words), strict=True):
                if word in meant and (meant[word] or text[start:end] in self._cased[word]):
                    yield start, end
        for name in self._compounds:
            if (start := low.find(name)) >= 0:
                yield start, start + len(name)

    def _meant(self, words: Sequence[str]) -> dict[str, bool]:
        """Those of a text's words that are marked, and whether whatever their capitals."""
        meant = dict.fromkeys(self._cased.keys() & words, False)
        meant |= dict.fromkeys(self._names.intersection(words), True)
        if begun := self._begun:
            meant |= dict.fromkeys([word for word in words if word.startswith(begun)], True)
        return meant


def in_title(terms: Iterable[Term]) -> list[Term]:
    """Those that are marked in titles."""
    return [term for term in terms if term.scope is not Scope.SECTION]


def in_lead(terms: Iterable[Term]) -> list[Term]:
    """Those that are marked in leads."""
    return [term for term in terms if term.scope is Scope.ANYWHERE]
