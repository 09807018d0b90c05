"""Queries, who asks for them, and articles: made up, and always the same."""

import random
from bisect import bisect
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import accumulate

from benchmarks import words
from bot.matching.query import QueryError, parse
from bot.model import Article, ChatRef, Edition, Subscription

NOW = datetime(2026, 1, 1, tzinfo=UTC)
VOCABULARY = 15_000
"""Words of each language that texts are made of, and queries too."""
ARTICLE = 300
"""Words."""
COMMON = 0.35
"""Of an article's words."""
# Of a hundred queries so many are of this kind; a, b, c are words.
KINDS = {
    "{a}": 31,
    '"{a} {b}"': 30,
    "{a} {b}": 22,
    "{a} -{b}": 9,
    "{a} | {b}": 6,
    "{p}*": 2,
}


class Ranks:
    """Numbers below `size`, the first ones most often: Zipf's law."""

    def __init__(self, size: int, exponent: float = 1.0) -> None:
        self._sums = list(accumulate((rank + 1) ** -exponent for rank in range(size)))

    def draw(self, rng: random.Random) -> int:
        return bisect(self._sums, rng.random() * self._sums[-1])


@dataclass(frozen=True)
class Asked:
    """A distinct query: as written, where it is followed, and of what it is made."""

    text: str
    editions: frozenset[Edition]
    kind: str
    words: tuple[str, str]


def queries(count: int, seed: int = 7) -> list[Asked]:
    """Distinct queries."""
    rng = random.Random(seed)
    ranks = Ranks(VOCABULARY, 0.5)
    kinds, weights = list(KINDS), list(KINDS.values())
    found: dict[str, Asked] = {}
    while len(found) < count:
        edition = rng.choice(list(Edition))
        listed = words.lexemes(edition, VOCABULARY)
        a, b = (listed[ranks.draw(rng)][0] for _ in range(2))
        kind = rng.choices(kinds, weights)[0]
        if a != b and (len(a) > 4 or "p" not in kind):
            text = kind.format(a=a, b=b, p=a[:5])
            found.setdefault(text, Asked(text, frozenset({edition}), kind, (a, b)))
    return list(found.values())


def subscriptions(asked: list[Asked], count: int, *, distinct: bool) -> Iterator[Subscription]:
    """Who asks: each query once, or as Zipf's law has it. Chats have three each. Without queries
    that are refused: two words drawn may be forms of one ("a -b").
    """
    rng = random.Random(3)
    ranks = Ranks(len(asked))
    keys: dict[str, str] = {}
    for number in range(count):
        one = asked[number] if distinct else asked[ranks.draw(rng)]
        chat = ChatRef(10**9 + rng.randrange(max(count // 3, 1)))
        if one.text not in keys:
            keys[one.text] = _key(one.text)
        if keys[one.text]:
            yield Subscription(chat, keys[one.text], one.text, one.editions, NOW)


def _key(text: str) -> str:
    try:
        return parse(text).key
    except QueryError:
        return ""


def articles(count: int, seed: int = 11) -> list[Article]:
    """Articles of the three editions in turn."""
    rng = random.Random(seed)
    ranks = Ranks(VOCABULARY)
    editions = list(Edition)
    return [_article(rng, ranks, editions[n % len(editions)], n) for n in range(count)]


def _article(rng: random.Random, ranks: Ranks, edition: Edition, number: int) -> Article:
    listed, common = words.lexemes(edition, VOCABULARY), words.common(edition)
    said = [
        rng.choice(common) if rng.random() < COMMON else rng.choice(listed[ranks.draw(rng)][1])
        for _ in range(ARTICLE)
    ]
    parts = [" ".join(said[start : start + 40]) + "." for start in range(0, ARTICLE, 40)]
    title, *body = (part.capitalize() for part in parts)
    return Article(edition, number, f"https://24.kg/vlast/{number}/", title, tuple(body), NOW)


def moved(subscription: Subscription) -> Subscription:
    """The same by a chat that has none yet."""
    return replace(subscription, chat=ChatRef(subscription.chat.id + 2 * 10**9))
