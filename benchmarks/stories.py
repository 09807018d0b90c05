"""How well an article is known to tell a story again, beside the usual ways to compare texts.

    python -m benchmarks.stories

Each table is a day. Its articles come one after the other, and each is either put with an earlier
one or not. Precision: of those that were, the share put with their own story. Recall: of those
whose story was told before, the share put with it.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from difflib import SequenceMatcher
from pathlib import Path
from time import perf_counter
from typing import NamedTuple

from benchmarks import figures
from bot.matching import analysis
from bot.matching.retelling import Day, account
from bot.matching.words import fold, sequence
from bot.model import Edition

TABLES = Path(__file__).parent.parent / "tests" / "matching" / "tables"
NAMES = "stories", "heldout_stories"
CAREFUL = 0.98
"""The precision for which a rival's threshold is chosen, on the first table."""
THRESHOLDS = [step / 20 for step in range(4, 21)]


class Row(NamedTuple):
    event: str
    edition: Edition
    time: str
    title: str
    lead: str


Likeness = Callable[[Row, Row], float]
Way = Callable[[Sequence[Row]], list[int]]
"""For each row of a day, the place of the one it is put with, or -1."""


class Result(NamedTuple):
    right: int
    put: int
    told: int
    """How many there are whose story was told before."""

    def __str__(self) -> str:
        precision = f"{self.right / self.put:.3f}" if self.put else "–"
        return f"{precision} / {self.right / self.told:.3f}"


def table(name: str) -> list[Row]:
    """In order of time."""
    lines = (TABLES / f"{name}.tsv").read_text(encoding="utf-8").splitlines()
    rows = (line.split("\t") for line in lines if not line.startswith("#"))
    found = [Row(event, Edition(edition), *rest) for event, edition, *rest in rows]
    return sorted(found, key=lambda row: row.time)


def ours(rows: Sequence[Row]) -> list[int]:
    day, places = Day(), []
    for number, row in enumerate(rows, 1):
        made = account(row.edition, number, number, row.title, row.lead)
        first = day.first(made)
        day.add(replace(made, first=first or number))
        places.append(first - 1)
    return places


def by(likeness: Likeness, threshold: float) -> Way:
    def way(rows: Sequence[Row]) -> list[int]:
        places = []
        for at, row in enumerate(rows):
            found = max(((likeness(row, rows[i]), i) for i in range(at)), default=(0.0, -1))
            places.append(found[1] if found[0] >= threshold else -1)
        return places

    return way


def equal_titles(one: Row, other: Row) -> float:
    return float(fold(one.title) == fold(other.title))


def difflib(one: Row, other: Row) -> float:
    return SequenceMatcher(None, _text(one), _text(other), autojunk=False).ratio()


def jaccard(one: Row, other: Row) -> float:
    some, others = (set(map(fold, sequence(_text(row)))) for row in (one, other))
    return len(some & others) / len(some | others)


def token_set_ratio() -> Likeness | None:
    try:
        from rapidfuzz import fuzz
    except ImportError:
        return None
    return lambda one, other: fuzz.token_set_ratio(_text(one), _text(other)) / 100


def _text(row: Row) -> str:
    return f"{row.title} {row.lead}".lower()


def judged(places: Sequence[int], rows: Sequence[Row]) -> Result:
    put = [(row, rows[at]) for row, at in zip(rows, places, strict=True) if at >= 0]
    right = sum(row.event == other.event for row, other in put)
    told = sum(row.event in {each.event for each in rows[:at]} for at, row in enumerate(rows))
    return Result(right, len(put), told)


def is_careful(result: Result) -> bool:
    return not result.put or result.right / result.put >= CAREFUL


def chosen(likeness: Likeness, rows: Sequence[Row]) -> tuple[float, Way]:
    """With the lowest threshold that is careful from there on."""
    ways = [(threshold, by(likeness, threshold)) for threshold in THRESHOLDS]
    best = ways[-1]
    for threshold, way in reversed(ways):
        if not is_careful(judged(way(rows), rows)):
            break
        best = threshold, way
    return best


def milliseconds(way: Way, rows: Sequence[Row]) -> float:
    """An article, on average over the day."""
    start = perf_counter()
    way(rows)
    return (perf_counter() - start) / len(rows) * 1000


def withheld(rows: Sequence[Row]) -> int:
    """How many are put with another story where their own was never told."""
    made = [account(row.edition, at, at, row.title, row.lead) for at, row in enumerate(rows, 1)]
    events = [row.event for row in rows]
    made = [
        replace(each, first=events.index(event) + 1)
        for each, event in zip(made, events, strict=True)
    ]
    wrong = 0
    for one, event in zip(made, events, strict=True):
        day = Day()
        for each, other in zip(made, events, strict=True):
            if other != event:
                day.add(each)
        wrong += bool(day.first(one))
    return wrong


def pairs(rows: Sequence[Row]) -> tuple[int, int]:
    """Those of one story, and all."""
    all_pairs = [(one, other) for at, one in enumerate(rows) for other in rows[:at]]
    return sum(one.event == other.event for one, other in all_pairs), len(all_pairs)


def main() -> None:
    analysis.warm()
    tables = [table(name) for name in NAMES]
    ways: list[tuple[str, str, Way]] = [("ours", "", ours)]
    rivals = {
        "equal titles": equal_titles,
        "words in common (Jaccard)": jaccard,
        "difflib ratio": difflib,
        "rapidfuzz token_set_ratio": token_set_ratio(),
    }
    for name, likeness in rivals.items():
        if likeness is not None:
            threshold, way = chosen(likeness, tables[0])
            ways.append((name, f"{threshold:.2f}", way))
    lines = [
        (name, threshold, *(judged(way(rows), rows) for rows in tables), _time(way, tables[0]))
        for name, threshold, way in ways
    ]
    figures.write("stories", _page(tables, lines))


def _time(way: Way, rows: Sequence[Row]) -> str:
    return f"{milliseconds(way, rows):.1f}"


def _page(tables: Sequence[Sequence[Row]], lines: Sequence[Sequence[object]]) -> str:
    (same, all_), (held, all_held) = map(pairs, tables)
    wrong, wrong_held = map(withheld, tables)
    header = ("", "threshold", "table: precision / recall", "held out", "ms an article")
    return f"""## Stories told again

`make bench`: {figures.machine()}. News of our own making after the manner of the real ones: \
{len(tables[0])} articles of one day, {all_:,} pairs of which {same} tell the same story, and \
{len(tables[1])} held out, {all_held:,} pairs, {held} the same. Both have translations, near copies\
 and much that looks alike: other days' weather and rates, the same people at other events, what \
became of earlier news, digests. Articles come in order of time; a rival's threshold is the lowest \
that keeps its precision at {CAREFUL} on the first table, on which times are taken, too.

{figures.table(header, lines)}

Asked of a day that lacks their own story, {wrong} of {len(tables[0])} articles, and \
{wrong_held} of the {len(tables[1])} held out, are put with another one.
"""


if __name__ == "__main__":
    main()
