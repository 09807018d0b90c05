"""What every Subscriptions must do."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from bot.model import ChatRef, Edition, Subscription, SubscriptionChange

NOON = datetime(2026, 3, 2, 12, 0, 0, 123456, tzinfo=UTC)
ANNA, GROUP, TOPIC = ChatRef(11), ChatRef(-100), ChatRef(-100, 5)


def subscription(chat=ANNA, key="visa", *, minutes=0, editions=(Edition.EN,), text="Visa «é»\t🛂"):
    created = NOON + timedelta(minutes=minutes)
    return Subscription(chat, key, text, frozenset(editions), created)


async def add(stores, *given, limit=100):
    for one in given:
        assert await stores.subscriptions.add(one, limit)


async def everything(stores):
    return {
        (ChatRef(chat, one.topic), one.key, one.text, one.editions)
        async for one in stores.subscriptions.all()
        for chat in one.chats
    }


def followed(*given):
    return {(one.chat, one.key, one.text, one.editions) for one in given}


async def test_what_is_added_is_there_as_it_was_given(stores):
    await add(stores, subscription())
    assert await stores.subscriptions.of(ANNA) == [subscription()]


async def test_a_chat_without_any_has_none(stores):
    assert await stores.subscriptions.of(ANNA) == []
    assert await stores.subscriptions.of_many([]) == {}
    assert await everything(stores) == set()


async def test_a_chats_are_oldest_first(stores):
    await add(
        stores,
        subscription(key="c", minutes=1),
        subscription(key="b"),
        subscription(key="a", minutes=1),
    )
    assert [one.key for one in await stores.subscriptions.of(ANNA)] == ["b", "a", "c"]


async def test_the_same_query_is_not_added_twice(stores):
    await add(stores, subscription())
    later = subscription(minutes=5, text="VISA")
    assert await stores.subscriptions.add(later, 100) is False
    assert await stores.subscriptions.of(ANNA) == [subscription()]


async def test_the_same_query_in_other_editions_is_changed(stores):
    await add(stores, subscription())
    wider = subscription(minutes=5, editions=(Edition.RU, Edition.EN))
    await add(stores, wider)
    assert await stores.subscriptions.of(ANNA) == [wider]


async def test_editions_are_pinned_and_let_go_and_the_log_tells_so(stores):
    await add(stores, subscription())
    cursor = await stores.subscriptions.cursor()
    pinned = replace(subscription(), is_pinned=True)
    await add(stores, pinned)
    assert await stores.subscriptions.add(pinned, 100) is False
    assert await stores.subscriptions.of(ANNA) == [pinned]
    await add(stores, subscription())
    assert await everything(stores) == followed(subscription())
    changes, _ = await stores.subscriptions.changes(cursor)
    assert [change.subscription for change in changes] == [pinned, subscription()]


async def test_no_more_than_the_limit_but_changes_are_taken(stores):
    await add(stores, subscription(key="a"), subscription(key="b"), limit=2)
    assert await stores.subscriptions.add(subscription(key="c"), 2) is None
    assert await stores.subscriptions.add(subscription(key="a"), 2) is False
    await add(stores, subscription(key="a", editions=Edition), limit=2)
    assert len(await stores.subscriptions.of(ANNA)) == 2


async def test_topics_and_their_group_have_their_own_and_their_own_limit(stores):
    await add(stores, subscription(GROUP), subscription(TOPIC), limit=1)
    assert await stores.subscriptions.of(GROUP) == [subscription(GROUP)]
    assert await stores.subscriptions.of(TOPIC) == [subscription(TOPIC)]
    assert await stores.subscriptions.add(subscription(TOPIC, "china"), 1) is None


async def test_what_is_removed_is_returned_and_gone(stores):
    await add(stores, subscription(), subscription(key="china"))
    assert await stores.subscriptions.remove(ANNA, "visa") == subscription()
    assert await stores.subscriptions.remove(ANNA, "visa") is None
    assert await stores.subscriptions.of(ANNA) == [subscription(key="china")]
    assert await stores.subscriptions.remove(ANNA, "china") == subscription(key="china")
    assert await everything(stores) == set()


async def test_many_chats_are_asked_for_at_once(stores):
    await add(stores, subscription(), subscription(TOPIC))
    asked = [ANNA, GROUP, TOPIC, ChatRef(99)]
    assert await stores.subscriptions.of_many(asked) == {
        ANNA: [subscription()],
        GROUP: [],
        TOPIC: [subscription(TOPIC)],
        ChatRef(99): [],
    }


async def test_all_are_every_one_of_every_chat(stores):
    given = {subscription(ChatRef(number), f"k{number % 3}") for number in range(1, 3000)}
    given |= {subscription(TOPIC), subscription(GROUP)}
    await add(stores, *given)
    assert await everything(stores) == followed(*given)


async def test_changes_are_those_after_the_cursor_in_order(stores):
    await add(stores, subscription(key="before"))
    cursor = await stores.subscriptions.cursor()
    assert await stores.subscriptions.changes(cursor) == ([], cursor)
    wider = subscription(editions=Edition)
    await add(stores, subscription(), subscription(TOPIC), wider)
    await stores.subscriptions.add(wider, 100)
    await stores.subscriptions.remove(ANNA, "visa")
    await stores.subscriptions.remove(ANNA, "visa")
    changes, after = await stores.subscriptions.changes(cursor)
    assert changes == [
        SubscriptionChange(ANNA, "visa", subscription()),
        SubscriptionChange(TOPIC, "visa", subscription(TOPIC)),
        SubscriptionChange(ANNA, "visa", wider),
        SubscriptionChange(ANNA, "visa", None),
    ]
    assert await stores.subscriptions.changes(after) == ([], after)
    assert after == await stores.subscriptions.cursor()


async def test_a_cursor_from_before_the_first_change_sees_it(stores):
    cursor = await stores.subscriptions.cursor()
    await add(stores, subscription())
    changes, _ = await stores.subscriptions.changes(cursor)
    assert changes == [SubscriptionChange(ANNA, "visa", subscription())]


async def test_more_changes_than_fit_one_answer_are_all_told(stores):
    cursor = await stores.subscriptions.cursor()
    await add(stores, *(subscription(ChatRef(number)) for number in range(1, 2502)))
    changes, _ = await stores.subscriptions.changes(cursor)
    assert [change.chat.id for change in changes] == [*range(1, 2502)]


async def test_a_cursor_that_the_log_does_not_know_is_told_so(stores):
    await add(stores, subscription())
    assert await stores.subscriptions.changes("5000000000000") is None


async def test_what_a_reader_wrote_comes_back_to_the_letter(stores):
    text = '“/\\"\x7f\u2028\x00\n\t<b>&ңөү{}[]'
    await add(stores, subscription(text=text), subscription(key='/"\\', text="x"))
    await add(stores, subscription(key="third"))
    assert {one.text for one in await stores.subscriptions.of(ANNA)} == {text, "x", "Visa «é»\t🛂"}
    removed = await stores.subscriptions.remove(ANNA, '/"\\')
    assert removed == replace(removed, text="x", key='/"\\')


async def test_a_log_that_no_longer_reaches_back_says_so(stores):
    old = await stores.subscriptions.cursor()
    await add(stores, subscription(key="a"), subscription(key="b"))
    end = await stores.subscriptions.cursor()
    await stores.trim()
    assert await stores.subscriptions.changes(old) is None
    assert await stores.subscriptions.changes(end) == ([], end)
