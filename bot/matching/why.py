"""Why an article meets a query, or why not: which words, by which forms, at which places."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from bot.matching.query import Query
from bot.matching.reading import label
from bot.matching.scan import Scan, is_form, merged
from bot.matching.sections import section_names
from bot.matching.terms import Form, Leaf, Scope, Term, Tongue
from bot.matching.tree import Always, Junction, Node, Not, holds
from bot.matching.words import fold
from bot.model import Article, Edition

_ALIKE = 3
"""Letters that a look-alike begins with as the word asked for does."""

Where = Literal["title", "body", "section"]


class Hit(NamedTuple):
    """One term of a query, found."""

    term: str
    """As asked."""
    form: str
    """As it stands in the article."""
    where: Where


class Refusal(NamedTuple):
    """A word that looks like a term and is none of its forms."""

    term: str
    word: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """The first place of each term, in the order asked; and what is in the way."""

    matched: bool
    hits: tuple[Hit, ...]
    """Terms that are wanted and stand there."""
    missing: tuple[str, ...]
    """What is wanted and not there; none where it is not needed."""
    excluded: tuple[Hit, ...] = ()
    """What must not stand there and does; none where it doesn't matter."""
    elsewhere: tuple[Hit, ...] = ()
    """What is missing where it was looked for and stands somewhere else."""
    refused: tuple[Refusal, ...] = ()
    """For a missing term, the word that is most like it."""
    absent: tuple[Refusal, ...] = ()
    """For a missing term of several words, its first that is not there."""
    apart: tuple[str, ...] = ()
    """Missing terms whose words are all there, but not side by side."""


@dataclass(frozen=True, slots=True)
class _Reading:
    """An article, scanned once."""

    article: Article
    scans: list[tuple[Where, str, Scan]] = field(default_factory=list)

    @classmethod
    def of(cls, article: Article) -> "_Reading":
        texts: list[tuple[Where, str]] = [("title", article.title)]
        texts += [("body", text) for text in article.body]
        texts += [("section", text) for text in section_names(article)]
        scans = [(where, text, Scan.of(text, article.edition)) for where, text in texts]
        return cls(article, scans)

    def first(self, term: Term) -> Hit | None:
        return next(self._hits(term, scoped=True), None)

    def elsewhere(self, term: Term) -> Hit | None:
        return next(self._hits(term, scoped=False), None)

    def stands(self, leaf: Leaf) -> bool:
        if isinstance(leaf, Tongue):
            return leaf.edition is self.article.edition
        return self.first(leaf) is not None

    def alike(self, term: Term) -> str:
        """The word that shares most of its beginning with a term of one word, if any does."""
        asked = term.words[0].text
        found = [token.text for _, _, scan in self._in(term.scope) for token, _ in scan.words]
        best = max(found, key=lambda word: _common(fold(word), asked), default="")
        return best if _common(fold(best), asked) >= max(_ALIKE, len(asked) // 2) else ""

    def absent(self, term: Term) -> str:
        """The first of its words that does not stand there; empty where all do."""
        found = [each for _, _, scan in self._in(term.scope) for each in scan.words]
        absent = (w for w in term.words if not any(is_form(*each, w) for each in found))
        return next((word.text for word in absent), "")

    def _hits(self, term: Term, *, scoped: bool) -> Iterator[Hit]:
        for where, text, scan in self._in(term.scope if scoped else Scope.ANYWHERE):
            for start, end in scan.places(term):
                yield Hit(label(term), text[start:end], where)

    def _in(self, scope: Scope) -> Iterator[tuple[Where, str, Scan]]:
        return (each for each in self.scans if looks_in(scope, each[0]))


def looks_in(scope: Scope, where: Where) -> bool:
    """Whether a term of this scope is looked for there."""
    return where == scope if scope else where != "section"


def spans(
    query: Query, text: str, edition: Edition, where: Where | None = None
) -> list[tuple[int, int]]:
    """Where the words that a query wants stand in a text, as code points from and to: whole
    words, sorted, disjoint. `where`: what of the article the text is; None: either title or body.
    """
    scan = Scan.of(text, edition)
    looked = [term for term in query.terms if where is None or looks_in(term.scope, where)]
    asked = [term for term in looked if term.scope is not Scope.SECTION]
    return merged([place for term in asked for place in scan.places(term)])


def explain(query: Query, article: Article) -> Explanation:
    """Whether an article meets a query, and why. Its edition decides how it is read, and whether
    only where the query names a language: else the editions are the subscription's.
    """
    read = _Reading.of(article)
    hits = [hit for term in query.terms if (hit := read.first(term))]
    in_the_way = list(_in_the_way(query.tree, read))
    missing = [leaf for leaf, is_wanted in in_the_way if is_wanted]
    terms = [leaf for leaf in missing if isinstance(leaf, Term)]
    elsewhere = {term: hit for term in terms if term.scope and (hit := read.elsewhere(term))}
    plain = [term for term in terms if term not in elsewhere and _is_simple(term)]
    runs = {
        label(term): read.absent(term)
        for term in terms
        if term not in elsewhere and len(term.words) > 1
    }
    return Explanation(
        matched=holds(query.tree, read.stands),
        hits=tuple(hits),
        missing=tuple(label(leaf) for leaf in missing),
        excluded=tuple(_excluded(in_the_way, read)),
        elsewhere=tuple(elsewhere.values()),
        refused=tuple(Refusal(label(t), word) for t in plain if (word := read.alike(t))),
        absent=tuple(Refusal(term, word) for term, word in runs.items() if word),
        apart=tuple(term for term, word in runs.items() if not word),
    )


def _in_the_way(node: Node, read: _Reading) -> Iterator[tuple[Leaf, bool]]:
    """The leaves for which a tree doesn't hold."""
    if holds(node, read.stands):
        return
    match node:
        case Junction(_, parts):
            for part in parts:
                yield from _in_the_way(part, read)
        case Always():
            return
        case Not(leaf):
            yield leaf, False
        case _:
            yield node, True


def _excluded(in_the_way: list[tuple[Leaf, bool]], read: _Reading) -> Iterator[Hit]:
    for leaf, is_wanted in in_the_way:
        if not is_wanted and isinstance(leaf, Term) and (hit := read.first(leaf)):
            yield hit


def _is_simple(term: Term) -> bool:
    return len(term.words) == 1 and term.words[0].form is not Form.PREFIX


def _common(one: str, other: str) -> int:
    """How many letters both begin with."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((at for at, (a, b) in pairs if a != b), min(len(one), len(other)))
