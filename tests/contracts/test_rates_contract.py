"""What every Rates and Thresholds must do."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from bot.model import Bound, ChatRef, Crossing, Threshold, Validator
from bot.store.connection import connect
from bot.store.rates import RedisRates
from bot.store.thresholds import RedisThresholds
from tests.builders.bank import rate
from tests.fakes.rates import FakeRates, FakeThresholds

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
NOW = NOON.timestamp()
ANNA, TOPIC = ChatRef(7), ChatRef(-100, 5)
DOLLAR = Threshold(ANNA, "USD", Bound.ABOVE, Decimal(88), 1, Decimal("87.4500"), NOON)


@pytest.fixture(params=["fake", "valkey", "redis7"])
async def both(request, empty_server, tmp_path):
    if request.param == "fake":
        yield FakeRates(), FakeThresholds()
        return
    client = await connect(empty_server(request.param), tmp_path)
    yield RedisRates(client), RedisThresholds(client)
    await client.close()


@pytest.fixture
def rates(both):
    return both[0]


@pytest.fixture
def thresholds(both):
    return both[1]


async def test_a_rate_comes_back_as_it_was_with_its_source_and_nominal(rates):
    kept = [rate(), rate(source="site"), rate("5.4969", currency="JPY", nominal=10)]
    await rates.keep(kept)
    assert set(await rates.recent("2026-03-02", 5)) == set(kept)


async def test_what_a_source_says_again_takes_the_place_of_what_it_said(rates):
    await rates.keep([rate("87.45"), rate("87.4", source="site")])
    await rates.keep([rate("87.46")])
    assert {each.source: str(each.value) for each in await rates.recent("2026-03-02", 5)} == {
        "bank": "87.46",
        "site": "87.4",
    }


async def test_the_last_known_days_come_by_day_and_none_after(rates):
    days = ["2021-07-03", "2026-02-27", "2026-03-02", "2026-03-03"]
    await rates.keep([rate(day=day) for day in reversed(days)])
    assert [each.day for each in await rates.recent("2026-03-02", 2)] == days[1:3]
    assert [each.day for each in await rates.recent("2026-03-02", 9)] == days[:3]
    assert await rates.recent("2020-01-01", 9) == []
    await rates.keep([])


async def test_years_come_whole_and_by_day(rates):
    days = [(NOON.date() - timedelta(days=ago)).isoformat() for ago in range(430, -1, -1)]
    await rates.keep([rate(day=day) for day in days])
    assert [each.day for each in await rates.recent("2026-03-02", 500)] == days
    assert [each.day for each in await rates.recent("2026-03-02", 301)] == days[-301:]


async def test_each_file_has_its_condition(rates):
    assert await rates.validator("daily") is None
    await rates.settle_file("daily", Validator("1"))
    await rates.settle_file("weekly", Validator("", "2"))
    assert await rates.validator("daily") == Validator("1")
    await rates.settle_file("daily", None)
    assert await rates.validator("daily") is None
    assert await rates.validator("weekly") == Validator("", "2")


async def test_a_threshold_is_a_chats_own_and_a_topics_own(thresholds):
    in_topic = replace(DOLLAR, chat=TOPIC, created=NOON - timedelta(days=1))
    assert await thresholds.add(DOLLAR, 5)
    assert await thresholds.add(in_topic, 5)
    assert await thresholds.of(ANNA) == [DOLLAR]
    assert await thresholds.of(TOPIC) == [in_topic]
    assert await thresholds.of(ChatRef(-100)) == []
    assert sorted([each async for each in thresholds.all()], key=str) == sorted(
        [DOLLAR, in_topic], key=str
    )


async def test_the_oldest_comes_first_and_there_are_not_too_many(thresholds):
    later = replace(DOLLAR, level=Decimal("89.5"), created=NOON + timedelta(hours=1))
    assert await thresholds.add(later, 2)
    assert await thresholds.add(DOLLAR, 2)
    assert not await thresholds.add(replace(DOLLAR, currency="EUR"), 2)
    assert await thresholds.add(replace(DOLLAR, is_armed=False), 2)
    assert await thresholds.of(ANNA) == [replace(DOLLAR, is_armed=False), later]


async def test_what_is_removed_is_gone(thresholds):
    await thresholds.add(DOLLAR, 5)
    assert not await thresholds.remove(ANNA, "USD:below:88")
    assert await thresholds.remove(ANNA, DOLLAR.key)
    assert not await thresholds.remove(ANNA, DOLLAR.key)
    assert [each async for each in thresholds.all()] == []


async def test_a_crossing_is_owed_once_with_the_new_state(thresholds):
    await thresholds.add(DOLLAR, 5)
    crossing = Crossing(DOLLAR, rate("88.0102"), NOW)
    told = replace(DOLLAR, is_armed=False)
    assert await thresholds.change(DOLLAR, told, crossing)
    assert not await thresholds.change(DOLLAR, told, replace(crossing, at=NOW + 1))
    assert await thresholds.of(ANNA) == [told]
    assert await thresholds.owed(NOW - 1, 5) == []
    assert await thresholds.owed(NOW, 5) == [crossing]
    assert await thresholds.change(told, DOLLAR, None)
    await thresholds.settle(crossing)
    await thresholds.settle(crossing)
    assert await thresholds.owed(NOW + 9, 5) == []


async def test_a_threshold_that_was_removed_meanwhile_is_not_told(thresholds):
    crossing = Crossing(DOLLAR, rate("88.0102"), NOW)
    assert not await thresholds.change(DOLLAR, replace(DOLLAR, is_armed=False), crossing)
    assert await thresholds.owed(NOW, 5) == []


async def test_what_is_put_off_is_due_then_unless_it_is_settled(thresholds):
    found = []
    for chat in (ANNA, TOPIC):
        mine = replace(DOLLAR, chat=chat)
        await thresholds.add(mine, 5)
        found.append(Crossing(mine, rate("88.0102"), NOW))
        await thresholds.change(mine, replace(mine, is_armed=False), found[-1])
    await thresholds.put_off(found[0], NOW + 10)
    assert await thresholds.owed(NOW, 5) == [found[1]]
    assert await thresholds.owed(NOW + 10, 5) == [found[1], found[0]]
    assert len(await thresholds.owed(NOW + 10, 1)) == 1
    await thresholds.settle(found[0])
    await thresholds.put_off(found[0], NOW)
    assert await thresholds.owed(NOW + 10, 5) == [found[1]]
