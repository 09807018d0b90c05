"""Each chat gets its digest once a day, at the minute that it chose."""

import asyncio
from dataclasses import replace
from datetime import time, timedelta

import pytest

from bot.model import (
    ChatRef,
    Delivery,
    Digest,
    Gone,
    Moved,
    Part,
    Rejected,
    RetryLater,
)
from bot.ports import StoreUnavailable, TokenRefused
from tests.builders.news import article, chat, subscription
from tests.fakes.digests import FakeDigests
from tests.flows.morning import Morning

TUESDAY, WEDNESDAY = "2026-03-03", "2026-03-04"
FRIDAY, SATURDAY, SUNDAY, MONDAY = "2026-03-06", "2026-03-07", "2026-03-08", "2026-03-09"


@pytest.fixture
def morning():
    return Morning()


async def told(morning, title, number, said=None):
    """An article that became known when the clock shows this, or now."""
    if said:
        await morning.until(said)
    morning.articles.put(replace(article(number, title), published=morning.clock.now()))


async def test_it_comes_at_the_minute_and_once_a_day(morning):
    reader = await morning.subscriber(1)
    async with morning.sending():
        await morning.until(f"{TUESDAY} 07:59")
        assert morning.texts(reader.ref) == []
        await morning.until(f"{TUESDAY} 08:01")
        assert len(morning.texts(reader.ref)) == 1
        await morning.until(f"{TUESDAY} 20:00")
        assert len(morning.texts(reader.ref)) == 1
        await morning.until(f"{WEDNESDAY} 08:01")
        assert len(morning.texts(reader.ref)) == 2


async def test_two_processes_and_restarts_around_its_minute_send_it_once(morning):
    reader = await morning.subscriber(1)
    for minute in ("07:59", "08:00", "08:01", "08:02", "09:30"):
        async with morning.sending(2):
            await morning.until(f"{TUESDAY} {minute}")
    assert len(morning.texts(reader.ref)) == 1


async def test_a_late_start_sends_it_within_three_hours_and_else_leaves_it_out(morning):
    early, late = await morning.subscriber(1), await morning.subscriber(2, at=time(5))
    await morning.until(f"{TUESDAY} 08:30")
    async with morning.sending():
        await morning.until(f"{TUESDAY} 08:31")
        assert len(morning.texts(early.ref)) == 1
        assert morning.texts(late.ref) == []
        assert morning.meter.counted == ["skipped"]
        await morning.until(f"{WEDNESDAY} 05:01")
    assert len(morning.texts(late.ref)) == 1


async def test_another_time_chosen_after_todays_means_from_tomorrow_on(morning):
    reader = await morning.subscriber(1)
    async with morning.sending():
        await morning.until(f"{TUESDAY} 09:00")
        await morning.save(replace(reader, daily_at=time(10)))
        await morning.until(f"{TUESDAY} 11:00")
        assert len(morning.texts(reader.ref)) == 1
        await morning.until(f"{WEDNESDAY} 10:01")
        assert len(morning.texts(reader.ref)) == 2


async def test_on_weekdays_only_nothing_comes_at_the_weekend(morning):
    reader = await morning.subscriber(1, digest=Digest(weekdays_only=True))
    async with morning.sending():
        for day in (FRIDAY, SATURDAY, SUNDAY):
            await morning.until(f"{day} 08:01")
            assert len(morning.texts(reader.ref)) == 1
        await morning.until(f"{MONDAY} 08:01")
        assert len(morning.texts(reader.ref)) == 2


async def test_who_paused_turned_it_off_or_left_gets_none(morning):
    paused = await morning.subscriber(1)
    await morning.chats.save(replace(paused, is_paused=True))
    until = morning.clock.now() + timedelta(days=2)
    resting = await morning.subscriber(5)
    await morning.chats.save(replace(resting, is_paused=True, paused_until=until))
    off = await morning.subscriber(2)
    await morning.chats.save(replace(off, digest=None))
    gone = await morning.subscriber(3)
    await morning.chats.mark_gone(gone.ref)
    await morning.kept_digests.schedule(ChatRef(4), morning.clock.seconds)
    async with morning.sending():
        await morning.until(f"{TUESDAY} 09:00")
    assert morning.messenger.sends == []
    assert set(morning.digests.due) == {paused.ref, resting.ref}


async def test_its_stories_are_those_since_the_last_one_each_once_the_latest_first(morning):
    reader = await morning.subscriber(1, "visa", "China")
    async with morning.sending():
        await told(morning, "Visa office opens", 1, f"{TUESDAY} 07:00")
        await told(morning, "A visa for China", 2, f"{TUESDAY} 07:30")
        await told(morning, "Snow in the north", 3)
        await morning.until(f"{TUESDAY} 08:01")
        await told(morning, "China opens a road", 4, f"{TUESDAY} 19:00")
        await morning.until(f"{WEDNESDAY} 08:01")
    first, second = morning.texts(reader.ref)
    assert first.index("A visa for China") < first.index("Visa office opens")
    assert first.count("A visa for China") == 1
    assert "Snow" not in first
    assert "3 articles on" in first
    assert "China opens a road" in second
    assert "Visa office" not in second


async def test_what_is_read_minutes_after_its_publication_is_in_the_next_one(morning):
    reader = await morning.subscriber(1)
    async with morning.sending():
        await morning.until(f"{TUESDAY} 08:02")
        slow = morning.clock.now() - timedelta(minutes=10)
        morning.articles.put(replace(article(1, "Visa queue"), published=slow))
        await morning.until(f"{WEDNESDAY} 08:01")
    assert ["Visa queue" in text for text in morning.texts(reader.ref)] == [False, True]


async def test_a_story_that_is_told_again_elsewhere_is_shown_once(morning):
    reader = await morning.subscriber(1)
    await told(morning, "Visa rules change", 1)
    again = replace(article(2, "Visa rules: a change"), published=morning.clock.now(), repeats=1)
    morning.articles.put(again)
    async with morning.sending():
        await morning.until(f"{TUESDAY} 08:01")
    [text] = morning.texts(reader.ref)
    assert "Visa rules change" in text
    assert "Visa rules: a change" not in text


async def test_what_a_chat_muted_is_left_out(morning):
    reader = await morning.subscriber(1)
    muted = replace(
        subscription(reader.ref, "visa"), muted_until=morning.clock.now() + timedelta(days=1)
    )
    await morning.subscriptions.add(muted, 9)
    await told(morning, "Visa office opens", 1)
    async with morning.sending():
        await morning.until(f"{TUESDAY} 08:01")
    assert "Visa office" not in morning.texts(reader.ref)[0]


async def test_what_is_held_back_for_it_is_told_by_it_and_by_nothing_else(morning):
    reader = await morning.subscriber(1, "visa")
    daily = replace(subscription(reader.ref, "visa"), delivery=Delivery.DAILY)
    await morning.subscriptions.add(daily, 9)
    made = replace(article(1, "Visa office opens"), published=morning.clock.now())
    async with morning.running(), morning.sending():
        await morning.owe(made, reader)
        await morning.clock.pass_time(1)
        await morning.until(f"{TUESDAY} 07:59")
        assert morning.texts(reader.ref) == []
        await morning.until(f"{WEDNESDAY} 07:00")
    [text] = morning.texts(reader.ref)
    assert "Visa office opens" in text
    assert morning.outbox.aside == morning.outbox.alerts == []


async def test_where_it_does_not_come_what_is_held_back_for_it_comes_by_itself(morning):
    reader = await morning.subscriber(1, "visa")
    daily = replace(subscription(reader.ref, "visa"), delivery=Delivery.DAILY)
    await morning.subscriptions.add(daily, 9)
    made = replace(article(1, "Visa office opens"), published=morning.clock.now())
    async with morning.running():
        await morning.owe(made, reader)
        await morning.clock.pass_time(1)
        await morning.until(f"{TUESDAY} 11:09")
        assert morning.texts(reader.ref) == []
        await morning.until(f"{TUESDAY} 11:11")
    assert "Visa office opens" in morning.texts(reader.ref)[0]


async def test_a_picture_has_all_of_it_as_caption_where_there_is_room(morning):
    reader = await morning.subscriber(1)
    morning.picture = b"png"
    async with morning.sending():
        await morning.until(f"{TUESDAY} 08:01")
    [message] = morning.messenger.delivered(reader.ref)
    assert message.picture == b"png"


async def with_much_to_tell(morning):
    reader = await morning.subscriber(1)
    morning.picture = b"png"
    for number in range(1, 30):
        await told(morning, f"Visa story {number} of a long and eventful day in town", number)
    return reader


async def test_what_has_no_room_under_a_picture_comes_in_a_second_message(morning):
    reader = await with_much_to_tell(morning)
    async with morning.sending():
        await morning.until(f"{TUESDAY} 08:01")
    picture, rest = morning.messenger.delivered(reader.ref)
    assert (picture.picture, rest.picture) == (b"png", b"")
    assert "Visa story 29" in rest.html


async def test_a_kill_between_its_two_messages_sends_the_first_no_second_time(morning):
    reader = await with_much_to_tell(morning)
    async with morning.sending():
        await morning.until(f"{TUESDAY} 07:59")
        await morning.clock.until(lambda: morning.messenger.sends)
    async with morning.sending():
        await morning.until(f"{TUESDAY} 08:30")
    assert [bool(each.picture) for each in morning.messenger.delivered(reader.ref)] == [True, False]


async def test_what_has_found_room_in_the_first_message_meanwhile_is_sent_all_the_same(morning):
    reader = await with_much_to_tell(morning)
    async with morning.sending():
        await morning.until(f"{TUESDAY} 07:59")
        await morning.clock.until(lambda: morning.messenger.sends)
    morning.picture = b""
    async with morning.sending():
        await morning.until(f"{TUESDAY} 08:30")
    first, second = morning.messenger.delivered(reader.ref)
    assert (first.picture, second.picture) == (b"png", b"")
    assert "Visa story 29" in second.html


async def test_an_answer_that_says_later_sends_it_later_and_once(morning):
    reader = await morning.subscriber(1)
    morning.messenger.script(reader.ref, RetryLater(40, "slow down"))
    async with morning.sending():
        await morning.until(f"{TUESDAY} 08:00")
        await morning.clock.pass_time(39)
        assert morning.texts(reader.ref) == []
        await morning.until(f"{TUESDAY} 09:00")
    assert len(morning.texts(reader.ref)) == 1


async def test_one_that_is_rejected_is_sent_once_as_plain_text(morning):
    reader = await morning.subscriber(1)
    morning.messenger.script(reader.ref, Rejected("can't parse entities"))
    async with morning.sending():
        await morning.until(f"{TUESDAY} 09:00")
    assert [send.plain for send in morning.messenger.sends] == [False, True]


async def test_a_chat_that_is_gone_is_not_written_to_tomorrow(morning):
    reader = await morning.subscriber(1)
    morning.messenger.script(reader.ref, Gone("blocked"))
    async with morning.sending():
        await morning.until(f"{TUESDAY} 09:00")
    assert len(morning.messenger.sends) == 1
    assert morning.digests.due == {}


async def test_a_group_that_moved_gets_it_where_it_is_now(morning):
    old, new = ChatRef(-100), ChatRef(-1000)
    await morning.save(replace(chat(), ref=old, digest=Digest()))
    morning.messenger.script(old, Moved(new.id))
    async with morning.sending():
        await morning.until(f"{TUESDAY} 08:00")
        await morning.clock.pass_time(1)
        await morning.until(f"{TUESDAY} 08:30")
    assert len(morning.texts(new)) == 1


async def test_a_token_that_is_refused_ends_it(morning):
    reader = await morning.subscriber(1)
    morning.messenger.script(reader.ref, TokenRefused())
    await morning.until(f"{TUESDAY} 08:00")
    task = asyncio.create_task(morning.process().run())
    await morning.clock.until(task.done, 60)
    with pytest.raises(TokenRefused):
        task.result()


async def test_settings_that_change_while_it_waits_do_not_cost_todays(morning):
    reader = await morning.subscriber(1)
    await morning.until(f"{TUESDAY} 08:00")
    await morning.clock.pass_time(3)
    await morning.save(replace(reader, digest=Digest(weekdays_only=True)))
    async with morning.sending():
        await morning.until(f"{TUESDAY} 08:01")
    assert len(morning.texts(reader.ref)) == 1


async def test_a_chat_that_is_held_back_for_hours_holds_up_nobody(morning):
    held = await morning.subscriber(1)
    others = [await morning.subscriber(number, at=time(8, 2)) for number in range(2, 5)]
    await morning.until(f"{TUESDAY} 07:59")
    await morning.pacing.hold(held.ref, morning.clock.seconds + 7200)
    async with morning.sending() as [flow]:
        await morning.until(f"{TUESDAY} 08:01")
        assert not flow.at_work
        await morning.until(f"{TUESDAY} 08:03")
        assert all(morning.texts(other.ref) for other in others)
        await morning.until(f"{TUESDAY} 10:01")
    assert len(morning.texts(held.ref)) == 1


async def test_what_came_between_two_looks_days_apart_is_told(morning):
    reader = await morning.subscriber(1, digest=Digest(weekdays_only=True))
    async with morning.sending():
        await morning.until(f"{FRIDAY} 08:01")
        await told(morning, "Visa office opens", 1, f"{FRIDAY} 12:00")
        await morning.until(f"{MONDAY} 08:01")
    assert "Visa office opens" in morning.texts(reader.ref)[-1]


async def test_a_story_of_yesterdays_is_not_told_again_by_another_process(morning):
    reader = await morning.subscriber(1)
    other = await morning.subscriber(2, at=time(6))
    one, two = morning.process(), morning.process()
    await told(morning, "Visa rules change", 1, f"{TUESDAY} 05:00")
    for said, flow, ref in (("06:00", two, other.ref), ("08:00", one, reader.ref)):
        if said == "08:00":
            await told(morning, "Visa office opens", 2, f"{TUESDAY} 07:00")
        await morning.until(f"{TUESDAY} {said}")
        await during(morning, flow, lambda ref=ref: morning.texts(ref))
    await morning.until(f"{WEDNESDAY} 08:00")
    await during(morning, two, lambda: morning.texts(reader.ref)[1:])
    assert ["Visa office" in text for text in morning.texts(reader.ref)] == [True, False]


async def during(morning, flow, condition):
    """While this process sends digests, until it is so."""
    task = asyncio.create_task(flow.run())
    await morning.clock.until(condition, 600)
    await morning.clock.pass_time(1)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


async def test_what_is_held_back_and_told_again_by_another_article_is_struck_off_too(morning):
    reader = await morning.subscriber(1, "visa")
    daily = replace(subscription(reader.ref, "visa"), delivery=Delivery.DAILY)
    await morning.subscriptions.add(daily, 9)
    first = replace(article(1, "Visa rules change"), published=morning.clock.now())
    again = replace(article(2, "Visa rules: a change"), published=first.published, repeats=1)
    async with morning.running(), morning.sending():
        for made in (first, again):
            await morning.owe(made, reader)
            await morning.clock.pass_time(1)
        await morning.until(f"{TUESDAY} 08:01")
        await morning.until(f"{TUESDAY} 12:00")
    assert len(morning.texts(reader.ref)) == 1


class Weary(FakeDigests):
    """A store that is away at every other step."""

    def __init__(self, outbox):
        super().__init__(outbox)
        self.calls = 0

    async def settle(self, *given, **named):
        self._grow_weary()
        return await super().settle(*given, **named)

    async def take(self, *given):
        self._grow_weary()
        return await super().take(*given)

    def _grow_weary(self):
        self.calls += 1
        if self.calls % 2:
            raise StoreUnavailable("away")


async def test_a_store_that_comes_and_goes_sends_none_twice_and_loses_none(morning):
    morning.digests = morning.kept_digests = Weary(morning.outbox)
    readers = [await morning.subscriber(number) for number in range(1, 6)]
    async with morning.sending():
        await morning.until(f"{TUESDAY} 09:00")
    assert [len(morning.texts(reader.ref)) for reader in readers] == [1] * 5


async def test_one_that_can_not_be_put_into_words_harms_no_other(morning, monkeypatch):
    bad, good = await morning.subscriber(1), await morning.subscriber(2)
    of = morning.subscriptions.of

    async def broken(ref):
        if ref == bad.ref:
            raise ValueError("a row that nobody can read")
        return await of(ref)

    monkeypatch.setattr(morning.subscriptions, "of", broken)
    async with morning.sending():
        await morning.until(f"{TUESDAY} 08:01")
    assert len(morning.texts(good.ref)) == 1
    assert morning.texts(bad.ref) == []


async def test_a_crowd_goes_out_by_pacing_and_an_alert_overtakes_it(morning):
    readers = [await morning.subscriber(number) for number in range(1, 400)]
    waiting = await morning.reader(1000)
    made = replace(article(1, "Visa office opens"), published=morning.clock.now())
    async with morning.running(), morning.sending():
        await morning.until(f"{TUESDAY} 08:00")
        await morning.clock.pass_time(3)
        before = len(morning.messenger.sends)
        assert 60 < before < 100
        await morning.owe(made, waiting)
        await morning.clock.until(lambda: morning.texts(waiting.ref), 1.0)
        await morning.until(f"{TUESDAY} 08:01")
    assert all(len(morning.texts(reader.ref)) == 1 for reader in readers)


async def test_a_fan_out_goes_first(morning):
    reader = await morning.subscriber(5000)
    readers = [await morning.reader(number) for number in range(1, 601)]
    await morning.until(f"{TUESDAY} 07:59")
    await morning.clock.pass_time(59)
    made = replace(article(1, "Visa office opens"), published=morning.clock.now())
    async with morning.running(), morning.sending():
        await morning.owe(made, *readers)
        await morning.clock.pass_time(15)
        assert morning.texts(reader.ref) == []
        await morning.clock.pass_time(30)
        assert len(morning.texts(reader.ref)) == 1


async def test_finding_who_is_due_looks_at_nobody_else(morning, monkeypatch):
    for number in range(1, 200):
        await morning.subscriber(number, at=time(12, 30))
    due = await morning.subscriber(500, at=time(12, 15))
    looked, get = [], morning.chats.get

    async def counted(ref):
        looked.append(ref)
        return await get(ref)

    monkeypatch.setattr(morning.chats, "get", counted)
    async with morning.sending():
        await morning.until("2026-03-02 12:20")
    assert looked == [due.ref]


async def test_parts_that_nobody_wants_are_left_out(morning):
    reader = await morning.subscriber(1, digest=Digest(frozenset({Part.STORIES})))
    morning.picture = b"png"
    await told(morning, "Visa office opens", 1)
    async with morning.sending():
        await morning.until(f"{TUESDAY} 08:01")
    [message] = morning.messenger.delivered(reader.ref)
    assert message.picture == b""
    assert "article" not in message.html.replace("articles/", "")
