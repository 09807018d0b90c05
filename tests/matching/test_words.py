import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.matching.words import (
    LONGEST,
    Token,
    borders,
    compounds,
    fold,
    sequence,
    surfaces,
    tokens,
)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("visa-free, e-visa", ["visa", "free", "e", "visa"]),
        ("China's and O’Brien’s", ["China's", "and", "O’Brien’s"]),
        ("‘visa’ 'visa'", ["visa", "visa"]),
        ("«виза», (виза) „виза“ виза…", ["виза"] * 4),
        ("C++, C# and C++11", ["C++", "C#", "and", "C++", "11"]),
        ("AT&T", ["AT", "T"]),
        ("COVID-19, COVID–19", ["COVID-19", "COVID–19"]),
        ("19-летний 2026-жылы", ["19", "летний", "2026", "жылы"]),
        ("1,000 10:30 3.14 12.05.2026.", ["1,000", "10:30", "3.14", "12.05.2026."[:-1]]),
        ("100km, 5млн, 2026г.", ["100", "km", "5", "млн", "2026", "г"]),
        ("1,000km 2.5кг 10:30pm", ["1,000", "km", "2.5", "кг", "10:30pm"]),
        ("5G 1С 4x4 2nd 5м3 100кмдик", ["5G", "1С", "4x4", "2nd", "5м3", "100кмдик"]),
        ("24.kg", ["24", "kg"]),
        ("А.Жапаров", ["А", "Жапаров"]),
        ("#виза_Китай @name", ["виза", "Китай", "name"]),
        ("fire🔥🔥 👍🏽 ❤️", ["fire", "🔥", "🔥", "👍🏽", "❤️"]),
        ("🇰🇬🇺🇸 🇰", ["🇰🇬", "🇺🇸", "🇰"]),
        ("€50", ["€", "50"]),
        ("Disney+ 18+ a+b", ["Disney+", "18+", "a", "b"]),
        ("ви\u00adза ви\u200bза", ["ви\u00adза", "ви\u200bза"]),
        ("виза\u00a0Китая", ["виза", "Китая"]),
        ("го\u0301рода", ["го\u0301рода"]),
        ("… — !? »", []),
    ],
)
def test_words_are_found_among_punctuation(text, words):
    assert [token.text for token in tokens(text)] == words


@pytest.mark.parametrize(
    ("word", "folded"),
    [
        ("ВИЗА", "виза"),
        ("Ёлка", "елка"),
        ("е\u0308лка", "елка"),
        ("ҢӨҮ", "ңөү"),
        ("Йод", "йод"),
        ("и\u0306од", "йод"),
        ("го\u0301рода", "города"),
        ("ви\u00adза", "виза"),
        ("Café", "cafe"),
        ("cafe\u0301", "cafe"),
        ("İSTANBUL", "istanbul"),
        ("ılıca", "ilica"),
        ("STRASSE", "strasse"),
        ("Straße", "strasse"),
        ("Łódź", "lodz"),
        ("ＶＩＳＡ", "visa"),
        ("COVID–19", "covid-19"),
        ("China’s", "china's"),
        ("👍🏽", "👍"),
        ("❤️", "❤"),
        ("1,000", "1000"),
        ("1,5", "1.5"),
        ("Аpple", "apple"),
        ("Cоцфонд", "соцфонд"),
        ("СOVID-19", "covid-19"),
        ("ѳкмѳт", "өкмөт"),
        ("Googleдун", "googleдун"),
        ("Z̷̛̹̎̐a̶̢͝l̸͇̿g̵̙̿o̴̩͠", "zalgo"),
    ],
)
def test_one_spelling_stands_for_all(word, folded):
    assert fold(word) == folded


def test_letters_that_tell_words_apart_stay():
    assert len({fold(word) for word in ("и", "й", "о", "ө", "у", "ү", "н", "ң")}) == 8


def test_a_token_knows_how_it_hangs_on_the_one_before():
    joints = [token.joint for token in tokens("e-visa 24.kg, AT & T «Ак үй». Он")]
    assert joints == ["", "-", " ", ".", "", "&", " ", " ", ""]


def test_compounds_are_words_too():
    assert [token.text for token in compounds("an e-mail to the U.S. about a-b-c")] == [
        "e-mail",
        "U.S.",
    ]


@given(st.text())
def test_tokens_stand_where_they_say(text):
    end = 0
    for token in tokens(text):
        assert end <= token.start < token.end <= len(text)
        assert text[token.start : token.end].replace("_", " ") == token.text
        end = token.end


@example("A-_")
@given(st.text())
def test_surfaces_are_the_words_of_tokens_and_compounds(text):
    assert surfaces(text) == {token.text for token in (*tokens(text), *compounds(text))}


SIGNS = "aZяЁңғ 09_.,:/+-–'’#$€&\u0301\u00ad\u200d\ufe0f😀🇰🇬🏽kgмлн\u00a0²"


@given(st.text(SIGNS, max_size=30) | st.text(max_size=30))
def test_the_words_of_a_text_stand_where_its_tokens_do(text):
    assert borders(text, sequence(text)) == [(token.start, token.end) for token in tokens(text)]


@given(st.text())
def test_folding_twice_changes_nothing(text):
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize("letters", ["абвгдежзийклмнопрстуфхцчшщъыьэюяңөү", "abcxyzéüñçšž"])
@given(data=st.data())
def test_case_and_normal_form_do_not_matter(letters, data):
    word = data.draw(st.text(letters, min_size=1))
    for other in (word.upper(), word.title(), unicodedata.normalize("NFD", word)):
        assert fold(other) == fold(word)


def test_a_long_word_is_folded_and_not_remembered():
    assert fold("Ж" * (LONGEST + 1)) == "ж" * (LONGEST + 1)


def test_a_token_is_a_plain_value():
    assert Token("a", 0, 1) == ("a", 0, 1, "")
