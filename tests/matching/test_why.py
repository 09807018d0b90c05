from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.matching.query import parse
from bot.matching.why import Explanation, Hit, explain, sentence, spans
from bot.matching.words import compounds, tokens
from bot.model import Article, Edition

WORDS = "visa visa-free China's Китай Кытайдагы визами Ысык-Көлдө e-mail U.S. 24.kg AT&T 🔥".split()  # noqa: SIM905 reads better


def article(title, *body, edition=Edition.EN):
    published = datetime(2026, 1, 1, tzinfo=UTC)
    return Article(
        edition, 7, "https://24.kg/iran/7/", title, body, published, section="Iran", author="Iran"
    )


def shown(query, text, edition):
    return [text[start:end] for start, end in spans(parse(query), text, Edition(edition))]


@pytest.mark.parametrize(
    ("query", "text", "edition", "words"),
    [
        ("visa", "Visas: the visa-free, non-visa “VISA”.", "en", ["Visas", "visa", "visa", "VISA"]),
        ("visa China", "China's visa", "en", ["China's", "visa"]),
        ("виза", "о визах и визитах", "ru", ["визах"]),
        ("Иссык-Куль", "на Иссык-Куле, Куль", "ru", ["Иссык-Куле"]),
        ("Ысык-Көл", "Ысык-Көлдө жана Ысык Көлгө", "ky", ["Ысык-Көлдө", "Ысык Көлгө"]),
        ("АКШ", "АКШнын акчасы", "ky", ["АКШнын"]),
        ("covid", "COVID-19", "en", ["COVID-19"]),
        ("email", "by e-mail", "en", ["e-mail"]),
        ("24.kg", "24.kg, 24 kg", "en", ["24.kg"]),
        ("виза", "ви\u00adза", "ru", ["ви\u00adза"]),
        ("free visa-free", "visa-free", "en", ["visa-free"]),
    ],
)
def test_spans_are_the_words_found(query, text, edition, words):
    assert shown(query, text, edition) == words


@given(
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=4),
    st.lists(st.sampled_from(WORDS) | st.text(max_size=5), max_size=12),
    st.sampled_from(Edition),
)
def test_spans_lie_on_word_borders_inside_the_text(asked, text, edition):
    text = " ".join(text)
    borders = (*tokens(text), *compounds(text))
    end = 0
    for start, stop in spans(parse(" ".join(asked)), text, edition):
        assert end <= start < stop <= len(text)
        assert any(token.start == start for token in borders)
        assert any(token.end == stop for token in borders)
        end = stop


def test_an_explanation_says_where_each_term_is_and_which_is_missing():
    news = article("New visas agreed", "With China, from May", "China again")
    assert explain(parse("visa China Iran"), news) == Explanation(
        matched=False,
        hits=(Hit("visa", "visas", "title"), Hit("China", "China", "body")),
        missing=("Iran",),
    )


def test_section_author_and_address_are_not_looked_at():
    assert not explain(parse("Iran"), article("Nothing of it")).matched


def test_words_may_stand_in_different_parts():
    assert explain(parse("visa China"), article("A visa", "in", "China")).matched


def test_a_term_of_two_words_stands_in_one_part():
    query = parse("Issyk-Kul")
    assert not explain(query, article("Issyk", "Kul")).matched
    assert not explain(query, article("Issyk. Kul")).matched
    assert explain(query, article("At Issyk Kul")).matched


def test_a_sentence_tells_it_in_one_line():
    news = article("New visas agreed")
    assert sentence(explain(parse("visa China"), news)) == (
        "visa: by “visas” in the title; China: missing"
    )
