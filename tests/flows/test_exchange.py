"""What is asked of rates: by whose day, and how often it is found out."""

import asyncio
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from structlog.testing import capture_logs

from bot.flows.convert import Days
from bot.flows.exchange import FRESH_SECONDS, Exchange
from bot.flows.fresh import MOST, Fresh
from bot.messages.chart import Series, overview
from bot.model import Language
from tests.builders.bank import rate
from tests.builders.news import chat
from tests.fakes.clock import FakeClock
from tests.fakes.rates import FakeRates, FakeThresholds

NOON = datetime(2026, 3, 2, 6, 0, tzinfo=UTC)
KNOWN = rate("87.4000", "2026-03-01"), rate("87.4500", "2026-03-02"), rate("87.5000", "2026-03-03")


class Counted(FakeRates):
    """Counts how often it is read."""

    read = 0

    async def recent(self, until, days):
        self.read += 1
        return await super().recent(until, days)


def exchange(*known, now=NOON):
    clock, rates = FakeClock(now), Counted(*known)
    return Exchange(rates, FakeThresholds(), clock), rates, clock


@pytest.mark.parametrize(
    ("moment", "zone", "value"),
    [
        (datetime(2026, 3, 2, 17, 59, tzinfo=UTC), "Asia/Bishkek", "87.4500"),
        (datetime(2026, 3, 2, 18, 0, tzinfo=UTC), "Asia/Bishkek", "87.5000"),
        (datetime(2026, 3, 2, 9, 59, tzinfo=UTC), "Pacific/Kiritimati", "87.4500"),
        (datetime(2026, 3, 2, 10, 0, tzinfo=UTC), "Pacific/Kiritimati", "87.5000"),
        (datetime(2026, 3, 3, 4, 59, tzinfo=UTC), "America/New_York", "87.4500"),
        (datetime(2026, 3, 3, 5, 0, tzinfo=UTC), "America/New_York", "87.5000"),
        (datetime(2026, 3, 2, 18, 0, tzinfo=UTC), "Mars/Base", "87.5000"),
    ],
)
async def test_the_rate_of_the_chats_own_day_is_shown(moment, zone, value):
    asked, _, _ = exchange(*KNOWN, now=moment)
    shown = await asked.table(replace(chat(), timezone=zone))
    assert str(shown.figures[0].rate.value) == value


async def test_the_day_begins_an_hour_earlier_when_new_york_sets_its_clocks():
    reader = replace(chat(), timezone="America/New_York")
    for moment, day in (("2026-03-08T04:59", "2026-03-07"), ("2026-03-09T04:00", "2026-03-09")):
        asked, _, _ = exchange(now=datetime.fromisoformat(moment).replace(tzinfo=UTC))
        assert asked.today(reader) == day


async def test_a_morning_crowd_has_the_rates_found_out_once():
    asked, rates, clock = exchange(*KNOWN)
    tables = await asyncio.gather(*(asked.table(chat()) for _ in range(50)))
    assert len(set(map(id, tables))) == 1
    assert rates.read == 1
    await asked.overview(chat())
    await asyncio.gather(*(asked.overview(chat()) for _ in range(50)))
    assert rates.read == 2
    rates.put(rate("90.0000", "2026-03-02"))
    clock.pass_time(FRESH_SECONDS)
    assert str((await asked.table(chat())).figures[0].rate.value) == "90.0000"


async def test_the_overview_shows_the_publications_in_the_chats_language():
    asked, _, _ = exchange(*KNOWN)
    days = (date(2026, 3, 1), Decimal("87.4000")), (date(2026, 3, 2), Decimal("87.4500"))
    for language in Language:
        drawn = await asked.overview(replace(chat(), language=language))
        assert drawn == overview([Series("USD", 1, days)], language)


async def test_without_rates_there_is_no_picture():
    asked, _, _ = exchange()
    assert await asked.overview(chat()) == b""
    assert await asked.period(chat(), Days("USD")) is None


async def test_a_figure_that_can_not_be_drawn_costs_the_picture_alone():
    asked, _, _ = exchange(rate("1e12", "2026-03-02"))
    found = await asked.period(chat(), Days("USD"))
    assert found is not None
    assert await asked.chart(chat(), found) == b""


def test_a_series_is_for_the_nominal_of_its_latest_rate():
    asked = rate("0.5600", "2026-03-01", "JPY"), rate("5.6120", "2026-03-02", "JPY", nominal=10)
    period = asyncio.run(exchange(*asked)[0].period(chat(), Days("JPY")))
    shown = Series.of(period)
    assert (shown.currency, shown.nominal) == ("JPY", 10)
    assert [value for _, value in shown.days] == [Decimal("5.6"), Decimal("5.6120")]


async def test_what_can_not_be_found_out_is_tried_again_and_little_is_kept():
    clock, tried = FakeClock(), []
    fresh = Fresh(clock, 5)

    async def find():
        tried.append(1)
        if len(tried) == 1:
            raise ConnectionError
        return len(tried)

    with pytest.raises(ConnectionError):
        await fresh.get("a", find)
    assert await fresh.get("a", find) == await fresh.get("a", find) == 2
    clock.pass_time(-60)
    assert await fresh.get("a", find) == 3
    for number in range(3 * MOST):
        clock.pass_time(1)
        await fresh.get(number, find)
    assert len(fresh._answers) <= MOST


@pytest.mark.parametrize("broken", [ValueError, OSError, MemoryError])
async def test_a_picture_that_can_not_be_drawn_is_left_out_and_said(monkeypatch, broken):
    def fails(*_):
        raise broken("no font")

    monkeypatch.setattr("bot.messages.chart.charts.Charts.overview", fails)
    asked, _, _ = exchange(*KNOWN)
    with capture_logs() as logs:
        assert await asked.overview(chat()) == b""
    assert [line["event"] for line in logs] == ["chart not drawn"]
    assert (await asked.table(chat())).figures
