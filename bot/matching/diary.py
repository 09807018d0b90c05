"""Articles as queries see them, a page of 64 at a time: which of them would have met one.

A page is a sorted array of postings: a spelling that words of an article are found by, as a hash,
and in the last six bits the article's place on the page. A query is held to a whole page at once,
in masks in which bit n stands for the n-th article. Where postings can't tell (phrases, capitals,
beginnings) the answer is a pair of bounds, and `Trial` decides article by article.
"""

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from functools import reduce
from operator import and_, or_
from typing import NamedTuple

from bot.matching.analysis import STEM, keys
from bot.matching.program import compiled
from bot.matching.query import Query
from bot.matching.sections import section_names
from bot.matching.sheet import Sheet
from bot.matching.terms import SHORTEST_PREFIX, Form, Leaf, Scope, Tongue, Word
from bot.matching.tree import Always, Junction, Node, Not
from bot.matching.vocabulary import Vocabulary
from bot.matching.words import fold, surfaces
from bot.model import Article, Edition, Item

_PLACE = 64 - 1
_SPELLING = (1 << 64) - 1 - _PLACE
_SIGNS = ("", STEM, Form.EXACT)
"""What a word's own spelling stands behind: it is one of its keys, or none."""


class Bounds(NamedTuple):
    """Which articles of a page meet something: these surely, and at most those."""

    surely: int
    perhaps: int


class Page:
    """Up to 64 articles, in some 2 KiB each."""

    def __init__(self) -> None:
        self.items: list[Item] = []
        self._postings = array("Q")

    @property
    def is_full(self) -> bool:
        """It takes no more."""
        return len(self.items) > _PLACE

    def add(self, item: Item, article: Article) -> None:
        """One more. `article`: all that is known of it."""
        place = len(self.items)
        found = {hash(name) & _SPELLING | place for name in _names(article)}
        # Two runs that are in order: sorting them is merging them.
        self._postings = array("Q", sorted((*self._postings, *sorted(found))))
        self.items.append(item)

    def met(self, query: Query, editions: Iterable[Edition]) -> Bounds:
        """Those of these editions that meet it."""
        asked = self._any(Tongue(edition).canonical for edition in editions)
        surely, perhaps = self._bounds(query.tree)
        return Bounds(surely & asked, perhaps & asked)

    def of(self, mask: int) -> list[Item]:
        """The items of a mask."""
        return [item for n, item in enumerate(self.items) if mask >> n & 1]

    def _bounds(self, node: Node) -> Bounds:
        whole = (1 << len(self.items)) - 1
        match node:
            case Always(value):
                return Bounds(whole * value, whole * value)
            case Not(leaf):
                surely, perhaps = self._leaf(leaf)
                return Bounds(whole & ~perhaps, whole & ~surely)
            case Junction(is_all, parts):
                found = [self._bounds(part) for part in parts]
                join = and_ if is_all else or_
                return Bounds(*(reduce(join, masks) for masks in zip(*found, strict=True)))
        return self._leaf(node)

    def _leaf(self, leaf: Leaf) -> Bounds:
        if isinstance(leaf, Tongue):
            mask = self._any([leaf.canonical])
            return Bounds(mask, mask)
        first, *more = [self._word(word, leaf.scope) for word in leaf.words]
        if not more:
            return first
        perhaps = reduce(and_, (found.perhaps for found in (first, *more)))
        joined = self._any(_place(leaf.scope) + key for key in leaf.joined)
        return Bounds(joined, perhaps | joined)

    def _word(self, word: Word, scope: Scope) -> Bounds:
        place = _place(scope)
        if word.form is Form.INFLECTED:
            mask = self._any(place + key for key in word.keys)
            return Bounds(mask, mask)
        if word.form is Form.PREFIX:
            return Bounds(0, self._any([place + _beginning(word.text)]))
        return Bounds(0, self._any(place + sign + word.text for sign in _SIGNS))

    def _any(self, names: Iterable[str]) -> int:
        return reduce(or_, map(self._mask, names), 0)

    def _mask(self, name: str) -> int:
        spelling, mask = hash(name) & _SPELLING, 0
        at = bisect_left(self._postings, spelling)
        while at < len(self._postings) and self._postings[at] & _SPELLING == spelling:
            mask |= 1 << (self._postings[at] & _PLACE)
            at += 1
        return mask


def _names(article: Article) -> set[str]:
    """What an article is found by, each spelling after its place and form."""
    whole = (article.title, *article.body)
    found = {Tongue(article.edition).canonical}
    found.update(_spelled(Scope.ANYWHERE, whole, article.edition))
    found.update(_spelled(Scope.TITLE, whole[:1], article.edition))
    found.update(_spelled(Scope.SECTION, section_names(article), article.edition))
    return found


def _spelled(scope: Scope, texts: Iterable[str], edition: Edition) -> Iterator[str]:
    place = _place(scope)
    for surface in {word for text in texts for word in surfaces(text)}:
        found, word = keys(surface, edition), fold(surface)
        for key in found:
            yield place + key
        if word not in found and STEM + word not in found:
            yield place + Form.EXACT + word
        if len(word) >= SHORTEST_PREFIX:
            yield place + _beginning(word)


def _place(scope: Scope) -> str:
    return f"{scope}\t" if scope else ""


def _beginning(word: str) -> str:
    return Form.PREFIX + word[:SHORTEST_PREFIX]


class Trial:
    """One query, held to articles as the matcher would."""

    def __init__(self, query: Query) -> None:
        # Words of sections have numbers of their own.
        self._words, self._sections = Vocabulary(), Vocabulary(1 << 32)
        self._program = compiled(query.tree, self._words, self._sections)

    def meets(self, article: Article) -> bool:
        """Whether the article meets it."""
        return Sheet(article, self._words, self._sections).meets(self._program)
