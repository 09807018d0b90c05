"""What else is about the same: earlier articles that share an article's rare words."""

import math
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import Final, NamedTuple

from bot.matching.analysis import asked
from bot.matching.runs import is_common, runs
from bot.matching.words import fold
from bot.search import cards, postings
from bot.search.dictionary import Dictionary, Place
from bot.search.lookup import blocks_below

RAREST: Final = 12
"""Words of an article that are looked for elsewhere."""
RARE: Final = 0.02
"""The share of articles that a rare word stands in at most."""
ALWAYS_RARE: Final = 10
"""Articles in which a rare word may stand, however few there are."""
MOST: Final = 4_000
"""And however many."""
LEAST_SHARED: Final = 2
"""Words that two articles on the same share at least."""
SHORTEST: Final = 3
TITLE: Final = 2.0
"""What a word of the title counts for, where one of the lead counts for 1."""


class Rare(NamedTuple):
    """A rare word of an article, and in which others it stands."""

    weight: float
    ids: list[int]


def alike(db: sqlite3.Connection, article: int, limit: int) -> list[int]:
    """Ids of earlier articles, the closest first. Raises sqlite3.Error or Damaged."""
    row = db.execute("SELECT card FROM cards WHERE id = ?", (article,)).fetchone()
    if row is None:
        return []
    card = cards.unpack(row[0])
    words = dict.fromkeys(_words(card.lead), 1.0) | dict.fromkeys(_words(card.title), TITLE)
    rare = sorted(_rare(db, words, article), key=lambda each: len(each.ids))[:RAREST]
    scores: defaultdict[int, float] = defaultdict(float)
    shared: Counter[int] = Counter()
    for weight, ids in rare:
        for id_ in ids:
            scores[id_] += weight
            shared[id_] += 1
    found = [id_ for id_ in scores if shared[id_] >= LEAST_SHARED]
    return sorted(found, key=lambda id_: (scores[id_], id_), reverse=True)[:limit]


def _words(text: str) -> Iterable[str]:
    found = (run[0].text for run in runs(text) if not is_common(run))
    return [word for word in found if len(fold(word)) >= SHORTEST]


def _rare(db: sqlite3.Connection, words: dict[str, float], article: int) -> Iterable[Rare]:
    count = int(db.execute("SELECT count(*) FROM articles").fetchone()[0])
    blocks = [*blocks_below(db, article)]
    dictionary, most = Dictionary(db), min(max(ALWAYS_RARE, count * RARE), MOST)
    for word, worth in words.items():
        place = Place((dictionary.by_key(asked(word)),))
        found = [(block, block.having(place) & block.below(article)) for block in blocks]
        size = sum(bits.bit_count() for _, bits in found)
        if 0 < size <= most:
            ids = [block.first + each for block, bits in found for each in postings.numbers(bits)]
            yield Rare(worth * math.log(1 + count / size), ids)
