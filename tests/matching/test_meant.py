"""An inflected query is its base form's, where nobody can doubt it."""

import pytest

from bot.matching.analysis import asked
from bot.matching.meant import meant
from bot.matching.query import QueryError, QueryFault, parse


def key(text):
    return parse(text).key


@pytest.mark.parametrize(
    ("base", "inflected"),
    [
        ("виза", "визы визами визу"),
        ("доллар", "доллары долларов"),
        ("год", "года"),
        ("суд", "суды судом"),
        ("новый", "новая новыми"),
        ("ребенок", "дети детей"),
        ("Китай", "Китая Китаем"),
        ("Казахстан", "Казахстаном Казахстане"),
        ("зарплата", "зарплаты"),
        ('"безвизовый режим"', '"безвизового режима"'),
        ("мектеп", "мектептер мектептердин мектепте"),
        ("өкмөт", "өкмөттүн өкмөткө"),
        ("китеп", "китеби китептер"),
        ("бала", "балдар балдардын"),
        ("виза", "визасы визалар"),
        ("депутат", "депутаттар депутаттардын"),
        ("рубль", "рублдун"),
        ("кытай", "Кытайга Кытайдын"),
        ("АКШ", "АКШнын АКШга"),
        ("COVID-19", "COVID-19дун"),
    ],
)
def test_a_form_shares_the_key_of_its_base(base, inflected):
    forms = [inflected] if inflected[0] == '"' else inflected.split()
    assert {key(form) for form in forms} == {key(base)}


@pytest.mark.parametrize(
    "word",
    [
        "бала",  # a child, or of a point
        "теке",  # a goat, or to a stream of teak
        "терезе",  # a window, or to Theresa
        "каникул",
        "дунган",
        "токаев",
        "айдар",
        "искендер",
        "бостери",
        "шамалды",
        "бекназаров",
        "тенге",
    ],
)
def test_what_may_be_another_word_stays_as_it_is(word):
    assert meant(word) == {word}
    assert f"~{word}" in asked(word)


@pytest.mark.parametrize(
    ("text", "suggestion"),
    [
        ("виза -визы", "виза"),
        ("мектеп -мектептер", "мектеп"),
        ('"безвизовый режим" -"безвизового режима"', '"безвизовый режим"'),
    ],
)
def test_a_word_without_its_own_form_is_refused(text, suggestion):
    with pytest.raises(QueryError) as refused:
        parse(text)
    assert refused.value.fault is QueryFault.CONTRADICTION
    assert refused.value.suggestion == suggestion
