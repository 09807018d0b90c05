"""The National Bank beside the site: its files, its history, and what a visitor publishes."""

from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest

from simulator.site import BISHKEK, Site

FRIDAY = datetime(2026, 3, 13, 15, 0, tzinfo=BISHKEK)


@pytest.fixture
def site() -> Site:
    return Site(now=lambda: FRIDAY)


async def file(client, name):
    answer = await client.get(f"/XML/{name}.xml")
    assert answer.status == 200
    return (await answer.read()).decode("cp1251")


async def test_the_daily_file_has_the_day_the_nominals_and_decimal_commas(client):
    text = await file(client, "daily")
    assert text.startswith('<?xml version="1.0" encoding="windows-1251" ?>')
    assert '<CurrencyRates Name="Daily Exchange Rates" Date="13.03.2026">' in text
    assert '<Currency ISOCode="USD">\n<Nominal>1</Nominal>\n<Value>87,4500</Value>' in text


async def test_the_weekly_file_holds_from_a_saturday_on(client):
    text = await file(client, "weekly")
    assert 'Name="Weekly Exchange Rates" Date="07.03.2026"' in text
    assert '<Currency ISOCode="JPY">\n<Nominal>10</Nominal>\n<ValidFor>7</ValidFor>' in text


async def test_what_is_published_holds_from_tomorrow_on(site, client):
    known = {"If-None-Match": (await client.get("/XML/daily.xml")).headers["ETag"]}
    assert (await client.get("/XML/daily.xml", headers=known)).status == 304
    site.bank.publish("USD", "88,1")
    assert (await client.get("/XML/daily.xml", headers=known)).status == 200
    text = await file(client, "daily")
    assert 'Date="14.03.2026"' in text
    assert "<Value>88,1000</Value>" in text
    assert "<Value>101,5630</Value>" in text


@pytest.mark.parametrize(
    ("currency", "value"), [("XXX", "1"), ("USD", "much"), ("USD", "0"), ("USD", "1e9")]
)
def test_what_is_no_rate_is_not_published(site, currency, value):
    with pytest.raises(ValueError, match=r"bank|number|rate"):
        site.bank.publish(currency, value)


def test_the_header_shows_what_holds_today(site):
    assert site.rates == {
        "USD": Decimal("87.45"),
        "EUR": Decimal("101.56"),
        "RUB": Decimal("1.11"),
    }


def test_the_history_has_a_year_of_days_that_follow_working_days(site):
    days = [day for day, code, _, _ in site.bank.history() if code == "USD"]
    assert days == sorted(set(days))
    assert days[-1] == FRIDAY.date()
    assert FRIDAY.date() - days[0] > timedelta(days=365)
    assert {day.weekday() for day in days} == {1, 2, 3, 4, 5}
    assert date(2026, 3, 9) not in days


def test_the_same_day_has_the_same_history_everywhere(site):
    assert list(site.bank.history()) == list(Site(now=lambda: FRIDAY).bank.history())
