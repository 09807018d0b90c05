from datetime import UTC, datetime
from html import escape, unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.matching.query import parse
from bot.matching.sentence import sentence
from bot.matching.why import Explanation, Hit, Refusal, explain, spans
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


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("visa", "visa: by “visas” in the title"),
        ("visa | Iran", "visa: by “visas” in the title"),
        ("Iran | Oman", "Iran: missing; Oman: missing"),
        (
            "visa -China",
            "visa: by “visas” in the title; China: excluded, and there is “China's” in the body",
        ),
        ("title:China", "title:China: only “China's” in the body"),
        ("title:visa", "title:visa: by “visas” in the title"),
        ('"visa regime"', '"visa regime": missing (there is no “regime”)'),
        ('"visas China"', '"visas China": missing (its words stand apart)'),
        ("visas-agreed-China", "visas-agreed-China: missing (its words stand apart)"),
        ('title:"new China"', 'title:"new China": missing (there is no “china”)'),
        (
            '"China\'s" =Visas',
            "\"China's\": by “China's” in the body; =Visas: missing (“visas” is not a form of it)",
        ),
        ('"visa"', '"visa": missing (“visas” is not a form of it)'),
        ("lang:ky visa", "visa: by “visas” in the title; lang:ky: missing"),
        ("visage", "visage: missing (“visas” is not a form of it)"),
        ("agre*", "agre*: by “agreed” in the title"),
        ("section:iran", "section:iran: by “Iran” in the section"),
        ("section:China", "section:China: only “China's” in the body"),
        ("Iran", "Iran: missing"),
    ],
)
def test_a_sentence_tells_what_holds_and_what_is_in_the_way(query, told):
    assert sentence(explain(parse(query), article("New visas agreed", "China's, too"))) == told


def test_a_look_alike_is_named_as_no_form():
    news = article("О визите", edition=Edition.RU)
    assert explain(parse("виза"), news).refused == (Refusal("виза", "визите"),)
    assert not explain(parse("Китай"), news).refused


@pytest.mark.parametrize(
    ("query", "text", "shown_"),
    [
        ("visa -China", "visa China", ["visa"]),
        ('"visa regime"', "visa, visa regimes", ["visa regimes"]),
        ("econo*", "an economic Economist", ["economic", "Economist"]),
        ("=Visa", "visa Visa", ["Visa"]),
        ("visa | China", "China visa", ["China", "visa"]),
        ("section:visa | China", "visa China", ["China"]),
    ],
)
def test_only_what_is_wanted_is_shown(query, text, shown_):
    assert shown(query, text, "en") == shown_


def test_a_title_alone_is_shown_in_the_title_alone():
    asked = parse("title:visa China")
    assert spans(asked, "visa China", Edition.EN, "body") == [(5, 10)]
    assert spans(asked, "visa China", Edition.EN, "title") == [(0, 4), (5, 10)]


@given(
    st.sampled_from(
        ['"visa free"', "visa* -China", "=Китай | виза", "title:e-mail 🔥", '"24.kg AT&T"']
    ),
    st.lists(st.sampled_from(WORDS) | st.text(max_size=5), max_size=12),
    st.sampled_from(Edition),
)
def test_what_is_shown_breaks_no_word_and_no_entity(query, text, edition):
    text = " ".join(text)
    pieces, end = [], 0
    for start, stop in spans(parse(query), text, edition):
        pieces += [escape(text[end:start]), f"<b>{escape(text[start:stop])}</b>"]
        end = stop
    html = "".join((*pieces, escape(text[end:])))
    assert unescape(html.replace("<b>", "").replace("</b>", "")) == text
    borders = (*tokens(text), *compounds(text))
    starts, stops = {token.start for token in borders}, {token.end for token in borders}
    assert all(a in starts and b in stops for a, b in spans(parse(query), text, edition))
