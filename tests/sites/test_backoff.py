from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sites.backoff import LONGEST_ASKED_SECONDS, Backoff, retry_after

NOW = datetime(2026, 3, 12, 9, 43, tzinfo=UTC)


def test_after_an_answer_the_pause_passes_and_sometimes_a_little_more():
    for _ in range(100):
        backoff = Backoff(pause=2.5)
        backoff.succeeded(now=1000)
        assert 2.5 <= backoff.wait(1000) <= 3.0


def test_a_pause_of_zero_is_none():
    backoff = Backoff(pause=0)
    backoff.succeeded(now=1000)
    assert backoff.wait(1000) == 0


def test_errors_in_a_row_double_the_rest_from_a_second_to_five_minutes():
    backoff = Backoff(pause=0)
    rests = [backoff.failed(now=1000, asked=0) for _ in range(12)]
    assert rests == [1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300, 300]


def test_an_answer_ends_the_doubling():
    backoff = Backoff(pause=0)
    backoff.failed(now=1000, asked=0)
    backoff.failed(now=1001, asked=0)
    backoff.succeeded(now=1003)
    assert backoff.failed(now=1003, asked=0) == 1


def test_what_the_host_asks_for_is_honoured_up_to_an_hour():
    assert Backoff(pause=0).failed(now=1000, asked=90) == 90
    assert Backoff(pause=0).failed(now=1000, asked=43_838) == LONGEST_ASKED_SECONDS


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("120", 120),
        (" 0 ", 0),
        ("1.5", 1.5),
        ("Thu, 12 Mar 2026 09:45:00 GMT", 120),
        ("Thu, 12 Mar 2026 09:45:00 -0000", 0),
        ("Thu, 12 Mar 2020 09:45:00 GMT", 0),
        ("-5", 0),
        ("soon", 0),
        ("", 0),
        ("9" * 400, 0),
        ("²", 0),
    ],
)
def test_retry_after_is_seconds_or_a_date(header, seconds):
    assert retry_after(header, NOW) == seconds


@given(st.text())
def test_no_header_makes_it_raise(header):
    assert retry_after(header, NOW) >= 0
