"""The table of related words: well-formed, of use, and found by any form of a word."""

from collections import Counter
from importlib.resources import files

import pytest

from bot.matching.analysis import asked, editions_of, keys
from bot.matching.related import derivations, translations
from bot.matching.words import fold, tokens
from bot.model import Edition

EN, RU, KY = Edition
LINES = files("bot.matching").joinpath("related.tsv").read_text(encoding="utf-8").splitlines()
ROWS = [[cell.partition(": ") for cell in line.split("\t")] for line in LINES]
NAMES = [
    (edition, word, derived.split(", ") if derived else [])
    for row in ROWS
    for edition, (word, _, derived) in zip(Edition, row, strict=True)
]
WORDS = {edition: [word for e, word, _ in NAMES if e is edition] for edition in Edition}


def is_found(query, text, edition):
    wanted = [asked(token.text) for token in tokens(query)]
    words = [keys(token.text, edition) for token in tokens(text)]
    runs = (words[at : at + len(wanted)] for at in range(len(words) - len(wanted) + 1))
    return any(all(not w.isdisjoint(k) for w, k in zip(wanted, run, strict=True)) for run in runs)


def test_every_row_has_three_names_and_nothing_stray():
    assert {len(row) for row in ROWS} == {3}
    assert len(ROWS) >= 320
    for _, word, derived in NAMES:
        assert word
        assert all(part == part.strip() != "" for part in (word, *derived))


@pytest.mark.parametrize("edition", Edition)
def test_no_name_stands_twice(edition):
    counts = Counter(map(fold, WORDS[edition]))
    assert [word for word, count in counts.items() if count > 1] == []


def test_no_derivation_stands_twice_or_is_its_own_base():
    for _, word, derived in NAMES:
        assert len({fold(word), *map(fold, derived)}) == 1 + len(derived), word


@pytest.mark.parametrize("edition", Edition)
def test_names_are_in_the_script_of_their_edition(edition):
    for e, word, derived in NAMES:
        if e is edition:
            for text in (word, *derived):
                assert edition in editions_of(fold(text)), text
                assert text.isascii() == (edition is EN), text


def test_no_derivation_is_found_by_its_base_as_it_is():
    useless = [
        (word, text)
        for edition, word, derived in NAMES
        for text in derived
        if is_found(word, text, edition)
    ]
    assert useless == []


def test_each_name_is_found_by_itself():
    for _edition, word, derived in NAMES:
        assert set(derived) <= set(derivations(word)), word
    for (en, *_), (ru, *_), (ky, *_) in ROWS:
        assert translations(en).keys() == {RU, KY}, en
        assert translations(ky).get(EN), ky
        assert translations(ru).get(EN), ru


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("China", ("Chinese",)),
        ("china's", ("Chinese",)),
        ("Китай", ("китайский", "китаец")),
        ("Китаем", ("китайский", "китаец")),
        ("Кытайдагы", ("кытайлык",)),
        ("визами", ("визовый", "безвизовый")),
        ("ceasefires", ()),
        ("чек арага", ("чек арачы",)),
        ("Иссык-Кулем", ("иссык-кульский",)),
    ],
)
def test_derivations_are_found_by_any_form(word, expected):
    assert derivations(word, language(word)) == expected


def language(word):
    return RU if word in {"визами", "Китай", "Китаем"} else None


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("China", {RU: "Китай", KY: "Кытай"}),
        ("Китая", {EN: "China", KY: "Кытай"}),
        ("Кытайга", {EN: "China", RU: "Китай"}),
        ("borders", {RU: "граница", KY: "чек ара"}),
        ("чек арада", {EN: "border", RU: "граница"}),
        ("виза", {EN: "visa"}),
        ("землетрясения", {EN: "earthquake", KY: "жер титирөө"}),
        ("Ысык-Көлдө", {EN: "Issyk-Kul", RU: "Иссык-Куль"}),
    ],
)
def test_translations_are_found_by_any_form(word, expected):
    assert translations(word) == expected


def test_a_hint_keeps_to_one_language():
    assert derivations("Россия", RU) == ("российский", "русский", "россиянин")
    assert derivations("Россия", KY) == ("россиялык", "орус")
    assert set(derivations("Россия")) == {"российский", "русский", "россиянин", "россиялык", "орус"}


@pytest.mark.parametrize("word", ["", "!", "qwertz", "абракадабра", "перо", "Chinese wall", "🙂"])
def test_an_unknown_word_gives_nothing(word):
    assert derivations(word) == ()
    assert translations(word) == {}
