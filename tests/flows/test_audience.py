"""Every process knows who asked for what, as of the article that it reads."""

import asyncio

import pytest

from bot.flows.audience import Audience
from bot.matching.matcher import Matcher
from bot.model import ChatRef, Subscription
from bot.ports import StoreUnavailable
from tests.builders.news import EN, RU, article, subscription
from tests.fakes.clock import START
from tests.fakes.subscriptions import FakeSubscriptions
from tests.flows.newsroom import Failing

ANNA, BEKZAT, TOPIC = ChatRef(1001), ChatRef(1002), ChatRef(-4001, 7)
VISA = article(1, "A visa for a day")


@pytest.fixture
def subscriptions():
    return FakeSubscriptions()


@pytest.fixture
def audience(subscriptions):
    return Audience(subscriptions)


async def add(subscriptions, ref, text, *editions):
    made = subscription(ref, text, *editions)
    assert await subscriptions.add(made, 100)
    return made


async def who(audience, found=VISA):
    return {alert.chat: alert.subscriptions for alert in await audience.wanting(found)}


async def test_nobody_asked_and_nobody_is_told(audience):
    assert await audience.wanting(VISA) == []


async def test_an_alert_names_chat_article_and_all_subscriptions_that_it_meets(
    audience, subscriptions
):
    visa = await add(subscriptions, ANNA, "visa")
    day = await add(subscriptions, ANNA, "visas day")
    await add(subscriptions, ANNA, "rain")
    topic = await add(subscriptions, TOPIC, "visa")
    alerts = await audience.wanting(VISA)
    assert {alert.article for alert in alerts} == {1}
    assert await who(audience) == {ANNA: tuple(sorted([visa.key, day.key])), TOPIC: (topic.key,)}


async def test_what_another_process_changed_holds_from_the_next_article(subscriptions):
    here, there = Audience(subscriptions), Audience(subscriptions)
    visa = await add(subscriptions, ANNA, "visa")
    assert set(await who(here)) == set(await who(there)) == {ANNA}
    await add(subscriptions, BEKZAT, "visa")
    assert set(await who(here)) == {ANNA, BEKZAT}
    await subscriptions.remove(ANNA, visa.key)
    await subscriptions.remove(BEKZAT, visa.key)
    await add(subscriptions, BEKZAT, "visa")
    assert set(await who(here)) == set(await who(there)) == {BEKZAT}


async def test_other_editions_of_a_subscription_hold_from_the_next_article(audience, subscriptions):
    await add(subscriptions, ANNA, "24", EN)
    number = article(2, "24 hours")
    assert set(await who(audience, number)) == {ANNA}
    await add(subscriptions, ANNA, "24", RU)
    assert await who(audience, number) == {}


async def test_a_chat_that_moved_is_wanting_under_its_new_id(audience, subscriptions):
    await add(subscriptions, TOPIC, "visa")
    assert set(await who(audience)) == {TOPIC}
    subscriptions.move(TOPIC.id, -1009)
    assert set(await who(audience)) == {ChatRef(-1009, TOPIC.topic)}


async def test_where_the_log_was_cut_everything_is_read_again(audience, subscriptions):
    visa = await add(subscriptions, ANNA, "visa")
    assert set(await who(audience)) == {ANNA}
    await subscriptions.remove(ANNA, visa.key)
    await add(subscriptions, BEKZAT, "visa")
    await subscriptions.trim()
    assert set(await who(audience)) == {BEKZAT}
    await add(subscriptions, ANNA, "visa")
    assert set(await who(audience)) == {ANNA, BEKZAT}


async def test_what_is_added_while_all_are_read_is_not_missed(audience, subscriptions):
    await add(subscriptions, ANNA, "visa")
    real = subscriptions.all

    async def meanwhile():
        async for each in real():
            yield each
        await add(subscriptions, BEKZAT, "visa")

    subscriptions.all = meanwhile
    assert set(await who(audience)) == {ANNA}
    assert set(await who(audience)) == {ANNA, BEKZAT}


@pytest.mark.parametrize("when", ["at the start", "later"])
async def test_a_subscription_that_can_not_be_read_harms_nothing(audience, subscriptions, when):
    if when == "later":
        await audience.wanting(VISA)
    bad = Subscription(ANNA, "bad", "!!!", frozenset({EN}), START)
    assert await subscriptions.add(bad, 100)
    await add(subscriptions, ANNA, "visa")
    await add(subscriptions, BEKZAT, "visa")
    assert set(await who(audience)) == {ANNA, BEKZAT}
    await subscriptions.remove(ANNA, "bad")
    assert set(await who(audience)) == {ANNA, BEKZAT}


@pytest.mark.parametrize("when", ["at the start", "later"])
async def test_a_subscription_on_which_the_matcher_breaks_down_harms_nothing(
    audience, subscriptions, monkeypatch, when
):
    def poison(method):
        def poisoned(matcher, each):
            if each.text == "poison":
                raise RecursionError("too deep")
            method(matcher, each)

        return poisoned

    monkeypatch.setattr(Matcher, "put", poison(Matcher.put))
    monkeypatch.setattr(Matcher, "put_all", poison(Matcher.put_all))
    if when == "later":
        await audience.wanting(VISA)
    await add(subscriptions, ANNA, "poison")
    await add(subscriptions, BEKZAT, "visa")
    assert set(await who(audience)) == {BEKZAT}


@pytest.mark.parametrize("method", ["changes", "cursor"])
async def test_a_store_that_was_away_is_caught_up_with(subscriptions, method):
    store = Failing(subscriptions, frozenset({method}), fails=False)
    audience = Audience(store)
    await add(subscriptions, ANNA, "visa")
    if method == "changes":
        assert set(await who(audience)) == {ANNA}
    store.fails = True
    with pytest.raises(StoreUnavailable):
        await audience.wanting(VISA)
    await add(subscriptions, BEKZAT, "visa")
    store.fails = False
    assert set(await who(audience)) == {ANNA, BEKZAT}


async def test_a_reading_of_all_that_broke_off_is_begun_again(audience, subscriptions):
    visa = await add(subscriptions, ANNA, "visa")
    await add(subscriptions, BEKZAT, "visa")
    assert set(await who(audience)) == {ANNA, BEKZAT}
    await subscriptions.remove(ANNA, visa.key)
    await add(subscriptions, ANNA, "visa")
    await subscriptions.trim()
    real = subscriptions.all

    async def broken():
        async for each in real():
            yield each
            raise StoreUnavailable("the store is away")

    subscriptions.all = broken
    with pytest.raises(StoreUnavailable):
        await audience.wanting(VISA)
    subscriptions.all = real
    assert set(await who(audience)) == {ANNA, BEKZAT}


async def test_others_get_their_turn_while_many_are_read_and_followed(audience, subscriptions):
    turns = 0

    async def count():
        nonlocal turns
        while True:
            turns += 1
            await asyncio.sleep(0)

    counting = asyncio.create_task(count())
    for first in (1, 2001):
        for number in range(first, first + 1000):
            await add(subscriptions, ChatRef(number), "visa")
        turns = 0
        await audience.wanting(VISA)
        assert turns > 10
    counting.cancel()


async def test_changes_that_were_half_followed_when_it_was_broken_off_are_followed_again(
    audience, subscriptions
):
    await add(subscriptions, ANNA, "visa")
    await audience.wanting(VISA)
    for number in range(1, 200):
        await add(subscriptions, ChatRef(number), "visa")
    asking = asyncio.create_task(audience.wanting(VISA))
    for _ in range(3):
        await asyncio.sleep(0)
    asking.cancel()
    await asyncio.wait({asking})
    assert asking.cancelled()
    assert set(await who(audience)) == {ANNA, *map(ChatRef, range(1, 200))}


async def test_all_are_known_before_the_first_article(audience, subscriptions):
    await add(subscriptions, ANNA, "visa")
    await audience.open()
    subscriptions.all = None
    assert set(await who(audience)) == {ANNA}


async def test_a_store_that_is_away_at_the_start_is_asked_again_for_the_first_article(
    subscriptions,
):
    store = Failing(subscriptions, frozenset({"cursor"}))
    audience = Audience(store)
    await add(subscriptions, ANNA, "visa")
    await audience.open()
    store.fails = False
    assert set(await who(audience)) == {ANNA}
