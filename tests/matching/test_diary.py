"""Pages of articles, and queries held to them."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.matching.diary import Page, Trial
from bot.matching.query import QueryError, parse
from bot.matching.why import explain
from bot.model import Article, Edition, Item

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
EN, RU, KY = Edition
SAID = """
    visa Visas VISA visa-free e-mail email China Chinese Hong Kong Bishkek COVID-19 colour U.S.
    виза визы визами безвизовый экономика экономический Китай Кытайдагы визасыз АКШнын iPhone'ов
"""
WORDS = SAID.split()
OPERANDS = [
    *("visa", "China", "виза", "Кытай", "Hong", "COVID", "colour", "e-mail", "U.S.", "АКШ"),
    *('"Hong Kong"', '"visa"', '"visas"', "=Visa", "=VISA", "экономи*", "colou*", "lang:ru"),
    *("title:visa", 'title:"Hong Kong"', "title:эконом*", "section:власть", 'section:"visa"'),
]
TEXTS = st.lists(st.sampled_from([*WORDS, ",", "the", "и"]), max_size=7).map(" ".join)
QUERIES = st.recursive(
    st.sampled_from(OPERANDS),
    lambda inner: st.one_of(
        st.tuples(inner, inner).map(lambda two: f"({two[0]} | {two[1]})"),
        st.tuples(inner, inner).map(lambda two: f"({two[0]} {two[1]})"),
        inner.map(lambda one: f"-({one})"),
    ),
    max_leaves=5,
)
ARTICLES = st.builds(
    lambda edition, title, body, section: Article(
        edition, 7, "https://24.kg/visa/7/", title, tuple(body), NOON, section=section
    ),
    st.sampled_from(Edition),
    TEXTS,
    st.lists(TEXTS, max_size=2),
    st.sampled_from(["", "Власть", "Visa news"]),
)


def item(of: Article) -> Item:
    return Item(of.edition, of.id, of.url, of.title, of.published)


def article(title, *body, edition=EN, section=""):
    return Article(edition, 7, "https://24.kg/vlast/7/", title, body, NOON, section=section)


def page_of(*articles):
    page = Page()
    for each in articles:
        page.add(item(each), each)
    return page


def places(mask):
    return {n for n in range(mask.bit_length()) if mask >> n & 1}


@given(QUERIES, st.lists(ARTICLES, max_size=5))
def test_what_meets_a_query_lies_between_the_bounds_and_a_trial_tells(text, articles):
    try:
        query = parse(text)
    except QueryError:
        return
    surely, perhaps = map(places, page_of(*articles).met(query, Edition))
    truly = {n for n, each in enumerate(articles) if explain(query, each).matched}
    assert surely <= truly <= perhaps
    assert {n for n, each in enumerate(articles) if Trial(query).meets(each)} == truly


@pytest.mark.parametrize("text", ["visa", "visa China", "visa | title:China", "visa -China"])
@pytest.mark.parametrize("word", ["visa", "visas for China", "in China", "nothing"])
def test_for_plain_words_the_bounds_are_one(text, word):
    query = parse(text)
    surely, perhaps = page_of(article(word), article("a", word)).met(query, [EN])
    assert surely == perhaps


@pytest.mark.parametrize(
    ("text", "surely", "perhaps"),
    [
        ('visa -"Hong Kong"', {2}, {0, 1, 2}),
        ('visa "Hong Kong"', set(), {0, 1}),
        ("visa | =Hong", {0, 1, 2}, {0, 1, 2, 3}),
        ("e-mail", {4}, {4}),
        ("-visa Hong", {3}, {3}),
    ],
)
def test_bounds_are_no_wider_than_they_must_be(text, surely, perhaps):
    titles = ["visa Hong Kong", "visa, Kong Hong", "visa", "Hong", "email"]
    found = page_of(*map(article, titles)).met(parse(text), [EN])
    assert (places(found.surely), places(found.perhaps)) == (surely, perhaps)


def test_only_editions_that_are_asked_for_count():
    page = page_of(article("24"), article("24", edition=RU), article("24", edition=KY))
    assert places(page.met(parse("24"), [RU, KY]).surely) == {1, 2}
    assert [each.edition for each in page.of(0b110)] == [RU, KY]
    assert places(page.met(parse("24 lang:ky"), Edition).surely) == {2}


def test_a_page_is_full_with_64_articles_each_in_its_place():
    page = Page()
    for number in range(64):
        assert not page.is_full
        each = article(f"number{number} visa")
        page.add(item(each), each)
    assert page.is_full
    assert places(page.met(parse("number63"), [EN]).surely) == {63}
    assert page.met(parse("visa"), [EN]).surely == (1 << 64) - 1
