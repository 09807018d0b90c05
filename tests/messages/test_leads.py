"""The lead says what it is about, and leaves the article to the site."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.messages.summary import lead
from tests.messages.samples import article
from tests.messages.telegram_html import utf16


def lead_of(*body, title="A title"):
    return lead(article(title, body))


def test_a_lead_is_the_first_two_sentences():
    assert lead_of("It snowed. It rained. It stopped.") == "It snowed. It rained."


def test_a_short_article_is_not_told_whole():
    assert lead_of("It snowed. It rained.") == "It snowed."
    assert lead_of("It snowed.", "It rained.") == "It snowed."


def test_an_article_of_one_sentence_has_nothing_else_to_tell():
    assert lead_of("It snowed.") == "It snowed."


def test_a_second_sentence_that_would_be_too_long_stays_away():
    assert lead_of("It snowed. " + "And rained " * 40 + ". The end.") == "It snowed."


def test_a_long_sentence_is_cut_at_a_word():
    found = lead_of("Снегопад " * 100 + ".", "Другое.")
    assert found.endswith("Снегопад…")
    assert 290 < utf16(found) <= 300


def test_the_next_paragraph_helps_out_where_the_first_says_little():
    assert lead_of("It snowed.", "It rained. It stopped.") == "It snowed. It rained."


def test_a_paragraph_of_its_own_is_not_glued_to_the_next():
    first = "A long first paragraph tells in one sentence all that there is to know about the snow "
    assert lead_of(first + "of March.", "Another begins. And goes on.") == first + "of March."


@pytest.mark.parametrize("repeated", ["Snow in Naryn", "«Snow in Naryn.»", "SNOW IN NARYN!"])
def test_the_title_is_not_said_again(repeated):
    found = lead_of(repeated, "Two metres fell. The road is closed. Wait.", title="Snow in Naryn")
    assert found == "Two metres fell. The road is closed."


def test_an_article_that_only_repeats_its_title_has_no_lead():
    assert lead_of("Snow in Naryn.", title="Snow in Naryn") == ""


def test_a_table_is_no_sentence():
    assert lead_of(
        "Rates fell.", "Currency | Buy | Sell", "USD | 87.40 | 87.50", "Why? Go on."
    ) == ("Rates fell. Why?")


@pytest.mark.parametrize("body", [(), ("",), ("—", "***")])
def test_a_body_without_words_has_no_lead(body):
    assert lead_of(*body) == ""


@pytest.mark.parametrize(
    "dateline",
    [
        "BISHKEK, March 12 (24.kg) —",
        "Bishkek, March 12, 2026 –",
        "Бишкек, 12 марта. 24.kg —",
        "Бишкек, 12 марта 2026 г. —",
        "Бишкек. 12-март /24.kg/ -",
        "Ош (24.kg) —",
        "(24.kg) —",
    ],
)
def test_a_dateline_is_left_out(dateline):
    assert lead_of(f"{dateline} Снег идёт. Дождь тоже. Всё.") == "Снег идёт. Дождь тоже."


@pytest.mark.parametrize(
    "beginning",
    [
        "24.kg — новостное агентство",
        "Пожар, 12 погибших — таков итог ночи",
        "Перевал Тоо-Ашуу — самый высокий на дороге",
        "Президент (на фото) — в центре внимания",
    ],
)
def test_a_dash_does_not_make_a_dateline(beginning):
    assert lead_of(f"{beginning}. Второе. Третье.").startswith(beginning)


def test_white_space_is_folded():
    assert lead_of("It\u00a0 snowed\nagain. It rained.  It stopped.") == (
        "It snowed again. It rained."
    )


def test_a_lead_of_a_book_is_found_as_fast():
    assert lead_of("(" * 2_000_000, "«" * 10) == ""
    assert len(lead_of("word " * 400_000)) <= 300


@given(st.lists(st.text(), max_size=5), st.text())
def test_a_lead_is_taken_from_the_body_and_never_long(body, title):
    found = lead_of(*body, title=title)
    assert utf16(found.encode("utf-16", "replace").decode("utf-16")) <= 300
    assert "\n" not in found
    rest = iter("".join(body))
    assert all(character in rest for character in "".join(found.removesuffix("…").split()))
