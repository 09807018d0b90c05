"""How long an article takes to find its readers, and what others need for it.

python -m benchmarks.matching [--quick] [--full] [--no-write]
"""

import argparse
import gc
import random
import re
from array import array
from collections.abc import Iterator
from time import perf_counter

from benchmarks import figures, workload
from benchmarks.rivals import RIVALS, Rival
from benchmarks.workload import Asked
from bot.matching import analysis, kyrgyz_tails, query, russian, words
from bot.matching.matcher import Matcher
from bot.model import Article, ChatRef, Edition, Subscription

DISTINCT = 55_000
ENOUGH = 120.0
"""Milliseconds an article; a rival that needs more is not asked for more."""
_WORD = re.compile(r"\w+")
CACHES = (query._parse, analysis.asked, analysis.asked_by, russian.forms)  # noqa: SLF001 bounded, and not per reader


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--quick", action="store_true", help="1,000 and 10,000 only")
    options.add_argument("--full", action="store_true", help="also 1,000,000 all distinct")
    options.add_argument("--no-write", action="store_true", help="leave the document alone")
    given = options.parse_args()
    sizes = [(1_000, False), (10_000, False)]
    sizes += [] if given.quick else [(100_000, False), (1_000_000, False)]
    sizes += [(1_000_000, True)] if given.full else []
    text = "\n\n".join(_report(sizes, workload.articles(60 if given.quick else 300)))
    if given.no_write:
        print(text)
    else:
        figures.write("matching", text)


def _report(sizes: list[tuple[int, bool]], articles: list[Article]) -> Iterator[str]:
    analysis.warm()
    floor = figures.percentile(figures.timed(_floor, articles), 0.5)
    yield "## Matching"
    yield f"`make bench`: {figures.machine()}. {_WORKLOAD.format(count=len(articles))}"
    asked = workload.queries(
        max(size if distinct else min(size, DISTINCT) for size, distinct in sizes)
    )
    rows = [figures.apart(_ours, asked, size, is_distinct, articles) for size, is_distinct in sizes]
    header = (
        "subscriptions",
        "queries",
        "half the words new, p50 / p99, ms",
        "words seen before",
        "share of the floor",
        "bytes a subscription",
        "build, s",
        "add, remove, µs",
    )
    yield figures.table(header, [[*row[:4], f"{row[4] / floor:.1f} ×", *row[5:]] for row in rows])
    yield f"The floor (normalise, find words with `\\w+`, look each up): {floor:.2f} ms an article."
    yield "### Rivals"
    yield _RIVALS
    yield figures.table(
        ("rival", "queries", "p50 / p99, ms", "build, s"), _rivals(sizes, asked, articles)
    )


_WORKLOAD = (
    "{count} articles of 300 words, a third in each language; queries: 31 % a word, 30 % a phrase, "
    "22 % two words, 9 % one without another, 6 % one of two, 2 % a beginning; popularity by "
    "Zipf's law, three subscriptions a chat. Words are drawn by Zipf's law from 15,000 in each "
    "language, for articles with exponent 1, for queries with 0.5. Each article is matched and "
    "its readers are put into one array."
)
_RIVALS = (
    "The same articles against distinct queries. The loop that bots run and the automata know "
    "literal words and phrases only (61 % of the queries), without word forms and without telling "
    "visa from visage; Postgres knows all kinds, without word forms."
)


def _floor(article: Article) -> None:
    known: dict[str, int] = {}
    for text in (article.title, *article.body):
        for word in _WORD.findall(text.lower().replace("ё", "е").replace("\u00ad", "")):
            known.get(word)


def _ours(
    asked: list[Asked], size: int, is_distinct: bool, articles: list[Article]
) -> list[object]:
    asked = asked if is_distinct else asked[: min(size, DISTINCT)]
    before, start = figures.resident(), perf_counter()
    matcher = Matcher()
    for one in workload.subscriptions(asked, size, distinct=is_distinct):
        matcher.put(one)
    build = perf_counter() - start
    for cache in CACHES:
        cache.cache_clear()
    memory = (figures.resident() - before) / len(matcher)
    gc.freeze()
    seen = _matched(matcher, articles, share=1.0)
    new = _matched(matcher, articles, share=0.5)
    return [
        f"{size:,}{' all distinct' if is_distinct else ''}",
        f"{matcher.queries:,}",
        _pair(new),
        _pair(seen),
        figures.percentile(new, 0.5),
        f"{memory:.0f}",
        f"{build:.1f}",
        _changes(matcher, asked),
    ]


def _pair(seconds: list[float]) -> str:
    return f"{figures.percentile(seconds, 0.5):.2f} / {figures.percentile(seconds, 0.99):.2f}"


def _matched(matcher: Matcher, articles: list[Article], share: float) -> list[float]:
    """The seconds for each article, of whose words this share is known."""
    rng, seconds = random.Random(5), []
    for article in articles:
        _forget(matcher, article)
        analysis._keys.cache_clear()  # noqa: SLF001 a word that was seen is to be new again
        kyrgyz_tails._verbs.cache_clear()  # noqa: SLF001 likewise
        words._fold.cache_clear()  # noqa: SLF001 likewise
        surfaces = sorted(set().union(*map(words.surfaces, (article.title, *article.body))))
        known = [word for word in surfaces if rng.random() < share]
        matcher.match(Article(article.edition, 0, "", "", (" ".join(known),), article.published))
        seconds += figures.timed(lambda one: _readers(matcher, one), [article])
    return seconds


def _forget(matcher: Matcher, article: Article) -> None:
    """Let it forget all words: another word is asked for."""
    other = Subscription(ChatRef(1), "other", f"zq{article.id}", frozenset(Edition), workload.NOW)
    matcher.put(other)
    matcher.remove(other.chat, other.key)


def _readers(matcher: Matcher, article: Article) -> "array[int]":
    return array("q", b"".join(chats for _, chats in matcher.match(article).lists))


def _changes(matcher: Matcher, asked: list[Asked]) -> str:
    """Microseconds to add, and to remove, a subscription to a query that is known."""
    changes = list(workload.subscriptions(asked, 2_000, distinct=False))
    changes = [workload.moved(one) for one in changes]
    changes = [one for one in changes if matcher.follows(one.key)]
    add = figures.timed(matcher.put, changes)
    remove = figures.timed(lambda one: matcher.remove(one.chat, one.key), changes)
    return " / ".join(f"{figures.percentile(each, 0.5) * 1000:.0f}" for each in (add, remove))


def _rivals(
    sizes: list[tuple[int, bool]], asked: list[Asked], articles: list[Article]
) -> Iterator[list[object]]:
    distinct = sorted({min(size, DISTINCT) for size, _ in sizes})
    for rival in RIVALS:
        for count in distinct:
            row = figures.apart(_rival, rival, asked[:count], articles[:60])
            yield [rival.__name__, f"{count:,}", row[1], row[2]]
            if row[0] is None or row[0] > ENOUGH:
                break


def _rival(
    rival: type[Rival], asked: list[Asked], articles: list[Article]
) -> tuple[float | None, str, str]:
    try:
        start = perf_counter()
        with rival(asked) as one:
            build = perf_counter() - start
            seconds = figures.timed(one.match, articles)
    except Exception as error:  # noqa: BLE001 it isn't installed, can't run, can't hold so many
        return None, f"not run: {type(error).__name__}", ""
    return figures.percentile(seconds, 0.5), _pair(seconds), f"{build:.1f}"


if __name__ == "__main__":
    main()
