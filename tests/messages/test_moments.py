"""Days and times as the reader counts them."""

from datetime import UTC, datetime

import pytest

from bot.messages.dates import city, moment
from bot.model import Language
from tests.messages.samples import chat

NOW = datetime(2026, 3, 12, 9, 43, tzinfo=UTC)


@pytest.mark.parametrize(
    ("language", "yesterday", "last_year"),
    [
        (Language.EN, "March 11, 15:43", "December 31, 2025, 15:43"),
        (Language.RU, "11 марта, 15:43", "31 декабря 2025\u202fг., 15:43"),
        (Language.KY, "11-март, 15:43", "2025-ж., 31-декабрь, 15:43"),
    ],
)
def test_a_day_is_named_in_the_language_of_the_reader(language, yesterday, last_year):
    reader = chat(language)
    assert moment(NOW, reader, NOW) == "15:43"
    assert moment(NOW.replace(day=11), reader, NOW) == yesterday
    assert moment(NOW.replace(2025, 12, 31), reader, NOW) == last_year


def test_a_day_begins_at_midnight_in_the_zone_of_the_chat():
    midnight = datetime(2026, 3, 11, 18, 0, tzinfo=UTC)
    before = midnight.replace(hour=17, minute=59)
    assert moment(midnight, chat(), NOW) == "00:00"
    assert moment(before, chat(), NOW) == "March 11, 23:59"
    assert moment(midnight, chat(timezone="Europe/Berlin"), NOW) == "March 11, 19:00"


def test_a_year_begins_in_the_zone_of_the_chat():
    now = datetime(2025, 12, 31, 19, 0, tzinfo=UTC)
    assert moment(now.replace(hour=17), chat(), now) == "December 31, 2025, 23:00"
    assert moment(now.replace(hour=17), chat(timezone="UTC"), now) == "17:00"


@pytest.mark.parametrize("language", Language)
def test_every_month_has_a_name_of_its_own_in_every_language(language):
    days = [
        moment(datetime(2026, month, 5, tzinfo=UTC), chat(language), NOW) for month in range(1, 13)
    ]
    names = {"".join(filter(str.isalpha, told)) for told in days}
    assert len(names) >= 11
    assert all(len(name) > 2 for name in names - {""})


@pytest.mark.parametrize("zone", ["Mars/Phobos", "", "../etc/passwd", "a\0b"])
def test_a_zone_that_has_vanished_stops_nothing(zone):
    assert moment(NOW, chat(timezone=zone), NOW) == "15:43"
    assert city(zone, chat(timezone=zone)) == zone


@pytest.mark.parametrize(
    ("language", "name"),
    [(Language.EN, "New York"), (Language.RU, "Нью-Йорк"), (Language.KY, "Нью-Йорк")],
)
def test_a_zone_is_called_by_its_city(language, name):
    assert city("America/New_York", chat(language)) == name
