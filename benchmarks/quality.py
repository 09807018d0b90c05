"""How well words are found: recall and precision of ours and of the usual ways, on the tables that
ours was made with, on those held back from it, and on texts annotated by hand.

    python -m benchmarks.quality
"""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import simplemma
import snowballstemmer

from bot.matching.query import QueryError, parse
from bot.matching.why import explain
from bot.matching.words import fold, tokens
from bot.model import Article, Edition

Finds = Callable[[str, str], bool]
"""Whether a keyword is found in a text."""
Case = tuple[str, str, bool]
"""Keyword, text, and whether the one should be found in the other."""

SHORTEST = 3
"""Letters of a base form that is asked of the text."""
HERE = Path(__file__).parent
TABLES = HERE.parent / "tests" / "matching" / "tables"
STEMMERS = {Edition.EN: "english", Edition.RU: "russian"}
"""There are none for Kyrgyz, in either package."""


def by_word(normal: Callable[[str], str]) -> Finds:
    """Words are found where their normal forms are equal, phrases where they stand in a row."""

    def finds(keyword: str, text: str) -> bool:
        wanted = [normal(_bare(token.text)) for token in tokens(keyword)]
        words = [normal(_bare(token.text)) for token in tokens(text)]
        return any(words[at : at + len(wanted)] == wanted for at in range(len(words)))

    return finds


def _bare(word: str) -> str:
    """A word without its possessive, which all tokenizers take off."""
    return word.replace("’", "'").strip("'").removesuffix("'s")


def substring(keyword: str, text: str) -> bool:
    return keyword.casefold() in text.casefold()


def ways(edition: Edition) -> Iterator[tuple[str, Finds]]:
    yield "exact word", by_word(fold)
    yield "substring", substring
    if edition in STEMMERS:
        stem = snowballstemmer.stemmer(STEMMERS[edition]).stemWord
        yield "Snowball", by_word(lambda word: stem(fold(word)))
        yield "simplemma", by_word(lambda word: fold(simplemma.lemmatize(word, str(edition))))
    yield "ours", ours(edition)


def ours(edition: Edition) -> Finds:
    def finds(keyword: str, text: str) -> bool:
        article = Article(edition, 1, "", text, (), datetime(2026, 1, 1, tzinfo=UTC))
        return explain(parse(keyword), article).matched

    return finds


def table(name: str) -> list[Case]:
    lines = (TABLES / f"{name}.tsv").read_text(encoding="utf-8").splitlines()
    rows = (line.split("\t") for line in lines if not line.startswith("#"))
    return [(keyword, text, verdict == "match") for keyword, text, verdict in rows]


def annotated(edition: Edition) -> list[Case]:
    """Every base form of a text asked of every word of it."""
    words = (HERE / "texts" / f"{edition}.txt").read_text(encoding="utf-8").split()
    pairs = {(word, lemma or word.lower()) for word, _, lemma in (w.partition("|") for w in words)}
    lemmas = sorted({lemma for _, lemma in pairs if len(lemma) >= SHORTEST})
    meant: dict[str, set[str]] = {}
    for word, lemma in pairs:
        meant.setdefault(word, set()).add(lemma)
    return [(lemma, word, lemma in of_word) for lemma in lemmas for word, of_word in meant.items()]


def is_askable(keyword: str) -> bool:
    """Whether a query may be nothing but this word: not of, not the."""
    try:
        parse(keyword)
    except QueryError:
        return False
    return True


def measured(finds: Finds, cases: list[Case]) -> tuple[float, float]:
    """Recall, and precision: 1 where nothing is found at all."""
    verdicts = [(finds(keyword, text), wanted) for keyword, text, wanted in cases]
    right = verdicts.count((True, True))
    found = sum(found for found, _ in verdicts)
    return right / sum(wanted for _, wanted in verdicts), right / found if found else 1.0


def main() -> None:
    sources: dict[str, Callable[[Edition], list[Case]]] = {
        "tables": table,
        "held out": lambda edition: table(f"heldout_{edition}"),
        "text": annotated,
    }
    print(f"{'recall / precision':22}" + "".join(f"{name:>20}" for name in sources))
    for edition in Edition:
        cases = {
            name: [case for case in source(edition) if is_askable(case[0])]
            for name, source in sources.items()
        }
        counts = "".join(f"{len(of_source):>14} pairs" for of_source in cases.values())
        print(f"{edition:22}{counts}")
        for way, finds in ways(edition):
            figures = (measured(finds, of_source) for of_source in cases.values())
            print(f"  {way:20}" + "".join(f"{f'{r:.3f} / {p:.3f}':>20}" for r, p in figures))


if __name__ == "__main__":
    main()
