"""What every Digests must do."""

from dataclasses import replace

from bot.model import Alert, ChatRef, DueDigest
from bot.store.records import headline
from tests.builders.news import article, chat

NOW = 1_772_000_000.0
LEASE = 60.0
TODAY = "2026-02-25"
ANNA, BORIS, GROUP, TOPIC = ChatRef(11), ChatRef(12), ChatRef(-100), ChatRef(-100, 5)


async def taken(stores, now=NOW, limit=10):
    return await stores.digests.take(now, LEASE, limit)


async def chats_due(stores, now=NOW, limit=10):
    return [due.chat for due in await taken(stores, now, limit)]


async def put_aside(stores, ref, *ids):
    """Alerts that wait for tomorrow."""
    for number in ids:
        told = article(number)
        await stores.articles.discover(told.edition, [headline(told)], None, 0)
        [(_, token, _)] = await stores.articles.claim(NOW, 60, 1)
        assert await stores.articles.keep(told, [Alert(ref, number, ("visa",))], token, NOW)
    [bundle] = await stores.outbox.take(NOW, LEASE, 10)
    await stores.outbox.hold(bundle, dict.fromkeys(ids, NOW + 86400))


async def test_who_is_due_is_taken_longest_waiting_first_and_nobody_else(stores):
    await stores.digests.schedule(ANNA, NOW - 1)
    await stores.digests.schedule(BORIS, NOW - 2)
    await stores.digests.schedule(GROUP, NOW + 0.5)
    assert await chats_due(stores, limit=1) == [BORIS]
    assert await chats_due(stores) == [ANNA]
    assert await chats_due(stores) == []
    assert await chats_due(stores, NOW + 1) == [GROUP]


async def test_a_first_digest_knows_of_none_before(stores):
    await stores.digests.schedule(TOPIC, NOW)
    assert await taken(stores) == [DueDigest(TOPIC, NOW + LEASE)]


async def test_what_is_leased_comes_again_when_the_lease_has_run_out(stores):
    await stores.digests.schedule(ANNA, NOW)
    await taken(stores)
    assert await chats_due(stores, NOW + LEASE - 1) == []
    assert await chats_due(stores, NOW + LEASE) == [ANNA]


async def test_a_digest_that_went_out_comes_at_its_next_time_and_knows_of_the_last(stores):
    await stores.digests.schedule(ANNA, NOW)
    [due] = await taken(stores)
    assert await stores.digests.settle(due, NOW + 86400, day=TODAY, now=NOW + 1, told=())
    assert await chats_due(stores, NOW + 86399) == []
    [next_] = await taken(stores, NOW + 86400)
    assert (next_.done, next_.since, next_.begun, next_.sent) == (TODAY, NOW + 1, "", 0)


async def test_a_digest_that_went_out_in_part_says_so_and_keeps_the_last_whole_one(stores):
    await stores.digests.schedule(ANNA, NOW)
    [due] = await taken(stores)
    await stores.digests.settle(due, NOW + 5, day="2026-02-24", now=NOW, told=())
    [due] = await taken(stores, NOW + 5)
    await stores.digests.begun(due, TODAY, 1)
    assert await stores.digests.put_off(due, NOW + 10)
    [due] = await taken(stores, NOW + 10)
    assert (due.done, due.since, due.begun, due.sent) == ("2026-02-24", NOW, TODAY, 1)


async def test_who_schedules_anew_while_it_is_out_has_the_last_word(stores):
    await stores.digests.schedule(ANNA, NOW)
    [due] = await taken(stores)
    await stores.digests.schedule(ANNA, NOW + 500)
    assert not await stores.digests.settle(due, NOW + 86400, day=TODAY, now=NOW, told=())
    [due] = await taken(stores, NOW + 500)
    assert due.done == TODAY


async def test_one_that_is_due_already_keeps_its_turn_where_that_is_asked_for(stores):
    await stores.digests.schedule(ANNA, NOW)
    await stores.digests.schedule(ANNA, NOW + 86400, NOW)
    assert await chats_due(stores) == [ANNA]
    await stores.digests.schedule(BORIS, NOW + 1)
    await stores.digests.schedule(BORIS, NOW + 86400, NOW)
    assert await chats_due(stores, NOW + 86399) == [ANNA]
    await stores.digests.schedule(ANNA, None, NOW + 10**6)
    assert await chats_due(stores, NOW + 86400) == [BORIS]


async def test_one_that_is_wanted_no_more_is_never_due(stores):
    for ref in (ANNA, BORIS):
        await stores.digests.schedule(ref, NOW)
    [due] = await taken(stores, limit=1)
    assert await stores.digests.put_off(due, None)
    await stores.digests.schedule(BORIS if due.chat == ANNA else ANNA, None)
    assert await chats_due(stores, NOW + 10**9) == []


async def test_what_is_put_aside_for_the_chat_comes_with_it_and_goes_when_it_was_told(stores):
    await put_aside(stores, TOPIC, 1, 2)
    await stores.digests.schedule(TOPIC, NOW)
    await stores.digests.schedule(GROUP, NOW)
    found = {due.chat: due for due in await taken(stores)}
    assert found[GROUP].held == ()
    assert found[TOPIC].held == (
        Alert(TOPIC, 1, ("visa",)),
        Alert(TOPIC, 2, ("visa",)),
    )
    await stores.digests.settle(found[GROUP], None, day=TODAY, now=NOW, told=[1, 2])
    await stores.digests.settle(found[TOPIC], None, day=TODAY, now=NOW, told=[2, 3])
    [bundle] = await stores.outbox.take(NOW + 2 * 86400, LEASE, 10)
    assert [alert.article for alert in bundle.alerts] == [1]


async def test_a_group_that_moves_takes_its_digests_along(stores):
    old = (ChatRef(-100), ChatRef(-100, 5))
    for ref in old:
        await stores.chats.save(replace(chat(), ref=ref))
        await stores.digests.schedule(ref, NOW)
    for due in await taken(stores):
        await stores.digests.settle(due, NOW + 9, day=TODAY, now=NOW, told=())
    await stores.chats.move(-100, -200)
    found = {due.chat: due.done for due in await taken(stores, NOW + 9)}
    assert found == {ChatRef(-200): TODAY, ChatRef(-200, 5): TODAY}


async def test_a_group_that_moves_where_one_has_its_own_leaves_that_alone(stores):
    for id_, at in ((-100, NOW), (-200, NOW + 50)):
        await stores.chats.save(replace(chat(), ref=ChatRef(id_)))
        await stores.digests.schedule(ChatRef(id_), at)
    await stores.chats.move(-100, -200)
    assert await chats_due(stores, NOW + 49) == []
    assert await chats_due(stores, NOW + 50) == [ChatRef(-200)]
