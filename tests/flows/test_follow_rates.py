"""When the bank is asked, what is kept of its answers, and what is said of bad ones."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from bot.flows.rates import SITE_PATIENCE, FollowRates, interval
from bot.flows.troubles import Troubles
from bot.model import Validator
from bot.ports import PageUnreadable, Publication
from tests.builders.bank import rate
from tests.fakes.clock import FakeClock
from tests.fakes.rates import FakeBank, FakeRates

DAY = "2026-03-02"


class Desk:
    def __init__(self, *known):
        self.clock, self.bank, self.rates = FakeClock(), FakeBank(), FakeRates(*known)
        self.told = []
        self.bank.files["weekly"] = Publication((rate("117.4", DAY, "GBP"),), (), Validator("w"))
        self.flow = FollowRates(self.bank, self.rates, self.clock, Troubles(self.told.append))

    async def later(self, seconds=3600.0):
        self.clock.pass_time(seconds)
        await self.flow.poll()

    def publish(self, *rates, bad=(), etag="1"):
        self.bank.files["daily"] = Publication(rates, tuple(bad), Validator(etag))

    async def values(self, currency="USD"):
        known = await self.rates.recent("2026-12-31", 99)
        return [str(each.value) for each in known if each.currency == currency]


@pytest.fixture
def desk():
    return Desk()


@pytest.mark.parametrize(
    ("moment", "seconds"),
    [
        (datetime(2026, 3, 2, 7, 59, tzinfo=UTC), 3600),
        (datetime(2026, 3, 2, 8, 0, tzinfo=UTC), 900),
        (datetime(2026, 3, 2, 11, 59, tzinfo=UTC), 900),
        (datetime(2026, 3, 2, 12, 0, tzinfo=UTC), 3600),
        (datetime(2026, 3, 7, 9, 0, tzinfo=UTC), 3600),
    ],
)
def test_the_bank_is_asked_often_only_when_it_publishes(moment, seconds):
    assert interval("daily", moment) == seconds
    assert interval("weekly", moment) == 86400


async def test_each_file_is_asked_for_when_it_may_be_new_on_its_condition(desk):
    desk.publish(rate(day=DAY))
    for _ in range(3):
        await desk.flow.poll()
    assert desk.bank.asked == [("daily", None), ("weekly", None)]
    await desk.later()
    assert desk.bank.asked[2:] == [("daily", Validator("1"))]
    await desk.later(86400)
    assert desk.bank.asked[3:] == [("daily", Validator("1")), ("weekly", Validator("w"))]
    assert await desk.values() == ["87.4500"]


async def test_a_condition_is_kept_only_after_the_rates_are(desk, monkeypatch):
    desk.publish(rate(day=DAY))

    async def fail(_):
        raise ConnectionError

    monkeypatch.setattr(desk.rates, "keep", fail)
    with pytest.raises(ConnectionError):
        await desk.flow.poll()
    monkeypatch.undo()
    await desk.flow.poll()
    assert await desk.values() == ["87.4500"]


async def test_a_figure_that_can_not_be_is_refused_said_once_and_the_last_good_one_stands(desk):
    desk.publish(rate("87.45", "2026-03-01"))
    await desk.flow.poll()
    for etag in "23":
        desk.publish(rate("874.5", DAY), rate("1.1", DAY, "RUB"), etag=etag)
        await desk.later()
    assert await desk.values() == ["87.45"]
    assert await desk.values("RUB") == ["1.1"]
    assert len(desk.told) == 1
    assert "USD is 874.5 on 2026-03-02, and was 87.45" in desk.told[0]
    desk.publish(rate("87.5", DAY), etag="4")
    await desk.later()
    assert desk.told[1:] == ["Over: figures daily"]


async def test_a_figure_of_the_future_is_refused(desk):
    desk.publish(rate("87.45", "2026-03-20"))
    await desk.flow.poll()
    assert await desk.values() == []
    assert "too far ahead" in desk.told[0]


async def test_a_broken_file_is_said_once_and_over_when_it_is_mended(desk):
    desk.bank.files["daily"] = PageUnreadable("daily.xml: is not the bank's XML")
    await desk.flow.poll()
    await desk.later()
    assert len(desk.told) == 1
    desk.publish(rate(day=DAY))
    await desk.later()
    assert desk.told[1:] == ["Over: rates daily"]


async def test_without_a_bank_the_header_alone_is_kept(desk):
    flow = FollowRates(None, desk.rates, desk.clock, Troubles(desk.told.append))
    await flow.poll()
    await flow.notice([rate("87.45", DAY, source="site")])
    await flow.notice([])
    assert await desk.values() == ["87.45"]
    assert desk.told == []


async def test_a_header_is_wanted_where_none_was_seen_for_an_hour_even_if_it_is_missing(desk):
    assert desk.flow.wants_header()
    await desk.flow.notice([])
    assert not desk.flow.wants_header()
    desk.clock.pass_time(3599)
    assert not desk.flow.wants_header()
    desk.clock.pass_time(1)
    assert desk.flow.wants_header()
    await desk.flow.notice([rate("87.45", DAY, source="site")])
    assert not desk.flow.wants_header()


async def test_a_bank_that_may_be_asked_more_often_is(desk):
    desk.publish(rate(day=DAY))
    desk.flow = FollowRates(
        desk.bank, desk.rates, desk.clock, Troubles(desk.told.append), pace=0.01
    )
    await desk.flow.poll()
    await desk.later(35)
    assert len(desk.bank.asked) == 2
    await desk.later(1)
    assert desk.bank.asked[2:] == [("daily", Validator("1"))]


async def test_a_header_that_says_something_else_than_the_bank_for_long_is_told():
    desk = Desk(rate("87.4491", DAY))
    right, wrong = (rate(value, DAY, source="site") for value in ("87.45", "87.46"))
    await desk.flow.notice([right])
    for _ in range(SITE_PATIENCE):
        await desk.flow.notice([wrong])
    assert desk.told == []
    await desk.flow.notice([wrong])
    assert "USD 87.46, not 87.4491" in desk.told[0]
    await desk.flow.notice([right])
    assert desk.told[1:] == ["Over: rates disagree"]


async def test_an_absurd_header_is_refused():
    desk = Desk(rate("87.4491", "2026-03-01"))
    await desk.flow.notice([rate("8745", DAY, source="site")])
    assert [Decimal(each) for each in await desk.values()] == [Decimal("87.4491")]
    assert "figures site" in desk.told[0]
