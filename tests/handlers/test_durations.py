"""Lengths of time as people write them."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.durations import read


@pytest.mark.parametrize(
    ("said", "hours"),
    [
        ("2h", 2), ("2 h", 2), ("2 hours", 2), ("for 2 hours", 2), ("an hour", 1), ("hour", 1),
        ("90 min", 1.5), ("1.5 h", 1.5), ("1,5 часа", 1.5), ("3 days", 72), ("a week", 168),
        ("2 часа", 2), ("на 2 часа", 2), ("час", 1), ("30 мин.", 0.5), ("5  дней", 120),
        ("сутки", 24), ("1 неделю", 168), ("2 саат", 2), ("2 саатка", 2), ("1 күн", 24),
        ("бир күн", 24), ("30 мүнөт", 0.5), ("2 жума", 336),
        ("полчаса", 0.5), ("на месяц", 720), ("2 ай", 1440), ("2 ЧАСА", 2),
        ("a year", 8760), ("на год", 8760), ("1 год", 8760), ("бир жыл", 8760),
    ],
)  # fmt: skip
def test_a_length_is_read_in_three_languages(said, hours):
    assert read(said) == timedelta(hours=hours)


@pytest.mark.parametrize(
    "said",
    [
        "",
        "2",
        "soon",
        "0 h",
        "-2 h",
        "53 weeks",
        "1.1 year",
        "99999 days",
        "2 2 h",
        "h 2",
        "2h 30m",
        "٣ h",
    ],
)
def test_what_is_no_length_or_over_a_year_is_none(said):
    assert read(said) is None


@given(st.text(max_size=40))
def test_any_text_is_a_length_or_none(said):
    length = read(said)
    assert length is None or timedelta(0) < length <= timedelta(days=366)
