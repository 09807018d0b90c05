"""Articles for the index to hold, and what is typed to find them: made up, and always the same."""

import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import accumulate

from benchmarks import words
from benchmarks.workload import COMMON, VOCABULARY
from bot.model import Article, Edition

TITLE, LEAST, MOST = 9, 50, 250
"""Words of a title, and of a body: 150 in the mean."""
SENTENCE = 12
NEWEST = datetime(2026, 1, 1, tzinfo=UTC)
EACH = timedelta(minutes=9)
"""150 articles a day."""
TYPED = 0.8
"""The exponent of Zipf's law for what is looked for: rarer words than those of texts."""


@cache
def _forms(edition: Edition) -> tuple[list[str], list[float]]:
    """All forms of a language's words, and how often they occur, summed up."""
    forms, weights = [], []
    for rank, (_, found) in enumerate(words.lexemes(edition, VOCABULARY), 1):
        forms += found
        weights += [1 / rank / len(found)] * len(found)
    return forms, list(accumulate(weights))


def articles(count: int, seed: int = 11, first: int = 1) -> Iterator[Article]:
    """Of the three editions in turn, oldest first, with ids from `first` on."""
    rng = random.Random(seed)
    editions = list(Edition)
    for number in range(first, first + count):
        yield _article(rng, editions[number % len(editions)], number, first + count - number)


def _article(rng: random.Random, edition: Edition, number: int, age: int) -> Article:
    forms, sums = _forms(edition)
    common, size = words.common(edition), rng.randint(LEAST, MOST)
    said = rng.choices(forms, cum_weights=sums, k=TITLE + size)
    for at in range(TITLE, len(said)):
        if rng.random() < COMMON:
            said[at] = common[int(rng.random() * len(common))]
    parts = [" ".join(said[at : at + SENTENCE]) for at in range(TITLE, len(said), SENTENCE)]
    body = tuple(f"{part.capitalize()}." for part in parts)
    return Article(
        edition,
        number,
        f"https://24.kg/vlast/{number}/",
        " ".join(said[:TITLE]).capitalize(),
        tuple(" ".join(body[at : at + 3]) for at in range(0, len(body), 3)),
        NEWEST - age * EACH,
        section="Власть",
        picture=f"https://24.kg/files/media/{number // 1000}/{number}.jpg",
    )


def typed(count: int, seed: int = 9) -> list[str]:
    """Queries of one to three words, each broken off somewhere in its last word."""
    rng = random.Random(seed)
    sums = list(accumulate((rank + 1) ** -TYPED for rank in range(VOCABULARY)))
    found = []
    for _ in range(count):
        listed = words.lexemes(rng.choice(list(Edition)), VOCABULARY)
        chosen = rng.choices(listed, cum_weights=sums, k=rng.choice((1, 1, 1, 2, 2, 3)))
        *whole, last = (rng.choice(forms) for _, forms in chosen)
        found.append(" ".join([*whole, last[: rng.randint(1, len(last))]]))
    return found
