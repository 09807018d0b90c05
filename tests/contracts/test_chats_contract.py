"""What every Chats must do."""

from datetime import UTC, datetime

from bot.model import (
    Alert,
    Article,
    Chat,
    ChatRef,
    ChatState,
    Edition,
    Item,
    Language,
    Subscription,
    SubscriptionChange,
)

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
NOW = NOON.timestamp()
ANNA, GROUP, TOPIC = ChatRef(11), ChatRef(-5), ChatRef(-5, 9)
SUPER, SUPER_TOPIC = ChatRef(-1005), ChatRef(-1005, 9)


def chat(ref=ANNA, language=Language.KY, editions=(Edition.KY, Edition.RU), **settings):
    return Chat(ref, language, frozenset(editions), "Asia/Bishkek", **settings)


def subscription(ref, key="visa", text="visa"):
    return Subscription(ref, key, text, frozenset(Edition), NOON)


async def owe(stores, number, *refs):
    item = Item(Edition.EN, number, "", "", NOON)
    await stores.articles.discover(Edition.EN, [item], None, 0)
    [(_, token, _)] = await stores.articles.claim(NOW, 60, 1)
    kept = Article(Edition.EN, number, "", "", (), NOON)
    alerts = [Alert(ref, number, ("visa",)) for ref in refs]
    assert await stores.articles.keep(kept, alerts, token, NOW + number)


async def test_a_chat_never_met_is_unknown(stores):
    assert await stores.chats.get(ANNA) is None
    assert await stores.chats.get_many([]) == {}


async def test_settings_come_back_as_they_were_saved(stores):
    await stores.chats.save(chat())
    await stores.chats.save(chat(editions=()))
    assert await stores.chats.get(ANNA) == chat(editions=())


async def test_a_pause_and_its_end_come_back_as_they_were_saved(stores):
    await stores.chats.save(chat(is_paused=True, paused_until=NOON))
    await stores.chats.save(chat(GROUP, is_paused=True))
    assert await stores.chats.get(ANNA) == chat(is_paused=True, paused_until=NOON)
    assert await stores.chats.get(GROUP) == chat(GROUP, is_paused=True)


async def test_topics_have_settings_of_their_own(stores):
    await stores.chats.save(chat(GROUP, Language.EN))
    await stores.chats.save(chat(TOPIC, Language.RU))
    assert await stores.chats.get(GROUP) == chat(GROUP, Language.EN)
    assert await stores.chats.get(TOPIC) == chat(TOPIC, Language.RU)
    assert await stores.chats.get(ChatRef(-5, 10)) is None


async def test_of_many_the_known_ones_are_told(stores):
    await stores.chats.save(chat())
    await stores.chats.save(chat(TOPIC))
    asked = [TOPIC, GROUP, ANNA, ChatRef(99)]
    assert await stores.chats.get_many(asked) == {ANNA: chat(), TOPIC: chat(TOPIC)}


async def test_a_chat_that_is_gone_keeps_its_settings_and_can_come_back(stores):
    await stores.chats.save(chat())
    await stores.chats.mark_gone(ANNA)
    assert await stores.chats.get(ANNA) == chat(state=ChatState.GONE)
    await stores.chats.mark_back(ANNA)
    assert await stores.chats.get(ANNA) == chat()


async def test_a_group_is_gone_with_all_its_topics(stores):
    await stores.chats.save(chat(GROUP))
    await stores.chats.save(chat(TOPIC))
    await stores.chats.mark_gone(TOPIC)
    found = await stores.chats.get_many([GROUP, TOPIC])
    assert [one.state for one in found.values()] == [ChatState.GONE] * 2


async def test_a_chat_can_be_gone_before_it_was_ever_met(stores):
    await stores.chats.mark_gone(ANNA)
    assert await stores.chats.get(ANNA) is None
    await stores.chats.mark_back(ANNA)
    await stores.chats.save(chat())
    assert await stores.chats.get(ANNA) == chat()


async def test_nothing_new_is_owed_to_a_chat_that_is_gone_until_it_is_back(stores):
    await stores.subscriptions.add(subscription(TOPIC), 9)
    await stores.chats.mark_gone(GROUP)
    await owe(stores, 1, GROUP, TOPIC, ANNA)
    assert await stores.outbox.waiting() == 1
    [bundle] = await stores.outbox.take(NOW + 2, 60, 9)
    assert bundle.alerts == (Alert(ANNA, 1, ("visa",)),)
    assert await stores.subscriptions.of(TOPIC) == [subscription(TOPIC)]
    await stores.chats.mark_back(GROUP)
    await owe(stores, 3, GROUP)
    [bundle] = await stores.outbox.take(NOW + 3, 60, 9)
    assert bundle.alerts == (Alert(GROUP, 3, ("visa",)),)


async def test_what_was_owed_before_a_chat_was_gone_is_still_owed(stores):
    await owe(stores, 1, ANNA)
    await stores.chats.mark_gone(ANNA)
    assert await stores.outbox.waiting() == 1


async def test_the_state_is_saved_with_the_settings(stores):
    await stores.chats.save(chat(state=ChatState.GONE))
    assert (await stores.chats.get(ANNA)).state is ChatState.GONE
    await stores.chats.save(chat())
    assert (await stores.chats.get(ANNA)).state is ChatState.ACTIVE


async def test_a_group_that_moves_takes_all_it_has_along(stores):
    await stores.chats.save(chat(GROUP))
    await stores.chats.save(chat(TOPIC, Language.EN))
    await stores.subscriptions.add(subscription(GROUP), 9)
    await stores.subscriptions.add(subscription(TOPIC, "china"), 9)
    await owe(stores, 1, GROUP, TOPIC)
    await stores.chats.move(GROUP.id, SUPER.id)
    assert await stores.chats.get_many([GROUP, TOPIC]) == {}
    assert await stores.chats.get(SUPER) == chat(SUPER)
    assert await stores.chats.get(SUPER_TOPIC) == chat(SUPER_TOPIC, Language.EN)
    everything = [one async for one in stores.subscriptions.all()]
    assert {(*one.chats, one.topic, one.key) for one in everything} == {
        (SUPER.id, 0, "visa"),
        (SUPER.id, SUPER_TOPIC.topic, "china"),
    }
    [first] = await stores.outbox.take(NOW + 9, 60, 9)
    assert first.alerts == (Alert(SUPER, 1, ("visa",)),)
    await stores.outbox.settle(first, NOW + 9)
    [second] = await stores.outbox.take(NOW + 12, 60, 9)
    assert second.alerts == (Alert(SUPER_TOPIC, 1, ("visa",)),)


async def test_what_the_new_chat_has_already_stands(stores):
    await stores.chats.save(chat(GROUP, Language.EN))
    await stores.chats.save(chat(TOPIC, Language.EN))
    await stores.chats.save(chat(SUPER, Language.RU))
    for given in (subscription(GROUP, text="Visa"), subscription(GROUP, "a"), subscription(SUPER)):
        await stores.subscriptions.add(given, 9)
    await owe(stores, 1, GROUP, SUPER)
    await owe(stores, 2, GROUP)
    await stores.chats.move(GROUP.id, SUPER.id)
    assert await stores.chats.get(SUPER) == chat(SUPER, Language.RU)
    assert await stores.chats.get(SUPER_TOPIC) == chat(SUPER_TOPIC, Language.EN)
    merged = [subscription(SUPER, "a"), subscription(SUPER)]
    assert await stores.subscriptions.of(SUPER) == merged
    assert await stores.outbox.waiting() == 2


async def test_a_move_is_in_the_log_of_changes(stores):
    await stores.subscriptions.add(subscription(TOPIC), 9)
    cursor = await stores.subscriptions.cursor()
    await stores.chats.move(GROUP.id, SUPER.id)
    changes, _ = await stores.subscriptions.changes(cursor)
    assert changes == [
        SubscriptionChange(TOPIC, "visa", None),
        SubscriptionChange(SUPER_TOPIC, "visa", subscription(SUPER_TOPIC)),
    ]


async def test_the_log_says_nothing_of_what_the_new_chat_had_already(stores):
    await stores.subscriptions.add(subscription(GROUP, text="Visa"), 9)
    await stores.subscriptions.add(subscription(SUPER), 9)
    cursor = await stores.subscriptions.cursor()
    await stores.chats.move(GROUP.id, SUPER.id)
    changes, _ = await stores.subscriptions.changes(cursor)
    assert changes == [SubscriptionChange(GROUP, "visa", None)]


async def test_a_message_in_flight_at_a_move_is_owed_to_the_new_chat(stores):
    await owe(stores, 1, GROUP)
    [out] = await stores.outbox.take(NOW + 2, 60, 9)
    await stores.chats.move(GROUP.id, SUPER.id)
    assert not await stores.outbox.settle(out, NOW + 2)
    [again] = await stores.outbox.take(NOW + 2, 60, 9)
    assert again.alerts == (Alert(SUPER, 1, ("visa",)),)


async def test_an_alert_for_a_group_that_moved_since_it_was_matched_goes_after_it(stores):
    await stores.chats.move(GROUP.id, SUPER.id)
    await owe(stores, 1, GROUP, TOPIC, ANNA)
    first, second = await stores.outbox.take(NOW + 2, 60, 9)
    assert first.alerts == (Alert(SUPER, 1, ("visa",)),)
    assert second.alerts == (Alert(ANNA, 1, ("visa",)),)
    await stores.outbox.settle(first, NOW + 2)
    [third] = await stores.outbox.take(NOW + 5, 60, 9)
    assert third.alerts == (Alert(SUPER_TOPIC, 1, ("visa",)),)


async def test_an_alert_under_both_ids_of_a_group_that_moved_is_owed_once(stores):
    await stores.chats.move(GROUP.id, SUPER.id)
    await owe(stores, 1, SUPER, GROUP)
    assert await stores.outbox.waiting() == 1


async def test_an_alert_goes_after_a_group_however_often_it_moved(stores):
    for old, new in ((-1, -2), (-2, -3), (-3, -1), (-1, -4)):
        await stores.chats.move(old, new)
    await owe(stores, 1, ChatRef(-3))
    [bundle] = await stores.outbox.take(NOW + 2, 60, 9)
    assert bundle.chat == ChatRef(-4)


async def test_a_second_report_of_the_same_move_changes_nothing(stores):
    await stores.chats.save(chat(GROUP))
    await stores.chats.move(GROUP.id, SUPER.id)
    await stores.chats.move(GROUP.id, SUPER.id)
    await stores.chats.move(SUPER.id, SUPER.id)
    assert await stores.chats.get(SUPER) == chat(SUPER)


async def test_a_group_that_moves_is_not_gone(stores):
    await stores.chats.save(chat(GROUP))
    await stores.chats.mark_gone(GROUP)
    await stores.chats.move(GROUP.id, SUPER.id)
    assert await stores.chats.get(SUPER) == chat(SUPER)
    await stores.chats.mark_gone(GROUP)
    await owe(stores, 1, GROUP)
    assert await stores.outbox.waiting() == 1
