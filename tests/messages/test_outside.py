"""Outside text on one line of ours, with its marks where they belong."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.messages.outside import clean, pieces
from tests.messages.telegram_html import utf16


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("  a\u00a0 b\r\n\tc ", "a b c"),
        ("nul\x00 bell\x07", "nul bell"),
        ("half \ud83d of a pair", "half of a pair"),
        ("so\u00adft zero\u200bwidth\ufeff", "soft zerowidth"),
        ("over\u202eride", "override"),
        ("not a character\uffff\U0001fffe", "not a character"),
        ("👨‍👩‍👧 stays", "👨‍👩‍👧 stays"),
        ("\u200b\u2800 \u3164", ""),
        ("", ""),
    ],
)
def test_what_can_not_be_shown_is_left_out(text, line):
    assert clean(text, 100) == line


@pytest.mark.parametrize("text", ["אבג", "visa العربية"])
def test_a_line_written_from_right_to_left_can_not_turn_ours_around(text):
    assert clean(text, 100) == f"\u2068{text}\u2069"


def test_an_isolate_that_was_smuggled_in_does_not_end_ours():
    assert clean("\u2069אבג\u2069\u202e", 100) == "\u2068אבג\u2069"


@given(st.text() | st.text("אבג "), st.integers(3, 40))
def test_a_line_keeps_its_limit_in_utf_16_units(text, limit):
    assert utf16(clean(text, limit)) <= limit


@pytest.mark.parametrize(
    ("text", "spans", "expected"),
    [
        ("a visa!", [(2, 6)], [("a ", False), ("visa", True), ("!", False)]),
        ("visa", [(0, 4)], [("visa", True)]),
        ("visa", [(-5, 99)], [("visa", True)]),
        ("visa", [(3, 1), (9, 12)], [("visa", False)]),
        ("visa", [(0, 2), (1, 4)], [("visa", True)]),
        ("\n vi\u00adsa \x00x", [(2, 7)], [("visa", True), (" x", False)]),
        ("e\u0301a", [(0, 1)], [("e\u0301", True), ("a", False)]),
        ("e\u0301a", [(1, 3)], [("e\u0301", False), ("a", True)]),
    ],
)
def test_marks_stay_on_their_words(text, spans, expected):
    assert list(pieces(text, spans, 100)) == expected


@given(st.text("ab <&😀ж"), st.lists(st.tuples(st.integers(-5, 30), st.integers(-5, 30))))
def test_a_character_is_marked_if_a_span_holds_it(text, spans):
    inside = [any(a <= at < b for a, b in spans) for at in range(len(text))]
    expected = "".join(c for c, i in zip(text, inside, strict=True) if i and c != " ")
    marked = "".join(part for part, mark in pieces(text, spans, 1000) if mark)
    assert marked.replace(" ", "") == (expected if text.strip() else "")


def test_there_are_fewer_marks_than_telegram_takes():
    text = "ab" * 500
    spans = [(at, at + 1) for at in range(0, 1000, 2)]
    found = pieces(text, spans, 2000)
    assert sum(mark for _, mark in found) == 24
    assert "".join(part for part, _ in found) == text
