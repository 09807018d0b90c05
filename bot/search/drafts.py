"""What can be told of an article without the index: so it is told in any process."""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from bot.matching.patterns import WORD
from bot.matching.sections import section_names
from bot.matching.words import INITIAL, LONGEST, joint, sequence, whole
from bot.model import Article, Edition
from bot.search import cards, naming
from bot.search.naming import clean

_PARTED = re.compile(f"({WORD.pattern})")
"""Splits a text into what is between words, and words, in turn."""
BREAK = ""
"""Stands between words that do not hang together."""


class Head(NamedTuple):
    """What the card alone tells: words as they stand there."""

    edition: Edition
    title: list[str]
    section: list[str]
    begun: list[str]
    """How the words of the title begin."""


class Draft(NamedTuple):
    """An article as it is entered, but for the numbers of its words."""

    id: int
    published: int
    head: Head
    words: list[str]
    """In order, with breaks."""
    compounds: list[str]
    card: bytes


class Unreadable(NamedTuple):
    """An article that can't be read, and why."""

    id: int
    url: str
    reason: str


def drafted(articles: Iterable[Article]) -> list[Draft | Unreadable]:
    """Whatever fails in the reading of one article must not keep others out."""
    return [*map(_drafted, articles)]


def head_of(article: Article) -> Head:
    """The words of title and section."""
    title = clean(article.title)
    words = sequence(title)
    return Head(
        article.edition,
        [*words, *_compounds(title)],
        [word for name in section_names(article) for word in sequence(clean(name))],
        naming.beginnings(words),
    )


def _drafted(article: Article) -> Draft | Unreadable:
    try:
        texts = [clean(text) for text in (article.title, *article.body)]
        return Draft(
            article.id,
            cards.minutes(article),
            head_of(article),
            [word for text in texts for word in _in_order(text)],
            [word for text in texts[1:] for word in _compounds(text)],
            cards.pack(cards.card_of(article)),
        )
    except Exception as error:  # noqa: BLE001 - there is no telling what a text does
        return Unreadable(article.id, str(article.url), f"{type(error).__name__}: {error}")


def _in_order(text: str) -> Iterator[str]:
    """Its words, too long ones for any language as breaks. `tokens` says the same in two and a
    half times the time, which counts when all articles are read.
    """
    parts = _PARTED.split(text.replace("_", " "))
    before = ""
    yield BREAK
    for gap, word in zip(parts[::2], parts[1::2], strict=False):
        if gap != " " and _parts(gap, before):
            yield BREAK
        before = word
        yield word if len(word) <= LONGEST else BREAK


def _parts(gap: str, before: str) -> bool:
    """Whether two words do not hang together: a full stop joins a name to an initial alone."""
    hung = joint(gap)
    return not hung or (hung == INITIAL and len(before) > 1)


def _compounds(text: str) -> list[str]:
    return [word for word in whole(text) if len(word) <= LONGEST]
