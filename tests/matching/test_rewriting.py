"""Queries made wider, narrower, and asked in other languages."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.matching import rewriting
from bot.matching.query import QueryError, parse
from bot.matching.rewriting import derived, narrowed, translated, widened, without, written
from bot.matching.tree import leaves
from bot.model import Edition

EN, RU, KY = Edition
WORDS = ["visa", "China", "виза", "Иссык-Куль", "AT&T", "24.kg", "COVID-19", "безвизовый"]
OPERANDS = [*WORDS, '"visa regime"', "=Visa", '"visa"', "эконом*", "title:снег", "lang:ky"]
QUERIES = st.recursive(
    st.sampled_from(OPERANDS),
    lambda inner: st.one_of(
        st.tuples(inner, inner).map(lambda two: f"({two[0]} | {two[1]})"),
        st.tuples(inner, inner).map(lambda two: f"({two[0]} {two[1]})"),
        inner.map(lambda one: f"-({one})"),
        inner.map(lambda one: f"section:({one})"),
    ),
    max_leaves=6,
)


def wider(text, word, editions=tuple(Edition)):
    query = parse(text)
    return widened(query, derived(query, editions)[word], word).text


@given(QUERIES)
def test_what_is_written_is_read_as_it_was(text):
    try:
        query = parse(text)
    except QueryError:
        return
    assert parse(written(query.tree)).key == query.key


@given(QUERIES)
def test_whatever_is_left_out_is_gone_and_the_rest_is_there(text):
    try:
        query = parse(text)
    except QueryError:
        return
    names = rewriting.parts(query)
    assert len(names) != 1
    for leaf in names.values():
        try:
            rest = without(query, leaf)
        except QueryError:
            continue
        left = {one.canonical for one, _ in leaves(rest.tree)}
        assert left <= {one.canonical for one, _ in leaves(query.tree)} - {leaf.canonical}


@pytest.mark.parametrize(
    ("text", "word", "becomes"),
    [
        ("China", "Chinese", "China | Chinese"),
        ("visa China", "Chinese", "visa (China | Chinese)"),
        ("title:China", "Chinese", "title:China | title:Chinese"),
        ("China -Hong", "Chinese", "(China | Chinese) -Hong"),
        ("Китай", "китайский", "Китай | китайский"),
        ("South Korea", "Korean", None),
        ('"South Korea"', "South Korean", '"South Korea" | "South Korean"'),
    ],
)
def test_a_word_is_widened_where_it_stands(text, word, becomes):
    if becomes is None:
        assert "South Korean" not in derived(parse(text), {EN})
    else:
        assert parse(wider(text, word)).key == parse(becomes).key
        assert wider(text, word) == becomes


def test_only_derivations_of_the_editions_that_are_read_are_named():
    assert "россиялык" not in derived(parse("Россия"), {RU})
    assert "россиялык" in derived(parse("Россия"), {RU, KY})
    assert not derived(parse('"China"'), {EN})
    assert not derived(parse("-China visa"), {EN})


def test_what_is_asked_for_already_is_not_offered():
    assert "Chinese" not in derived(parse("China | Chinese"), {EN})


@pytest.mark.parametrize(
    ("text", "becomes"),
    [
        ("dollar", "dollar Bishkek"),
        ("dollar | euro", "(dollar | euro) Bishkek"),
        ("dollar -Hong", "dollar -Hong Bishkek"),
    ],
)
def test_a_query_is_narrowed_as_a_whole(text, becomes):
    assert narrowed(parse(text), "Bishkek").text == becomes


def test_what_is_too_much_is_an_error():
    ten = parse(" ".join(f"word{n}" for n in range(10)))
    with pytest.raises(QueryError, match="too many words"):
        narrowed(ten, "eleven")


@pytest.mark.parametrize(
    ("text", "ru"),
    [("visa", "виза"), ("visa China", "виза Китай"), ("visa -China", "виза -Китай")],
)
def test_a_query_is_asked_in_the_other_languages(text, ru):
    found = translated(parse(text))
    assert set(found) == {RU, KY}
    assert found[RU].text == ru


@pytest.mark.parametrize("text", ["Google", "visa Google", '"visa"', "visa lang:en", "visa*"])
def test_what_has_no_word_there_is_not_asked_there(text):
    assert translated(parse(text)) == {}
