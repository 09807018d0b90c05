"""Tables of keyword, text and verdict; as good as the figure says, every wrong row printed."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.matching.query import parse
from bot.matching.why import explain
from bot.model import Article, Edition

REQUIRED = 0.98
TABLES = Path(__file__).parent / "tables"


def rows(edition):
    lines = (TABLES / f"{edition}.tsv").read_text(encoding="utf-8").splitlines()
    return [tuple(line.split("\t")) for line in lines]


def matches(keyword, text, edition):
    article = Article(edition, 1, "", text, (), datetime(2026, 1, 1, tzinfo=UTC))
    return explain(parse(keyword), article).matched


@pytest.mark.parametrize("edition", Edition)
def test_inflections_match_and_look_alikes_do_not(edition):
    verdicts = [(row, matches(row[0], row[1], edition)) for row in rows(edition)]
    wrong = [row for row, found in verdicts if found != (row[2] == "match")]
    right = sum(found and row[2] == "match" for row, found in verdicts)
    recall = right / sum(row[2] == "match" for row, _ in verdicts)
    precision = right / sum(found for _, found in verdicts)
    report = "\n".join("\t".join(row) for row in wrong)
    assert recall >= REQUIRED, f"recall {recall:.3f}\n{report}"
    assert precision >= REQUIRED, f"precision {precision:.3f}\n{report}"


@pytest.mark.parametrize("edition", Edition)
def test_the_tables_are_large_and_have_negatives(edition):
    table = rows(edition)
    assert len(set(table)) >= 250
    assert {len(row) for row in table} == {3}
    assert {row[2] for row in table} == {"match", "none"}
    assert sum(row[2] == "none" for row in table) >= len(table) / 5
