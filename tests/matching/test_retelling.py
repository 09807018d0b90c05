"""Whether an article tells a story again: by the tables, and by what must never be one story."""

from dataclasses import replace

import pytest

from bot.matching.retelling import Day, account
from bot.matching.traces import traces
from bot.model import Edition
from tests.matching.test_tables import rows

EN, RU, KY = Edition
PRECISION = 0.98
RECALL = {"stories": 0.84, "heldout_stories": 0.8}


def table(name):
    """Event and account of each article, in order of time."""
    found = enumerate(sorted(rows(name), key=lambda row: row[2]), 1)
    return [
        (event, account(Edition(edition), number, number, title, lead))
        for number, (event, edition, _, title, lead) in found
    ]


@pytest.mark.parametrize("name", RECALL)
def test_stories_are_found_again_and_hardly_ever_another_one(name):
    day, told, put, right, again = Day(), {}, [], 0, 0
    for event, each in table(name):
        again += event in told.values()
        if first := day.first(each):
            put.append((told[first], event))
            right += told[first] == event
        day.add(replace(each, first=first or each.id))
        told[each.id] = event
    assert right / len(put) >= PRECISION, [pair for pair in put if pair[0] != pair[1]]
    assert right / again >= RECALL[name]


def test_the_tables_are_large_and_share_no_article():
    tables = [rows(name) for name in RECALL]
    assert [len(each) > size for each, size in zip(tables, (150, 50), strict=True)] == [True] * 2
    assert not {row[3] for row in tables[0]} & {row[3] for row in tables[1]} - {""}


def day_of(*accounts):
    day = Day()
    for each in accounts:
        day.add(each)
    return day


FIRE = "A fire at Dordoi market destroyed 14 containers, the Emergency Situations Ministry reports."


def fire(number, title="Containers burn down at Dordoi market", lead=FIRE, edition=EN):
    return account(edition, number, float(number), title, lead)


def test_a_near_copy_is_the_same_story_and_names_the_first_of_a_chain():
    day = day_of(fire(1), replace(fire(2, "Containers burn at Dordoi market"), first=1))
    assert day.first(fire(3, "Containers burn down at Dordoi market. Video")) == 1


@pytest.mark.parametrize(
    ("title", "lead"),
    [
        ("Containers burn down at Dordoi market", FIRE.replace("14", "15")),
        ("Containers burn down at Madina market", FIRE.replace("Dordoi", "Madina")),
    ],
)
def test_other_figures_or_names_make_it_another_story(title, lead):
    assert day_of(fire(1)).first(fire(2, title, lead)) == 0


def test_more_figures_than_before_are_no_contradiction():
    more = FIRE + " Nobody was hurt. There were 6 crews."
    assert day_of(fire(1)).first(fire(2, lead=more)) == 1


def test_nothing_repeats_itself_nor_what_was_dropped_or_forgotten():
    day = day_of(fire(1))
    assert day.first(fire(1)) == 0
    day.drop(1)
    assert day.first(fire(2)) == 0
    day = day_of(fire(1))
    day.forget(1.5)
    assert 1 not in day
    assert day.first(fire(2)) == 0


def test_a_translation_joins_no_story_that_its_edition_has_told():
    first = fire(1, "Aibek Dzhunushaliev: 9 schools to be built", "They cost 4.2 billion soms.")
    text = "Айбек Джунушалиев: Построят 9 школ", "Они обойдутся в 4,2 миллиарда сомов."
    assert day_of(first).first(fire(2, *text, RU)) == 1
    told = replace(fire(3, "Мэр о школах", "Он рассказал о планах.", RU), first=1)
    assert day_of(first, told).first(fire(2, *text, RU)) == 0


@pytest.mark.parametrize("text", ["", "—", "!!!", "9" * 5000, "Бишкек " * 3000, "\u202e\ud800"])
def test_whatever_is_written_can_be_compared(text):
    made = [account(edition, number, 0.0, text, text) for number, edition in enumerate(Edition, 1)]
    assert day_of(*made).first(account(EN, 9, 0.0, text, "")) >= 0


@pytest.mark.parametrize(
    ("text", "edition", "number"),
    [
        ("1,387 billion", EN, "#1387000000000"),
        ("1 триллион 387 миллиардов", RU, "#1387000000000"),
        ("760,000 people", EN, "#760000"),
        ("760 миң киши", KY, "#760000"),
        ("1 тысяча 43", RU, "#1043"),
        ("87,45 сома", RU, "#87.45"),
        ("87.45 soms", EN, "#87.45"),
        ("погибли двое", RU, "#2"),
        ("эки киши", KY, "#2"),
    ],
)
def test_a_number_is_one_in_all_languages(text, edition, number):
    assert traces(text, edition).numbers == {number}


@pytest.mark.parametrize(
    ("english", "cyrillic"),
    [
        ("Zheenbek Kulubaev", "Жээнбек Кулубаев"),
        ("Hakan Fidan", "Хакан Фидан"),
        ("Dzhunushaliev", "Джунушалиева"),
        ("Suzak", "Сузакском"),
        ("Balykchy", "Балыкчинский"),
    ],
)
def test_a_name_is_one_in_both_scripts(english, cyrillic):
    assert traces(english, EN).names & traces(cyrillic, RU).names
