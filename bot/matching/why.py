"""Why an article meets a query, or why not: which words, by which forms, at which places."""

from dataclasses import dataclass
from typing import Literal, NamedTuple

from bot.matching.query import Query, Term
from bot.matching.scan import Scan, merged
from bot.model import Article, Edition

_SHOWN = 60
"""Characters of a word found that a sentence shows."""


class Hit(NamedTuple):
    """One term of a query, found."""

    term: str
    """As asked."""
    form: str
    """As it stands in the article."""
    where: Literal["title", "body"]


@dataclass(frozen=True, slots=True)
class Explanation:
    """The first place of each term, in the order asked; and the terms that have none."""

    matched: bool
    hits: tuple[Hit, ...]
    missing: tuple[str, ...]


def spans(query: Query, text: str, edition: Edition) -> list[tuple[int, int]]:
    """Where a query's words stand in a text, as code points from and to: whole words, sorted,
    disjoint.
    """
    scan = Scan.of(text, edition)
    return merged([place for term in query.terms for place in scan.places(term)])


def explain(query: Query, article: Article) -> Explanation:
    """Whether an article meets a query, and why. Its edition decides how it is read, not
    whether: the editions are the subscription's.
    """
    scans = [(text, Scan.of(text, article.edition)) for text in (article.title, *article.body)]
    found = {term: _first(term, scans) for term in query.terms}
    missing = tuple(term.text for term, hit in found.items() if hit is None)
    return Explanation(not missing, tuple(hit for hit in found.values() if hit), missing)


def _first(term: Term, scans: list[tuple[str, Scan]]) -> Hit | None:
    for number, (text, scan) in enumerate(scans):
        for start, end in scan.places(term):
            return Hit(term.text, text[start:end], "body" if number else "title")
    return None


def sentence(explanation: Explanation) -> str:
    """One line: `visa: by “visas” in the title; China: missing`."""
    hits = [f"{hit.term}: by “{_short(hit.form)}” in the {hit.where}" for hit in explanation.hits]
    return "; ".join((*hits, *(f"{term}: missing" for term in explanation.missing)))


def _short(form: str) -> str:
    return form if len(form) <= _SHOWN else form[: _SHOWN - 1] + "…"
