"""Names that dictionaries do not know, or take for something else."""

from datetime import UTC, datetime

import pytest

from bot.matching.matcher import Matcher
from bot.matching.query import parse
from bot.matching.why import explain
from bot.model import Article, ChatRef, Edition, Subscription

NOW = datetime(2026, 1, 1, tzinfo=UTC)
EN, RU = Edition.EN, Edition.RU


def is_found(query, text, edition):
    """By the explanation and by the index alike."""
    article = Article(edition, 1, "", text, (), NOW)
    read, chat = parse(query), ChatRef(1)
    matcher = Matcher()
    matcher.put(Subscription(chat, read.key, query, frozenset({edition}), NOW))
    found = explain(read, article).matched
    assert found == (chat in matcher.match(article))
    return found


@pytest.mark.parametrize(
    ("query", "text", "edition"),
    [
        ("Чуй", "В Чуе задержали водителя", RU),
        ("Айгуль", "О выставке Айгули", RU),
        ("Айгуль", "С Айгулью", RU),
        ("Чаек", "В Чаеке выпал снег", RU),
        ("Чаек", "Жители Чаека", RU),
        ("Белек", "В селе Белеке", RU),
        ("Tesla", "За рулем Tesla'ой", RU),
        ("F-16", "Two F-16s over the border", EN),
        ("С.Жапаров", "Президент С. Жапаров", RU),
        ("С. Жапаров", "Президент С.Жапаров", RU),
        ("1000000", "Выделен 1 000 000 сомов", RU),
        ("1 000 000", "А grant of 1,000,000 soms", EN),
        ("20 000", "Заплатил 20\u00a0000 сомов", RU),
        ("2.5", "Рост на 2,5 процента", RU),
        ("F-16s", "An F-16s wing", EN),
    ],
)
def test_a_name_is_found_in_its_forms(query, text, edition):
    assert is_found(query, text, edition)


@pytest.mark.parametrize(
    ("query", "text", "edition"),
    [
        ("Маск", "Врачи надели маски", RU),
        ("Чуй", "Он чует дым", RU),
        ("F-16", "Two F-160 parts", EN),
        ("24.kg", "He is 24. kg is a unit", EN),
        ("С.Жапаров", "А С, Жапаров", RU),
        ("20", "Заплатил 20 000 сомов", RU),
        ("2026100", "В 2026 100 человек", RU),
        ("1990", "In the 1990s", EN),
    ],
)
def test_and_not_in_those_of_others(query, text, edition):
    assert not is_found(query, text, edition)
