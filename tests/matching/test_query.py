import re
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.matching import grammar, operands, signs
from bot.matching.query import (
    LONGEST_QUERY,
    MOST_TERMS,
    Query,
    QueryError,
    QueryFault,
    followed_in,
    parse,
    split,
)
from bot.model import Edition

EN, RU, KY = Edition.EN, Edition.RU, Edition.KY
WORDS = "visa China tariffs виза Китай выборы визасы өкмөт Ысык-Көл COVID-19 24.kg AT&T C++".split()  # noqa: SIM905 reads better


def reading(text):
    try:
        return parse(text)
    except QueryError as error:
        return error


def terms(text):
    return [term.text for term in parse(text).terms]


@pytest.mark.parametrize(
    ("text", "fault", "detail"),
    [
        ("", QueryFault.EMPTY, ""),
        (" \n\t\u00a0", QueryFault.EMPTY, ""),
        ("… — !", QueryFault.NO_WORD, "… — !"),
        ("«»", QueryFault.NO_WORD, "«»"),
        ("the", QueryFault.TOO_COMMON, "the"),
        ("the and of", QueryFault.TOO_COMMON, "the and of"),
        ("и в на", QueryFault.TOO_COMMON, "и в на"),
        ("жана", QueryFault.TOO_COMMON, "жана"),
        ("it", QueryFault.TOO_COMMON, "it"),
        ("x" * LONGEST_QUERY + "yz", QueryFault.TOO_LONG, "yz"),
        (
            " ".join(f"word{number}" for number in range(MOST_TERMS + 2)),
            QueryFault.TOO_MANY_WORDS,
            "word10 word11",
        ),
    ],
)
def test_what_cannot_be_followed_is_refused_with_its_fault_and_the_part_that_has_it(
    text, fault, detail
):
    with pytest.raises(QueryError) as refused:
        parse(text)
    assert (refused.value.fault, refused.value.detail) == (fault, detail)


def test_limits_are_inclusive():
    assert parse("x" * LONGEST_QUERY)
    assert len(parse(" ".join(f"word{number}" for number in range(MOST_TERMS))).terms) == MOST_TERMS


def test_the_text_is_kept_with_white_space_folded():
    assert parse("  visa \n\t China ").text == "visa China"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("visa China", ["visa", "China"]),
        ("visa, China!", ["visa", "China"]),
        ("the visa of China", ["visa", "China"]),
        ("visa VISA visas", ["visa"]),
        ("Иссык-Куль", ["Иссык-Куль"]),
        ("24.kg", ["24.kg"]),
        ("AT&T", ["AT&T"]),
        ("C++ COVID-19", ["C++", "COVID-19"]),
        ("US visa", ["US", "visa"]),
        ("us visa", ["visa"]),
        ("#виза", ["виза"]),
        ("🔥", ["🔥"]),
        ("visa - China", ["visa", "China"]),
    ],
)
def test_terms_are_the_words_that_must_stand(text, found):
    assert terms(text) == found


@pytest.mark.parametrize(
    "texts",
    [
        (
            "visa China",
            "China visa",
            "VISA  china",
            "visas China's",
            "visa, China!",
            "the visa China",
        ),
        ("Ёлка", "елка", "ЁЛКА"),
        ("café", "CAFÉ", "cafe", "cafe\u0301"),
        ("COVID-19", "covid–19", "СOVID-19"),
        ("виза", "ви\u00adза", "ВИЗА"),
        ("U.S.", "U.S"),
    ],
)
def test_equal_meanings_share_one_key(texts):
    assert len({parse(text).key for text in texts}) == 1


@pytest.mark.parametrize(
    "texts",
    [
        ("visa", "visage"),
        ("visa", "visa China"),
        ("COVID-19", "covid", "19"),
        ("C++", "C", "C#"),
        ("news", "new"),
        ("Китай", "китайский"),
        ("24.kg", "24 kg", "24-kg"),
        ("өкмөт", "окмот"),
        ("виза", "visa"),
    ],
)
def test_different_meanings_have_different_keys(texts):
    assert len({parse(text).key for text in texts}) == len(texts)


@given(st.text() | st.text("ab.,-'&+# \n\"«»ёЖңİ😀\u0301\u00ad19"))
def test_any_text_is_a_query_or_a_reason(text):
    read = reading(text)
    if isinstance(read, QueryError):
        assert read.fault in QueryFault
        assert read.detail in " ".join(text.split())
        return
    assert isinstance(read, Query)
    assert read.terms
    assert re.fullmatch(r"[A-Za-z0-9_-]{1,16}", read.key)
    assert parse(read.text) == read


@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=3), st.data())
def test_order_case_and_repetition_do_not_change_the_key(words, data):
    key = parse(" ".join(words)).key
    order = data.draw(st.sampled_from(list(permutations(words))))
    change = data.draw(st.sampled_from([str.upper, str.lower, str.title]))
    assert parse(" ".join(map(change, (*order, words[0])))).key == key


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("visa, China\nIran", ["visa", "China", "Iran"]),
        ("visa China", ["visa China"]),
        (" ,\n, visa,,", ["visa"]),
        ('"visa, China", Iran', ['"visa, China"', "Iran"]),
        ("«виза, Китай»\nИран", ["«виза, Китай»", "Иран"]),
        ('"visa, China', ['"visa', "China"]),
        ("1,5 million, 2026", ["1,5 million", "2026"]),
        ("2025, 2026", ["2025", "2026"]),
        ("visa\r\nChina", ["visa", "China"]),
        ("", []),
    ],
)
def test_commas_and_new_lines_part_queries(text, parts):
    assert split(text) == parts


@given(st.text())
def test_splitting_loses_nothing_but_separators(text):
    kept = re.sub(r"[\s,，、]", "", "".join(split(text)))
    assert kept == re.sub(r"[\s,，、]", "", text)


@pytest.mark.parametrize(
    ("text", "editions"),
    [
        ("visa", {EN, RU, KY}),
        ("2026", {EN, RU, KY}),
        ("🔥", {EN, RU, KY}),
        ("виза", {RU, KY}),
        ("visa Китай", {RU, KY}),
        ("өкмөт", {KY}),
        ("виза өкмөт", {KY}),
    ],
)
def test_a_script_decides_which_editions_can_hold_a_query(text, editions):
    query = parse(text)
    assert {edition for edition in Edition if query.held_by(edition)} == editions


@pytest.mark.parametrize(
    ("text", "reads", "followed"),
    [
        ("visa", {EN}, {EN}),
        ("visa", {RU}, {EN, RU}),
        ("visa", {KY}, {EN, KY}),
        ("visa", {RU, KY}, {EN, RU, KY}),
        ("виза", {EN}, {RU, KY}),
        ("виза", {RU}, {RU}),
        ("виза", {EN, RU}, {RU}),
        ("виза", {EN, KY}, {KY}),
        ("өкмөт", {EN}, {KY}),
        ("өкмөт", {RU}, {KY}),
        ("visa Китай", {EN}, {RU, KY}),
        ("visa Китай", {RU}, {RU}),
        ("2026", {RU}, {RU}),
        ("section:vlast", {EN}, {RU}),
        ("section:vlast", {RU}, {RU}),
        ("раздел:общество", {EN, KY}, {RU}),
        ("section:English", {RU}, {EN}),
        ("section:engl* visa", {RU}, {EN}),
        ("бөлүм:кыргызча", {RU}, {KY}),
        ("section:kyrgyzcha | section:sport", {EN}, {RU, KY}),
        ("visa -section:vlast", {EN}, {EN}),
    ],
)
def test_a_query_is_followed_where_it_can_be_found(text, reads, followed):
    assert followed_in(parse(text), frozenset(reads)) == followed


NAMES = ("visa", "Виза", "Кытай", "the", "AT", "x", "iPhone", "ёлка", "өлкө", "андан", "НЕТ")
SAID = ("but", "not", "NOT", "except", "for", "кроме", "но", "не", "эмес", "И", "OR", "и", "AND")
PUNCTUATED = ("-", "|", "(", ")", ",", '"', "*", "=", "title:", "lang:ky", "2026", "é", "_")


@given(st.lists(st.sampled_from(NAMES + SAID), min_size=1), st.sampled_from(("{}", '"{}"')))
def test_plain_words_and_phrases_have_the_signs_that_any_text_has(names, form):
    text = form.format(" ".join(names))
    assert signs.signs(text) == signs.read(text)


@given(st.lists(st.sampled_from(NAMES + SAID + PUNCTUATED)), st.booleans())
def test_a_query_without_nesting_has_the_tree_of_the_grammar(names, is_spaced):
    found = signs.signs(" ".join((" " if is_spaced else "").join(names).split()))
    try:
        meant = [(sign, operands.value(sign)) for sign in found]
    except QueryError:
        return
    if meant:
        assert grammar.tree(meant) == grammar.parsed(meant)
