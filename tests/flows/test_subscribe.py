from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.flows.subscribe import (
    LIMIT,
    Full,
    Refused,
    Subscribed,
    Subscribing,
    meant,
    understood,
)
from bot.matching.query import Query, parse
from bot.model import Chat, ChatRef, Delivery, Edition, Language, Subscription
from tests.fakes.clock import START, FakeClock
from tests.fakes.release import Releases
from tests.fakes.subscriptions import FakeSubscriptions

EN, RU, KY = Edition
CHAT = Chat(ChatRef(1001), Language.EN, frozenset({EN}), "Asia/Bishkek")
OTHER = ChatRef(1002)


@pytest.fixture
def subscriptions():
    return FakeSubscriptions()


@pytest.fixture
def clock():
    return FakeClock()


@pytest.fixture
def subscribing(subscriptions, clock):
    return Subscribing(subscriptions, clock, Releases())


def texts(found):
    return sorted(each.text for each in found)


async def test_a_subscription_has_the_words_as_written_the_time_and_the_editions(subscribing):
    [result] = await subscribing.subscribe(CHAT, "  Visa \t China ")
    [kept] = await subscribing.of(CHAT.ref)
    assert result == Subscribed(kept, is_new=True)
    assert (kept.text, kept.editions, kept.created) == ("Visa China", {EN}, START)
    assert kept.key.isascii()
    assert 0 < len(kept.key) <= 16


async def test_a_word_goes_where_it_can_stand(subscribing):
    await subscribing.subscribe(CHAT, "виза")
    [kept] = await subscribing.of(CHAT.ref)
    assert kept.editions == {RU, KY}


async def test_commas_and_new_lines_separate_queries(subscribing):
    results = await subscribing.subscribe(CHAT, "visa, China\ndollar,,\n")
    assert [each.subscription.text for each in results] == ["visa", "China", "dollar"]


async def test_the_same_meaning_is_kept_once(subscribing, clock):
    [first, second] = await subscribing.subscribe(CHAT, "visa, China, Visas, CHINA")
    clock.pass_time(60)
    [again] = await subscribing.subscribe(CHAT, "visas")
    assert (first.is_new, second.is_new, again.is_new) == (True, True, False)
    assert len(await subscribing.of(CHAT.ref)) == 2


async def test_nothing_but_separators_asks_for_nothing(subscribing):
    for text in ("", " ", ",", "\n,\n"):
        assert await subscribing.subscribe(CHAT, text) == []


async def test_a_wrong_query_is_refused_and_the_others_are_kept(subscribing):
    results = await subscribing.subscribe(CHAT, "!!!, visa, !!!")
    assert results == [Refused("no word", "!!!"), Subscribed(results[1].subscription, is_new=True)]
    assert texts(await subscribing.of(CHAT.ref)) == ["visa"]


async def test_a_full_chat_is_told_once_and_keeps_what_it_has(subscribing):
    words = ", ".join(str(10_000 + number) for number in range(LIMIT + 20))
    results = await subscribing.subscribe(CHAT, words)
    assert results[-1] == Full(LIMIT)
    assert sum(isinstance(each, Full) for each in results) == 1
    assert len(await subscribing.of(CHAT.ref)) == LIMIT
    [known, full] = await subscribing.subscribe(CHAT, "10000, 99999")
    assert not known.is_new
    assert full == Full(LIMIT)


async def test_what_comes_after_a_full_chat_is_not_tried(subscriptions, clock):
    subscribing = Subscribing(subscriptions, clock, Releases(), limit=1)
    results = await subscribing.subscribe(CHAT, "visa, China, dollar")
    assert results == [Subscribed(results[0].subscription, is_new=True), Full(1)]


async def test_a_full_chat_takes_another_once_one_is_gone(subscriptions, clock):
    subscribing = Subscribing(subscriptions, clock, Releases(), limit=1)
    await subscribing.subscribe(CHAT, "visa")
    assert await subscribing.subscribe(CHAT, "China") == [Full(1)]
    await subscribing.unsubscribe(CHAT.ref, "visa")
    [result] = await subscribing.subscribe(CHAT, "China")
    assert result.is_new


async def test_unsubscribing_goes_by_meaning(subscribing):
    await subscribing.subscribe(CHAT, "visa China, dollar")
    assert texts(await subscribing.unsubscribe(CHAT.ref, "CHINA visas")) == ["visa China"]
    assert texts(await subscribing.of(CHAT.ref)) == ["dollar"]


async def test_unsubscribing_from_several_at_once(subscribing):
    await subscribing.subscribe(CHAT, "visa, China, dollar")
    removed = await subscribing.unsubscribe(CHAT.ref, "visa, euro\nDollars")
    assert texts(removed) == ["dollar", "visa"]
    assert texts(await subscribing.of(CHAT.ref)) == ["China"]


async def test_unsubscribing_goes_by_wording_where_the_meaning_has_changed(
    subscribing, subscriptions
):
    old = Subscription(CHAT.ref, "older", "Visa  China", frozenset({EN}), START)
    await subscriptions.add(old, LIMIT)
    assert await subscribing.unsubscribe(CHAT.ref, "visa china") == [old]


async def test_unsubscribing_from_what_is_not_followed_removes_nothing(subscribing):
    await subscribing.subscribe(CHAT, "visa China")
    for text in ("visa", "China visa dollar", "!!!", "", "x" * 500):
        assert await subscribing.unsubscribe(CHAT.ref, text) == []
    assert len(await subscribing.of(CHAT.ref)) == 1


async def test_unsubscribing_by_key_ends_one_once(subscribing):
    await subscribing.subscribe(CHAT, "visa, China")
    visa, china = sorted(await subscribing.of(CHAT.ref), key=lambda each: each.text, reverse=True)
    assert await subscribing.unsubscribe_key(CHAT.ref, visa.key) == visa
    assert await subscribing.unsubscribe_key(CHAT.ref, visa.key) is None
    assert await subscribing.unsubscribe_key(OTHER, china.key) is None
    assert await subscribing.of(CHAT.ref) == [china]


async def test_what_was_pinned_is_not_asked_into_other_editions(subscribing):
    [first] = await subscribing.subscribe(CHAT, "24")
    pinned = await subscribing.choose_editions(CHAT, first.subscription, frozenset({KY}))
    assert (pinned.editions, pinned.is_pinned) == ({KY}, True)
    assert await subscribing.subscribe(CHAT, "24") == [Subscribed(pinned, is_new=False)]
    assert await subscribing.of(CHAT.ref) == [pinned]


async def test_the_editions_that_it_would_have_anyway_are_not_pinned(subscribing):
    [first] = await subscribing.subscribe(CHAT, "24")
    both = await subscribing.choose_editions(CHAT, first.subscription, frozenset({EN, KY}))
    assert both.is_pinned
    assert await subscribing.choose_editions(CHAT, both, frozenset({EN})) == first.subscription
    assert await subscribing.of(CHAT.ref) == [first.subscription]


async def test_another_query_takes_a_subscription_s_place(subscribing, clock):
    [first] = await subscribing.subscribe(CHAT, "China")
    clock.pass_time(60)
    changed = await subscribing.change(CHAT, first.subscription, parse("China | Chinese"))
    assert await subscribing.of(CHAT.ref) == [changed]
    assert (changed.text, changed.created) == ("China | Chinese", first.subscription.created)
    assert await subscribing.change(CHAT, changed, parse("Chinese | China")) == changed


async def test_editions_that_were_pinned_stay_when_the_query_changes(subscribing):
    [first] = await subscribing.subscribe(CHAT, "24")
    pinned = await subscribing.choose_editions(CHAT, first.subscription, frozenset({KY}))
    changed = await subscribing.change(CHAT, pinned, parse("24 | 25"))
    assert (changed.editions, changed.is_pinned) == ({KY}, True)


async def test_a_full_chat_may_change_what_it_has(subscriptions, clock):
    subscribing = Subscribing(subscriptions, clock, Releases(), limit=1)
    [first] = await subscribing.subscribe(CHAT, "China")
    await subscribing.change(CHAT, first.subscription, parse("China | Chinese"))
    assert texts(await subscribing.of(CHAT.ref)) == ["China | Chinese"]
    assert await subscribing.follow_in(CHAT, parse("виза"), frozenset({RU})) == Full(1)


async def test_a_change_that_is_broken_off_loses_nothing(subscribing, subscriptions, monkeypatch):
    [first] = await subscribing.subscribe(CHAT, "China")

    async def fail(*_):
        raise ConnectionError

    monkeypatch.setattr(subscriptions, "remove", fail)
    with pytest.raises(ConnectionError):
        await subscribing.change(CHAT, first.subscription, parse("China | Chinese"))
    assert texts(await subscribing.of(CHAT.ref)) == ["China", "China | Chinese"]


async def test_a_query_is_followed_in_editions_that_the_chat_does_not_read(subscribing):
    added = await subscribing.follow_in(CHAT, parse("виза"), frozenset({RU}))
    assert (added.subscription.editions, added.subscription.is_pinned) == ({RU}, True)


async def test_chats_do_not_touch_each_other(subscribing):
    await subscribing.subscribe(CHAT, "visa")
    assert await subscribing.unsubscribe(OTHER, "visa") == []
    assert await subscribing.of(OTHER) == []


async def test_the_oldest_come_first(subscribing, clock):
    for word in ("visa", "China", "dollar"):
        await subscribing.subscribe(CHAT, word)
        clock.pass_time(1)
    found = await subscribing.of(CHAT.ref)
    assert [each.text for each in found] == ["visa", "China", "dollar"]
    assert found[-1].created - found[0].created == timedelta(seconds=2)


@given(st.text(max_size=400))
def test_whatever_is_asked_is_understood_or_refused_each_thing_once(text):
    asked = understood(text)
    queries = [each for each in asked if isinstance(each, Query)]
    assert len({each.key for each in queries}) == len(queries)
    assert len(set(asked) - set(queries)) == len(asked) - len(queries)
    for each in queries:
        kept = Subscription(CHAT.ref, each.key, each.text, CHAT.editions, START)
        assert meant(text, [kept]) == [kept]


def test_what_is_understood_at_once_is_bounded():
    assert len(understood(",".join(f"word{n}" for n in range(5000)))) == LIMIT + 1


async def test_how_a_subscription_is_told_stays_when_it_is_asked_for_again(subscriptions, clock):
    releases = Releases()
    subscribing = Subscribing(subscriptions, clock, releases)
    [added] = await subscribing.subscribe(CHAT, "visa")
    hourly = await subscribing.deliver(added.subscription, Delivery.HOURLY)
    muted = await subscribing.mute(hourly, is_muted=True)
    assert muted.muted_until == clock.now() + timedelta(days=1)
    assert releases == [CHAT.ref, CHAT.ref]
    [again] = await subscribing.subscribe(CHAT, "visas")
    assert again.subscription.delivery is Delivery.HOURLY
    assert await subscribing.of(CHAT.ref) == [muted]
    spoken = await subscribing.mute(muted, is_muted=False)
    assert spoken == hourly
    await subscribing.deliver(spoken, Delivery.HOURLY)
    assert releases == [CHAT.ref] * 4
