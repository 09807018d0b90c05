"""Length in the unit that Telegram counts, and cuts that leave characters whole."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.messages.lengths import cut, units
from tests.messages.telegram_html import utf16

CHARACTERS = [
    "a",
    "ж",
    " ",
    "e\u0301",
    "и\u0306",
    "😀",
    "👍🏽",
    "👨‍👩‍👧",
    "❤️",
    "🇰🇬",
    "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f",
]


@given(st.text())
def test_units_are_those_of_utf_16(text):
    assert units(text) == utf16(text)


@pytest.mark.parametrize("emoji", CHARACTERS[5:])
def test_an_emoji_at_the_limit_stays_or_goes_but_is_never_broken(emoji):
    text = "a" * 20 + emoji + "tail" * 10
    for limit in range(15, 40):
        kept = cut(text, limit).removesuffix("…")
        assert set(kept) <= {"a"} or emoji in kept


@given(st.lists(st.sampled_from(CHARACTERS)), st.integers(1, 60))
def test_a_cut_text_is_a_beginning_made_of_whole_characters(characters, limit):
    text = "".join(characters)
    found = cut(text, limit)
    assert utf16(found) <= limit
    beginnings = {"".join(characters[:end]).rstrip() for end in range(len(characters) + 1)}
    assert found == text or found.removesuffix("…") in beginnings


@given(st.text(), st.integers(1, 100))
def test_what_fits_is_left_alone(text, limit):
    assert (cut(text, limit) == text) == (utf16(text) <= limit) or text.endswith("…")


def test_a_text_is_cut_at_a_word_where_one_ends_near():
    assert cut("The border checkpoint is closed", 24) == "The border checkpoint…"


def test_a_long_word_is_cut_within():
    assert cut("Übersprungsgeschwindigkeit", 10) == "Übersprun…"


def test_a_word_that_just_fits_is_kept_whole():
    assert cut("The border checkpoint is closed", 22) == "The border checkpoint…"


def test_no_punctuation_hangs_before_the_ellipsis():
    assert cut("Snow, hail, rain — and then the sun came out", 19) == "Snow, hail, rain…"


def test_a_character_that_never_ends_is_left_out_rather_than_broken():
    assert cut("a" + "\u0301" * 50, 20) == "…"
