"""What every Outbox must do."""

from dataclasses import replace
from datetime import UTC, datetime
from math import inf

from bot.model import Alert, Article, ChatRef, Edition, Item, Post, Telling

NOW = 1_772_000_000.0
LEASE = 60.0
ANNA, BORIS, CHYNGYZ = ChatRef(11), ChatRef(12), ChatRef(13)
SUPER = ChatRef(-1005)
SENT = Telling(5, (1,))
GROUP, TOPIC, OTHER_TOPIC = ChatRef(-100), ChatRef(-100, 5), ChatRef(-100, 7)


async def put(stores, now, article, *chats):
    """As it happens: an article is kept together with its alerts."""
    published = datetime.fromtimestamp(article, UTC)
    item = Item(Edition.EN, article, "", "", published)
    await stores.articles.discover(Edition.EN, [item], None, 0)
    [(_, token, _)] = await stores.articles.claim(now, LEASE, 1)
    alerts = [Alert(chat, article, ("visa",)) for chat in chats]
    kept = Article(Edition.EN, article, "", "", (), published)
    assert await stores.articles.keep(kept, alerts, token, now)


async def take(stores, now, limit=10, lease=LEASE):
    return await stores.outbox.take(now, lease, limit)


async def take_one(stores, now):
    [bundle] = await take(stores, now)
    return bundle


def told(bundles):
    return [(bundle.chat, [alert.article for alert in bundle.alerts]) for bundle in bundles]


async def test_nothing_is_owed_at_first(stores):
    assert await take(stores, NOW) == []
    assert await stores.outbox.waiting() == 0


async def test_a_bundle_holds_all_that_waits_for_its_chat(stores):
    await put(stores, NOW, 1, ANNA, BORIS)
    await put(stores, NOW + 1, 2, ANNA)
    bundles = await take(stores, NOW + 2)
    assert told(bundles) == [(ANNA, [1, 2]), (BORIS, [1])]
    assert bundles[0].alerts[0] == Alert(ANNA, 1, ("visa",))
    assert bundles[0].since == NOW
    assert bundles[0].until == NOW + 2 + LEASE
    assert bundles[0].attempts == 0


async def test_who_has_waited_longest_is_first(stores):
    await put(stores, NOW, 1, CHYNGYZ)
    await put(stores, NOW + 1, 2, ANNA)
    await put(stores, NOW + 2, 3, CHYNGYZ, BORIS)
    bundles = await take(stores, NOW + 3, limit=2)
    assert told(bundles) == [(CHYNGYZ, [1, 3]), (ANNA, [2])]
    assert told(await take(stores, NOW + 3)) == [(BORIS, [3])]


async def test_who_comes_back_stands_where_he_stood(stores):
    await put(stores, NOW, 1, CHYNGYZ)
    await put(stores, NOW + 1, 2, ANNA, BORIS)
    [first] = await take(stores, NOW + 2, limit=1)
    await stores.outbox.postpone(first, NOW + 5)
    assert told(await take(stores, NOW + 3, limit=1)) == [(ANNA, [2])]
    assert told(await take(stores, NOW + 5, limit=1)) == [(CHYNGYZ, [1])]


async def test_those_who_come_back_stand_by_when_they_began_to_wait(stores):
    await put(stores, NOW, 1, CHYNGYZ)
    await put(stores, NOW + 1, 2, ANNA)
    first, second = await take(stores, NOW + 2)
    await stores.outbox.postpone(first, NOW + 6)
    await stores.outbox.postpone(second, NOW + 5)
    assert told(await take(stores, NOW + 7, limit=1)) == [(CHYNGYZ, [1])]


async def test_what_is_out_is_not_taken_again(stores):
    await put(stores, NOW, 1, ANNA)
    await take_one(stores, NOW)
    await put(stores, NOW + 1, 2, ANNA)
    assert await take(stores, NOW + 30) == []
    assert await stores.outbox.waiting() == 2


async def test_what_is_settled_is_gone_for_good(stores):
    await put(stores, NOW, 1, ANNA, BORIS)
    bundle, _ = await take(stores, NOW)
    assert await stores.outbox.settle(bundle, NOW + 1)
    assert await stores.outbox.waiting() == 1
    assert not await stores.outbox.settle(bundle, NOW + 1)
    assert not await stores.outbox.postpone(bundle, NOW + 1)
    assert told(await take(stores, NOW + 1000)) == [(BORIS, [1])]


async def test_the_next_bundle_of_a_person_waits_a_second(stores):
    await put(stores, NOW, 1, ANNA)
    bundle = await take_one(stores, NOW)
    await put(stores, NOW, 2, ANNA)
    await stores.outbox.settle(bundle, NOW + 5, None, SENT)
    assert await take(stores, NOW + 5.75) == []
    assert told(await take(stores, NOW + 6)) == [(ANNA, [2])]


async def test_an_alert_that_comes_after_the_settling_waits_too(stores):
    await put(stores, NOW, 1, ANNA)
    await stores.outbox.settle(await take_one(stores, NOW), NOW, None, SENT)
    await put(stores, NOW, 2, ANNA)
    assert await take(stores, NOW + 0.75) == []
    assert told(await take(stores, NOW + 1)) == [(ANNA, [2])]


async def test_a_group_gets_no_more_than_twenty_a_minute(stores):
    await put(stores, NOW, 1, GROUP)
    await stores.outbox.settle(await take_one(stores, NOW), NOW, None, SENT)
    await put(stores, NOW, 2, GROUP)
    assert await take(stores, NOW + 2.75) == []
    assert told(await take(stores, NOW + 3)) == [(GROUP, [2])]


async def test_topics_are_told_apart_and_share_the_pace_of_their_group(stores):
    await put(stores, NOW, 1, TOPIC, OTHER_TOPIC)
    first = await take_one(stores, NOW)
    assert first.chat == TOPIC
    assert await take(stores, NOW + 10) == []
    await stores.outbox.settle(first, NOW + 10, None, SENT)
    assert await take(stores, NOW + 12.75) == []
    assert told(await take(stores, NOW + 13)) == [(OTHER_TOPIC, [1])]


async def test_a_part_can_be_settled_and_the_rest_waits_out_the_pace(stores):
    await put(stores, NOW, 1, ANNA)
    await put(stores, NOW + 1, 2, ANNA)
    await put(stores, NOW + 2, 3, ANNA)
    bundle = await take_one(stores, NOW + 2)
    await put(stores, NOW + 3, 4, ANNA)
    assert await stores.outbox.settle(bundle, NOW + 3, [1, 3], SENT)
    assert await stores.outbox.waiting() == 2
    assert await take(stores, NOW + 3.75) == []
    rest = await take_one(stores, NOW + 4)
    assert told([rest]) == [(ANNA, [2, 4])]
    assert rest.since == NOW + 1


async def test_settling_no_article_gives_the_lease_back(stores):
    await put(stores, NOW, 1, ANNA)
    assert await stores.outbox.settle(await take_one(stores, NOW), NOW, [])
    assert told(await take(stores, NOW + 1)) == [(ANNA, [1])]


async def test_a_chat_that_is_put_off_waits_alone(stores):
    await put(stores, NOW, 1, ANNA, BORIS)
    anna, boris = await take(stores, NOW)
    assert await stores.outbox.postpone(anna, NOW + 40_000)
    assert await stores.outbox.settle(boris, NOW)
    await put(stores, NOW, 2, ANNA, BORIS)
    assert told(await take(stores, NOW + 39_999)) == [(BORIS, [2])]
    again = await take_one(stores, NOW + 40_000)
    assert told([again]) == [(ANNA, [1, 2])]
    assert again.attempts == 1


async def test_attempts_are_counted_until_one_succeeds(stores):
    await put(stores, NOW, 1, ANNA)
    for attempt in range(3):
        bundle = await take_one(stores, NOW + 10 * attempt)
        assert bundle.attempts == attempt
        await stores.outbox.postpone(bundle, NOW + 10 * attempt + 10)
    await stores.outbox.settle(await take_one(stores, NOW + 30), NOW + 30)
    await put(stores, NOW + 31, 2, ANNA)
    assert (await take_one(stores, NOW + 31)).attempts == 0


async def test_no_postponement_is_shorter_than_the_pace(stores):
    await put(stores, NOW, 1, GROUP)
    bundle = await take_one(stores, NOW)
    await stores.pacing.book([GROUP], NOW, 1)
    await stores.outbox.postpone(bundle, NOW + 1)
    assert await take(stores, NOW + 2.75) == []
    assert len(await take(stores, NOW + 3)) == 1


async def test_a_lease_that_ran_out_comes_back_once_its_last_send_is_paced(stores):
    await put(stores, NOW, 1, ANNA)
    lost = await take_one(stores, NOW)
    assert await take(stores, lost.until) == []
    again = await take_one(stores, lost.until + 1)
    assert again.alerts == lost.alerts
    assert again.attempts == 1
    assert again.since == lost.since


async def test_who_lost_the_lease_changes_nothing_any_more(stores):
    await put(stores, NOW, 1, ANNA)
    lost = await take_one(stores, NOW)
    again = await take_one(stores, lost.until + 1)
    assert not await stores.outbox.settle(lost, NOW + 62)
    assert not await stores.outbox.postpone(lost, NOW + 62)
    assert await stores.outbox.waiting() == 1
    assert await stores.outbox.settle(again, NOW + 62)


async def test_a_bundle_that_nobody_has_taken_settles_nothing(stores):
    await put(stores, NOW, 1, ANNA)
    bundle = await take_one(stores, NOW)
    assert not await stores.outbox.settle(replace(bundle, chat=BORIS), NOW)
    assert await stores.outbox.settle(bundle, NOW)


async def test_nothing_is_taken_while_all_is_held(stores):
    await put(stores, NOW, 1, ANNA)
    await stores.pacing.hold_all(NOW + 30)
    await stores.pacing.hold_all(NOW + 10)
    assert await take(stores, NOW + 29.75) == []
    assert len(await take(stores, NOW + 30)) == 1


async def test_a_chat_that_got_a_reply_is_not_taken_at_once(stores):
    await put(stores, NOW, 1, ANNA, TOPIC, BORIS)
    await stores.pacing.book([ANNA, GROUP], NOW, 10)
    assert told(await take(stores, NOW + 0.5)) == [(BORIS, [1])]
    assert told(await take(stores, NOW + 1)) == [(ANNA, [1])]
    assert await take(stores, NOW + 3) == []
    assert told(await take(stores, NOW + 3.5)) == [(TOPIC, [1])]


async def test_what_is_put_aside_waits_for_its_time(stores):
    await put(stores, NOW, 1, ANNA)
    await put(stores, NOW + 1, 2, ANNA)
    assert await stores.outbox.hold(await take_one(stores, NOW + 1), {1: NOW + 50, 2: NOW + 60})
    assert await stores.outbox.waiting() == 0
    assert await take(stores, NOW + 49) == []
    first = await take_one(stores, NOW + 50)
    assert told([first]) == [(ANNA, [1])]
    assert [alert.since for alert in first.alerts] == [NOW]
    assert await stores.outbox.waiting() == 1
    await stores.outbox.settle(first, NOW + 50)
    assert told(await take(stores, NOW + 60)) == [(ANNA, [2])]


async def test_the_rest_of_a_bundle_stays_under_its_lease(stores):
    await put(stores, NOW, 1, ANNA)
    await put(stores, NOW, 2, ANNA)
    bundle = await take_one(stores, NOW)
    assert await stores.outbox.hold(bundle, {1: NOW + 50})
    assert await stores.outbox.waiting() == 1
    assert await take(stores, NOW + 10) == []
    assert await stores.outbox.settle(bundle, NOW + 10)
    assert await stores.outbox.waiting() == 0
    assert told(await take(stores, NOW + 50)) == [(ANNA, [1])]


async def test_what_comes_new_does_not_wait_with_what_is_put_aside(stores):
    await put(stores, NOW, 1, ANNA)
    await stores.outbox.hold(await take_one(stores, NOW), {1: NOW + 50})
    await put(stores, NOW + 1, 2, ANNA)
    assert told(await take(stores, NOW + 1)) == [(ANNA, [2])]


async def test_what_is_put_aside_joins_what_waits_when_its_time_comes(stores):
    await put(stores, NOW, 1, ANNA)
    await stores.outbox.hold(await take_one(stores, NOW), {1: NOW + 50})
    await put(stores, NOW + 49, 2, ANNA)
    assert told(await take(stores, NOW + 50)) == [(ANNA, [1, 2])]


async def test_what_is_put_aside_for_ever_waits_until_it_is_released(stores):
    await put(stores, NOW, 1, TOPIC, OTHER_TOPIC)
    for _ in range(2):
        await stores.outbox.hold(await take_one(stores, NOW), {1: inf})
    assert await take(stores, NOW + 1e6) == []
    await stores.outbox.release(GROUP)
    first = await take_one(stores, NOW + 1e6)
    await stores.outbox.settle(first, NOW + 1e6)
    second = await take_one(stores, NOW + 2e6)
    assert {first.chat, second.chat} == {TOPIC, OTHER_TOPIC}


async def test_what_is_put_aside_by_what_was_set_before_a_change_is_judged_anew(stores):
    await put(stores, NOW, 1, ANNA)
    bundle = await take_one(stores, NOW)
    await stores.outbox.release(ANNA)
    assert await stores.outbox.hold(bundle, {1: inf})
    again = await take_one(stores, NOW + 1)
    assert told([again]) == [(ANNA, [1])]
    assert await stores.outbox.hold(again, {1: inf})
    assert await take(stores, NOW + 1000) == []


async def test_only_the_latest_of_what_is_put_aside_are_kept(stores):
    for number in range(1, 203):
        await put(stores, NOW + number, number, ANNA)
        await stores.outbox.hold(await take_one(stores, NOW + number), {number: NOW + 1000})
    bundle = await take_one(stores, NOW + 1000)
    assert [alert.article for alert in bundle.alerts] == list(range(3, 203))
    assert await stores.outbox.waiting() == 200


async def test_nothing_is_put_aside_without_the_lease(stores):
    await put(stores, NOW, 1, ANNA)
    lost = await take_one(stores, NOW)
    again = await take_one(stores, lost.until + 1)
    assert not await stores.outbox.hold(lost, {1: NOW + 500})
    assert await stores.outbox.settle(again, NOW + 100)
    assert await take(stores, NOW + 1000) == []


async def test_a_bundle_given_back_untried_has_no_attempt_more(stores):
    await put(stores, NOW, 1, ANNA)
    assert await stores.outbox.postpone(await take_one(stores, NOW), NOW + 5, has_failed=False)
    assert await take(stores, NOW + 4) == []
    assert (await take_one(stores, NOW + 5)).attempts == 0


async def test_the_oldest_is_of_those_that_nothing_holds_back(stores):
    assert await stores.outbox.oldest() is None
    await put(stores, NOW, 1, ANNA)
    await stores.outbox.postpone(await take_one(stores, NOW), NOW + 500)
    await put(stores, NOW + 1, 2, BORIS)
    assert await stores.outbox.oldest() == NOW + 1


async def test_what_told_an_article_is_known_by_its_chat(stores):
    await put(stores, NOW, 1, ANNA, TOPIC, BORIS)
    for number, bundle in enumerate(await take(stores, NOW), 10):
        telling = Telling(number, (1,)) if bundle.chat != BORIS else None
        await stores.outbox.settle(bundle, NOW, None, telling)
    found = await stores.posts.find(1, [ANNA, BORIS, TOPIC, GROUP])
    assert found.keys() == {ANNA, TOPIC}
    assert found[ANNA].is_alone
    assert sorted([post async for post in stores.posts.of(1)], key=str) == sorted(
        found.values(), key=str
    )
    assert await stores.posts.find(2, [ANNA]) == {}
    assert [post async for post in stores.posts.of(2)] == []


async def test_a_message_that_tells_several_articles_is_none_of_theirs_alone(stores):
    await put(stores, NOW, 1, ANNA)
    await put(stores, NOW, 2, ANNA)
    await stores.outbox.settle(await take_one(stores, NOW), NOW, None, Telling(7, (1, 2)))
    for article in (1, 2):
        assert await stores.posts.find(article, [ANNA]) == {ANNA: Post(ANNA, 7, is_alone=False)}


async def test_messages_are_counted_by_the_chats_day_where_that_is_wanted(stores):
    for number, day in enumerate(("2026-03-01", "2026-03-02", "2026-03-02", ""), 1):
        await put(stores, NOW, number, ANNA)
        bundle = await take_one(stores, NOW + 10 * number)
        await stores.outbox.settle(bundle, NOW, None, Telling(number, (number,), day))
    for day, count in {"2026-03-01": 1, "2026-03-02": 2, "2026-03-03": 0}.items():
        assert await stores.posts.count({ANNA: day, BORIS: day}) == {ANNA: count, BORIS: 0}


async def test_what_is_put_aside_moves_with_its_group(stores):
    await put(stores, NOW, 1, GROUP)
    await stores.outbox.hold(await take_one(stores, NOW), {1: inf})
    await stores.chats.move(GROUP.id, SUPER.id)
    assert told(await take(stores, NOW)) == [(SUPER, [1])]


async def test_what_moves_waits_for_the_new_chat_each_article_once(stores):
    await put(stores, NOW, 1, GROUP)
    await put(stores, NOW + 1, 2, GROUP, SUPER)
    await stores.chats.move(GROUP.id, SUPER.id)
    assert await stores.outbox.waiting() == 2
    bundle = await take_one(stores, NOW + 2)
    assert told([bundle]) == [(SUPER, [1, 2])]
    assert {alert.chat for alert in bundle.alerts} == {SUPER}
    assert bundle.since == NOW


async def test_what_is_out_moves_too_and_its_lease_is_void(stores):
    await put(stores, NOW, 1, GROUP)
    out = await take_one(stores, NOW)
    await put(stores, NOW, 2, GROUP)
    await stores.chats.move(GROUP.id, SUPER.id)
    assert not await stores.outbox.settle(out, NOW)
    assert told(await take(stores, NOW)) == [(SUPER, [1, 2])]


async def test_what_moves_onto_a_chat_whose_bundle_is_out_waits_for_it(stores):
    await put(stores, NOW, 1, SUPER)
    out = await take_one(stores, NOW)
    await put(stores, NOW, 2, GROUP)
    await stores.chats.move(GROUP.id, SUPER.id)
    assert await take(stores, NOW + 10) == []
    assert await stores.outbox.settle(out, NOW + 10, None, SENT)
    assert told(await take(stores, NOW + 13)) == [(SUPER, [2])]


async def test_what_is_out_for_the_new_chat_is_not_owed_to_it_again(stores):
    await put(stores, NOW, 1, SUPER, GROUP)
    new, old = await take(stores, NOW)
    assert (old.chat, new.chat) == (GROUP, SUPER)
    await stores.chats.move(GROUP.id, SUPER.id)
    assert await stores.outbox.waiting() == 1
    assert await stores.outbox.settle(new, NOW)
    assert await take(stores, NOW + 100) == []


async def test_a_chat_keeps_its_postponement_when_another_moves_onto_it(stores):
    await put(stores, NOW, 1, SUPER)
    await stores.outbox.postpone(await take_one(stores, NOW), NOW + 50)
    await put(stores, NOW, 2, GROUP)
    await stores.chats.move(GROUP.id, SUPER.id)
    assert await take(stores, NOW + 49.75) == []
    assert told(await take(stores, NOW + 50)) == [(SUPER, [1, 2])]


async def test_moving_nothing_changes_nothing(stores):
    await put(stores, NOW, 1, ANNA)
    await stores.chats.move(GROUP.id, SUPER.id)
    await stores.chats.move(ANNA.id, ANNA.id)
    assert told(await take(stores, NOW)) == [(ANNA, [1])]


async def test_a_group_that_moves_is_not_held_back_for_what_the_old_one_was(stores):
    await put(stores, NOW, 1, GROUP)
    await stores.outbox.postpone(await take_one(stores, NOW), NOW + 5000)
    await stores.chats.move(GROUP.id, SUPER.id)
    bundle = await take_one(stores, NOW + 3)
    assert told([bundle]) == [(SUPER, [1])]
    assert bundle.attempts == 0


async def test_a_group_that_moves_while_a_topic_is_out_takes_all_its_topics_along(stores):
    await put(stores, NOW, 1, TOPIC, OTHER_TOPIC)
    assert (await take_one(stores, NOW)).chat == TOPIC
    await stores.chats.move(GROUP.id, SUPER.id)
    first = await take_one(stores, NOW)
    await stores.outbox.settle(first, NOW)
    second = await take_one(stores, NOW + 4)
    assert told([first, second]) == [(ChatRef(SUPER.id, 5), [1]), (ChatRef(SUPER.id, 7), [1])]


async def test_a_chat_that_a_group_moves_onto_stands_by_what_waited_longest(stores):
    await put(stores, NOW, 1, GROUP)
    await put(stores, NOW + 1, 2, ANNA)
    await put(stores, NOW + 2, 3, SUPER)
    await stores.chats.move(GROUP.id, SUPER.id)
    assert told(await take(stores, NOW + 3)) == [(SUPER, [1, 3]), (ANNA, [2])]


async def test_a_clock_that_was_set_back_by_an_hour_makes_nobody_wait_for_an_hour(stores):
    later = NOW + 3600
    await put(stores, later, 1, ANNA, BORIS, CHYNGYZ)
    anna, boris, _ = await take(stores, later)
    await stores.pacing.book([ANNA, BORIS], later, 1.0)
    await stores.outbox.postpone(anna, later + 20)
    await stores.outbox.settle(boris, later, None, SENT)
    await put(stores, later + 1, 2, BORIS)
    assert await take(stores, NOW) == []
    assert told(await take(stores, NOW + 3)) == [(BORIS, [2])]
    assert told(await take(stores, NOW + 25)) == [(ANNA, [1])]
    assert told(await take(stores, NOW + LEASE + 1.5)) == [(CHYNGYZ, [1])]
