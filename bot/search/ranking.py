"""In which order what was found is shown.

An article's score is

    2 (in one of the reader's editions) + share of the words that stand in its title
    - log2(1 + days before the newest one found) / 4

where a title's word that only begins with what is being typed counts for 0.8. So a word in the
title makes up for two weeks, and an edition that is not the reader's comes after all that are,
unless these are years old. The higher id goes first among equals.

It is computed within the newest few hundred that were found; what is older follows, ranked within
the next few hundred, and so on.
"""

import math
from collections.abc import Collection, Iterable
from typing import Final, NamedTuple

from bot.search import damage

OWN_EDITION: Final = 2.0
BEGUN: Final = 0.8
"""For a word of the title that goes on after what was typed."""
AGE: Final = 0.25
"""For each doubling of an article's age."""
DAY: Final = 1440.0


class Candidate(NamedTuple):
    """An article that was found."""

    id: int
    edition: str
    published: int
    """In minutes since the epoch."""
    in_title: float = 0.0
    """The share of the words that stand there, from 0 to 1."""


@damage.read
def ranked(found: Collection[Candidate], editions: Iterable[str]) -> list[Candidate]:
    """The best first. Raises Damaged where a time is none."""
    own = frozenset(editions)
    newest = max((each.published for each in found), default=0)

    def score(each: Candidate) -> tuple[float, int]:
        days = (newest - each.published) / DAY
        bonus = OWN_EDITION if each.edition in own else 0.0
        return bonus + each.in_title - AGE * math.log2(1 + days), each.id

    return sorted(found, key=score, reverse=True)


@damage.read
def latest(found: Collection[Candidate]) -> list[Candidate]:
    """The newest first. Raises as `ranked` does."""
    return sorted(found, key=lambda each: (each.published, each.id), reverse=True)
