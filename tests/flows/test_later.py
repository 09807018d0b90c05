"""What is for later is put aside, and told when its time has come."""

from dataclasses import replace
from datetime import time, timedelta

import pytest

from bot.model import Delivery, Quiet, Repeats
from tests.builders.news import article, subscription
from tests.flows.office import Office

DAY = 86400


@pytest.fixture
async def office():
    """It is noon in Bishkek."""
    return Office()


async def put_aside(office, count=1):
    """Let a process deliver until so much is put aside."""
    async with office.running():
        await office.clock.until(lambda: len(office.outbox.aside) == count)
        await office.clock.pass_time(2)


async def later(office, seconds):
    """What a process does after so much time, in a few seconds."""
    office.clock.skip(seconds)
    async with office.running():
        await office.clock.pass_time(5)


async def test_quiet_hours_hold_back_and_then_bundle(office):
    anna = await office.reader(1)
    await office.chats.save(replace(anna, quiet=Quiet(time(11), time(14, 30))))
    for number in (7, 8):
        await office.owe(article(number, f"Visa {number}"), anna)
    await put_aside(office, 2)
    assert office.texts(anna) == []
    await later(office, 2.5 * 3600)
    (text,) = office.texts(anna)
    assert "Visa 7" in text
    assert "Visa 8" in text
    assert office.outbox.alerts == []


async def test_a_chat_that_is_paused_gets_it_all_when_it_resumes(office):
    anna, boris = await office.reader(1), await office.reader(2)
    await office.chats.save(replace(anna, is_paused=True))
    await office.owe(article(7), anna, boris)
    await put_aside(office)
    assert len(office.texts(boris)) == 1
    await office.chats.save(anna)
    await office.outbox.release(anna.ref)
    await office.deliver_all()
    assert len(office.texts(anna)) == 1


async def test_a_pause_with_an_end_lets_out_what_waited_when_it_is_over(office):
    anna = await office.reader(1)
    until = office.clock.now() + timedelta(hours=2)
    await office.chats.save(replace(anna, is_paused=True, paused_until=until))
    await office.owe(article(7), anna)
    await put_aside(office)
    await later(office, 7100)
    assert office.texts(anna) == []
    await later(office, 100)
    assert len(office.texts(anna)) == 1


async def test_what_waited_in_a_pause_for_two_days_is_dropped_and_counted(office):
    anna = await office.reader(1)
    await office.chats.save(replace(anna, is_paused=True))
    await office.owe(article(7), anna)
    await put_aside(office)
    office.clock.skip(2 * DAY)
    await office.chats.save(anna)
    await office.outbox.release(anna.ref)
    await office.deliver_all()
    assert office.texts(anna) == []
    assert office.meter.alerts_dropped == 1


@pytest.mark.parametrize(
    ("delivery", "seconds"), [(Delivery.HOURLY, 3600), (Delivery.DAILY, 20 * 3600)]
)
async def test_a_subscription_may_be_told_hourly_or_daily(office, delivery, seconds):
    anna = await office.reader(1)
    await office.subscriptions.add(replace(subscription(anna.ref, "visa"), delivery=delivery), 100)
    await office.owe(article(7), anna)
    await put_aside(office)
    assert office.texts(anna) == []
    await later(office, seconds - 60)
    assert office.texts(anna) == []
    await later(office, 60)
    assert len(office.texts(anna)) == 1


async def test_a_silent_subscription_makes_no_sound(office):
    anna = await office.reader(1)
    silent = replace(subscription(anna.ref, "visa"), delivery=Delivery.SILENT)
    await office.subscriptions.add(silent, 100)
    await office.owe(article(7), anna)
    await office.deliver_all()
    (message,) = office.messages(anna)
    assert message.silent


async def test_what_is_over_the_daily_number_waits_for_the_daily_message(office):
    anna = await office.reader(1)
    await office.chats.save(replace(anna, most_a_day=1, daily_at=time(18)))
    for number in (7, 8, 9):
        await office.owe(article(number, f"Visa {number}"), anna)
        await later(office, 0)
    assert len(office.texts(anna)) == 1
    await later(office, 6 * 3600)
    first, rest = office.texts(anna)
    assert "</u> 7" in first
    assert "Visa 8" in rest
    assert "Visa 9" in rest


async def test_a_muted_subscription_says_nothing_of_what_is_published_meanwhile(office):
    anna = await office.reader(1)
    until = office.clock.now() + timedelta(days=1)
    await office.subscriptions.add(replace(subscription(anna.ref, "visa"), muted_until=until), 100)
    await office.owe(article(7), anna)
    await office.owe(article(8, "A visa again", published=until), anna)
    await office.deliver_all()
    (text,) = office.texts(anna)
    assert "again" in text


async def told_twice(office, repeats):
    anna = await office.reader(1)
    await office.chats.save(replace(anna, repeats=repeats))
    await office.owe(article(7), anna)
    await office.deliver_all()
    await office.owe(replace(article(8, "A visa again"), repeats=7), anna)
    await office.deliver_all()
    return office.messages(anna)


async def test_a_story_that_is_told_again_answers_the_message_that_told_it_first(office):
    first, again = await told_twice(office, Repeats.REPLY)
    assert first.reply_to == 0
    posts = await office.outbox.posts.find(7, [office.messenger.sends[0].chat])
    assert again.reply_to == next(iter(posts.values())).message_id


async def test_or_it_is_left_out(office):
    assert len(await told_twice(office, Repeats.DROP)) == 1


async def test_a_story_that_the_chat_was_never_told_is_told(office):
    anna = await office.reader(1)
    await office.chats.save(replace(anna, repeats=Repeats.DROP))
    await office.owe(replace(article(8), repeats=7), anna)
    await office.deliver_all()
    assert len(office.texts(anna)) == 1


async def test_a_backlog_is_said_once_and_when_it_is_over(office):
    readers = [await office.reader(number) for number in range(1, 40)]
    await office.owe(article(7), *readers)
    office.clock.skip(700)
    async with office.running():
        await office.clock.pass_time(40)
    assert [text.partition(":")[0] for text in office.told] == ["Trouble", "Over"]
    assert "39 alerts wait, the oldest for 12 minutes" in office.told[0]
