"""How long a search takes as it is typed, ours and others'.

python -m benchmarks.search [--quick] [--no-write]
"""

import argparse
import asyncio
import gc
import tempfile
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from time import perf_counter
from typing import Any

from benchmarks import figures, news
from benchmarks.indexes import RIVALS
from bot.flows.inline import MOST_TYPED
from bot.matching import analysis
from bot.model import Article, Edition, Wanted
from bot.search.follow import Follow
from bot.search.index import NAME, Index
from bot.search.writer import Writer
from bot.store import records

QUERIES, UPDATES, BATCH = 1_000, 300, 10_000
SIZES = {30_000: [*RIVALS], 100_000: ["SQLite FTS5"], 400_000: []}
"""Articles, and which others are held against ours: they take an hour at the last."""


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--quick", action="store_true", help="30,000 articles only")
    options.add_argument("--no-write", action="store_true", help="leave the document alone")
    given, _ = options.parse_known_args()
    analysis.warm()
    sizes = [*SIZES][:1] if given.quick else SIZES
    rows = [row for size in sizes for row in _rows(size)]
    text = _TEXT.format(machine=figures.machine()) + "\n\n" + figures.table(HEADER, rows)
    if given.no_write:
        print(text)
    else:
        figures.write("search", text)


HEADER = (
    "index",
    "articles",
    "as typed, p50 / p99 ms",
    "one letter",
    "update, p50 / p99 ms",
    "on disk, MB",
    "build, s",
)
_TEXT = """## Finding articles

`make bench`: {machine}. Articles of our own making in three languages, with titles of nine words \
and bodies of 150 in the mean, words by Zipf's law; a thousand queries of one to three words, each \
broken off somewhere in its last word. Ours: from what \
the store holds (decompressed and decoded) to twenty hits a query, as inline: ranked, with titles \
and leads. FTS5 (contentless, prefixes of one to three letters, `detail=none`): the newest 200 \
that hold all words, each entered under everything that it is found by, then twenty hits with \
the same cards, but ranked by time and edition alone; it knows no words side by side, no titles \
and no exact forms, for which ours keeps each article's words in order. An update ends when the \
article is found. The making of the articles isn't counted, the analysis of their words is. \
tantivy, where it was run, only finds the ids of the 200."""


class Held:
    """`Chronicle` in memory: each article as the store has it."""

    def __init__(self, articles: Iterator[Article]) -> None:
        self._rows = {each.id: records.dump_article(each) for each in articles}

    async def cursor(self) -> str:
        return "end"

    async def changes(self, cursor: str) -> tuple[list[int], str] | None:
        return [], cursor

    async def ids(self) -> list[int]:
        return sorted(self._rows, reverse=True)

    async def read(self, ids: "list[int]") -> list[Article]:
        return [records.load_article(self._rows[each]) for each in ids]

    async def extent(self) -> tuple[int, float]:
        return len(self._rows), 0.0


def _rows(size: int) -> Iterator[list[object]]:
    with tempfile.TemporaryDirectory() as folder:
        yield asyncio.run(_ours(size, Path(folder)))
    for name in SIZES[size]:
        with tempfile.TemporaryDirectory() as folder:
            yield [name, f"{size:,}", *_rival(RIVALS[name], size, Path(folder))]


async def _ours(size: int, folder: Path) -> list[object]:
    follow = Follow(folder, Held(news.articles(size)))
    start = perf_counter()
    await follow.step()
    build = perf_counter() - start
    follow.close()
    disk = _bytes(folder)
    writer, updates = Writer(folder / NAME), []
    gc.freeze()  # What articles are made of is no part of the index.
    for article in news.articles(UPDATES, 3, size + 1):
        start = perf_counter()
        writer.put([article])
        writer.flush("end")
        updates.append(perf_counter() - start)
        writer.settle()
    writer.close()
    index = Index(folder)
    typed, letters = await _typed(index, news.typed(QUERIES)), await _typed(index, LETTERS)
    index.close()
    return ["ours", f"{size:,}", *map(_pair, (typed, letters, updates)), disk, f"{build:.0f}"]


LETTERS = [*"abcdefghijklmnoprstuvwyzабвгдежзийклмнопрстуфхцчшэюя"]


async def _typed(index: Index, queries: list[str]) -> list[float]:
    seconds = []
    for words in queries:
        start = perf_counter()
        await index.find(Wanted(words, (Edition.RU,), MOST_TYPED, is_typing=True))
        seconds.append(perf_counter() - start)
    return seconds


def _rival(rival: Callable[[Path], Any], size: int, folder: Path) -> list[object]:
    try:
        one = rival(folder)
    except ImportError as error:
        return [f"not run: {error}", "", "", "", ""]
    made = news.articles(size)
    batches = iter(lambda: [*islice(made, BATCH)], [])
    build = sum(figures.timed(one.build, batches))
    build += sum(figures.timed(lambda _: one.finish(), [None]))
    updates = figures.timed(one.add, list(news.articles(UPDATES, 3, size + 1)))
    typed, letters = (figures.timed(one.find, each) for each in (news.typed(QUERIES), LETTERS))
    return [*map(_pair, (typed, letters, updates)), _bytes(folder), f"{build:.0f}"]


def _pair(seconds: list[float]) -> str:
    return f"{figures.percentile(seconds, 0.5):.1f} / {figures.percentile(seconds, 0.99):.1f}"


def _bytes(folder: Path) -> str:
    return f"{sum(path.stat().st_size for path in folder.rglob('*') if path.is_file()) / 1e6:.0f}"


if __name__ == "__main__":
    main()
