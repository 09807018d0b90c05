from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sites import dates

TODAY = date(2026, 3, 14)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("12 March, Thursday", date(2026, 3, 12)),
        (" 12\xa0марта, четверг ", date(2026, 3, 12)),
        ("12-март, бейшемби", date(2026, 3, 12)),
        ("12-Март", date(2026, 3, 12)),
        ("12 март", date(2026, 3, 12)),
        ("Бейшемби, 12-мартта", date(2026, 3, 12)),
        ("12 March", date(2026, 3, 12)),
        ("March 12", date(2026, 3, 12)),
        ("12 марта 2024", date(2024, 3, 12)),
        ("2024-жылдын 12-марты", date(2024, 3, 12)),
        ("12.03.2024", date(2024, 3, 12)),
        ("14 March", TODAY),
        ("15 March", date(2026, 3, 15)),
        ("16 March", date(2025, 3, 16)),
        ("Today", TODAY),
        ("Сегодня", TODAY),
        ("Бүгүн", TODAY),
        ("Yesterday", date(2026, 3, 13)),
        ("Кечээ", date(2026, 3, 13)),
        ("29 February", date(2024, 2, 29)),
        ("7 мая", date(2025, 5, 7)),
        ("7-май", date(2025, 5, 7)),
        ("30 июня", date(2025, 6, 30)),
        ("30 июля", date(2025, 7, 30)),
    ],
)
def test_a_day_is_read_in_three_languages(text, expected):
    assert dates.day(text, TODAY) == expected


@pytest.mark.parametrize(
    "text", ["", "Thursday", "March", "32 March", "0 март", "12", "12:30", "№"]
)
def test_what_names_no_day_is_none(text):
    assert dates.day(text, TODAY) is None


def test_the_weekday_picks_the_year():
    assert dates.day("20 января, среда", TODAY) == date(2021, 1, 20)
    assert dates.day("12 March, Thursday", date(2027, 3, 20)) == date(2026, 3, 12)


def test_a_weekday_that_never_fits_is_taken_for_a_slip():
    assert dates.day("29 February, Friday", TODAY) == date(2024, 2, 29)


def test_a_slip_of_the_weekday_does_not_turn_fresh_news_old():
    assert dates.day("12 March, Monday", date(2026, 3, 12)) == date(2026, 3, 12)
    assert dates.day("10 марта, среда", date(2026, 3, 12)) == date(2026, 3, 10)


@pytest.mark.parametrize("header", ["31 December, Wednesday", "31 декабря, среда", "31-декабрь"])
def test_the_last_day_of_the_year_read_on_new_year_is_of_the_old_year(header):
    assert dates.day(header, date(2026, 1, 1)) == date(2025, 12, 31)


def test_new_year_by_the_sites_clock_is_of_the_new_year_when_ours_is_behind():
    assert dates.day("1 January, Thursday", date(2025, 12, 31)) == date(2026, 1, 1)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("10:14, 20 января 2021", "2021-01-20T10:14:00+06:00"),
        ("11:29, 13 April 2021", "2021-04-13T11:29:00+06:00"),
        ("11:29, 13-апрель 2021", "2021-04-13T11:29:00+06:00"),
        ("11:29, 2021-жылдын 13-апрели", "2021-04-13T11:29:00+06:00"),
        ("9:05, 13 April 2021, Bishkek - 24.kg", "2021-04-13T09:05:00+06:00"),
        ("13.04.2021 11:29", "2021-04-13T11:29:00+06:00"),
    ],
)
def test_the_moment_of_publication_is_read_in_bishkek(text, expected):
    found = dates.moment(text, TODAY)
    assert found is not None
    assert found.isoformat() == expected


@pytest.mark.parametrize("text", ["", "20 января 2021", "10:14", "25:99, 20 января 2021"])
def test_a_moment_without_day_or_time_is_none(text):
    assert dates.moment(text, TODAY) is None


@given(st.text(), st.dates(date(1990, 1, 1), date(2100, 1, 1)))
def test_no_text_makes_the_reader_of_days_raise(text, today):
    assert isinstance(dates.day(text, today), date | None)
    assert isinstance(dates.moment(text, today), datetime | None)


@given(st.dates(date(2000, 1, 1), date(2090, 1, 1)), st.integers(0, 300))
def test_a_header_of_the_last_months_names_its_own_day(today, ago):
    named = today - timedelta(days=ago)
    assert dates.day(f"{named:%d %B}", today) == named


@given(st.times(), st.dates(date(2020, 1, 1), date(2030, 1, 1)), st.times(timezones=st.just(UTC)))
def test_a_row_without_a_day_is_of_the_last_24_hours(at, today, now):
    until = datetime.combine(today, now).astimezone(dates.BISHKEK)
    found = dates.latest(time(at.hour, at.minute), until)
    assert until - timedelta(days=1) < found <= until
