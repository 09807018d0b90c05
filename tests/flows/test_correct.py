"""Messages that told an article that changed are edited, silently, once, and after alerts."""

import asyncio
from dataclasses import replace

import pytest

from bot.flows.audience import Audience
from bot.flows.compose import Compose
from bot.flows.correct import BATCH, GIVE_UP_SECONDS, SETTLED_SECONDS, Correct
from bot.flows.leftover import Leftover
from bot.flows.pacing import Turns
from bot.flows.tell import Tell
from bot.model import Gone, Rejected, RetryLater
from tests.builders.news import article
from tests.fakes.corrections import FakeCorrections
from tests.flows.office import PER_SECOND, Office


class Desk(Office):
    """An office that corrects."""

    def __init__(self):
        super().__init__()
        self.corrections = FakeCorrections(self.articles)
        self.correct = self.another()

    def another(self):
        stores = self.articles, self.subscriptions, self.chats, self.outbox.posts
        return Correct(
            self.corrections,
            self.articles,
            self.outbox.posts,
            Audience(self.subscriptions),
            Compose(*stores, self.clock),
            Leftover(Turns(self.pacing, self.clock, PER_SECOND), self.clock, PER_SECOND),
            Tell(self.chats, self.pacing, self.messenger, self.clock),
            self.clock,
        )

    async def change(self, number=7, title="Visas, mended"):
        changed = replace((await self.articles.get([number]))[number], title=title)
        await self.corrections.correct(changed, [], self.clock.seconds)

    async def put_right(self):
        """One turn of the timetable, when nothing of before is under way any more."""
        await self.clock.pass_time(SETTLED_SECONDS)
        await self.run()

    async def run(self):
        task = asyncio.create_task(self.correct.run())
        await self.clock.until(task.done)
        await task

    @property
    def edits(self):
        return [(ref.id, number, message) for ref, number, message in self.messenger.edits]


@pytest.fixture
async def desk():
    return Desk()


@pytest.fixture
async def told(desk):
    """Three readers were told article 7."""
    readers = [await desk.reader(number) for number in (1, 2, 3)]
    await desk.owe(article(7, "Visas for all"), *readers)
    await desk.deliver_all()
    return desk


async def test_every_message_is_edited_once_to_what_the_alert_would_say(told):
    await told.change()
    await told.put_right()
    await told.run()
    assert sorted(chat for chat, _, _ in told.edits) == [1, 2, 3]
    sent = {send.chat.id: send.outcome.message_id for send in told.messenger.sends}
    for chat, number, message in told.edits:
        assert number == sent[chat]
        assert "<u>Visas</u>, mended" in message.html
        assert any("visa" in row[0].label for row in message.buttons)
    assert await told.corrections.open() == {}
    assert len(told.messenger.sends) == 3


async def test_it_is_edited_as_often_as_the_article_changes(told):
    for title in ("Visas, mended", "Visas, mended again"):
        await told.change(title=title)
        await told.put_right()
    assert len(told.edits) == 6
    assert "mended again" in told.edits[-1][2].html


async def test_nothing_is_edited_while_what_was_worded_before_may_still_be_sent(told):
    await told.change()
    await told.clock.pass_time(SETTLED_SECONDS - 1)
    await told.run()
    assert told.edits == []


async def test_a_message_that_tells_other_news_too_stays_as_it_is(desk):
    anna = await desk.reader(1)
    for number in (7, 8):
        await desk.owe(article(number), anna)
    await desk.deliver_all()
    await desk.change()
    await desk.put_right()
    assert desk.edits == []
    assert await desk.corrections.open() == {}


async def test_an_article_that_does_not_hold_the_word_any_more_is_put_right_too(told):
    changed = replace(article(7, "Rain"), body=("It rained. It will rain.",))
    await told.corrections.correct(changed, [], told.clock.seconds)
    await told.put_right()
    assert len(told.edits) == 3
    assert "Rain" in told.edits[0][2].html


async def test_alerts_go_first(told):
    await told.change()
    alerts = 2 * int(PER_SECOND)
    readers = [await told.reader(number) for number in range(10, 10 + alerts)]
    await told.clock.pass_time(SETTLED_SECONDS)
    await told.owe(article(8), *readers)
    done, edit, send = [], told.messenger.edit, told.messenger.send

    async def edited(*given):
        done.append("edit")
        return await edit(*given)

    async def sent(*given):
        done.append("alert")
        return await send(*given)

    told.messenger.edit, told.messenger.send = edited, sent
    async with told.running():
        await told.clock.until(lambda: done)
        await told.run()
    assert done.count("edit") == 3
    assert "edit" not in done[:alerts]


async def test_a_process_that_dies_in_the_middle_leaves_it_to_the_next(told):
    await told.change()
    edit, edited = told.messenger.edit, []

    async def dying(chat, number, message):
        if len(edited) == 1:
            raise asyncio.CancelledError
        edited.append(chat)
        return await edit(chat, number, message)

    told.messenger.edit = dying
    with pytest.raises(asyncio.CancelledError):
        await told.put_right()
    assert [*await told.corrections.open()] == [7]
    told.messenger.edit = edit
    told.correct = told.another()
    await told.run()
    assert {chat for chat, _, _ in told.edits} == {1, 2, 3}
    assert await told.corrections.open() == {}


async def test_what_is_to_be_tried_later_is_tried_later_and_the_rest_is_not_edited_twice(told):
    await told.change()
    edit, answers = told.messenger.edit, [RetryLater(7, "429")]

    async def flooded(chat, number, message):
        return answers.pop() if answers else await edit(chat, number, message)

    told.messenger.edit = flooded
    await told.put_right()
    assert len(told.edits) == 2
    assert [*await told.corrections.open()] == [7]
    await told.run()
    assert sorted(chat for chat, _, _ in told.edits) == [1, 2, 3]
    assert await told.corrections.open() == {}


@pytest.mark.parametrize("refusal", [Gone("blocked"), Rejected("can't be edited")])
async def test_what_is_refused_is_not_tried_again(told, refusal):
    await told.change()
    tried = []

    async def refusing(chat, *_):
        tried.append(chat)
        return refusal

    told.messenger.edit = refusing
    await told.put_right()
    await told.run()
    assert len(tried) == 3
    assert await told.corrections.open() == {}


async def test_it_is_given_up_after_hours(told):
    await told.change()
    await told.clock.pass_time(GIVE_UP_SECONDS + 1)
    await told.run()
    assert told.edits == []
    assert await told.corrections.open() == {}


async def test_stopping_leaves_the_rest_for_the_next_start(told):
    await told.change()
    told.correct.stop()
    await told.put_right()
    assert told.edits == []
    assert [*await told.corrections.open()] == [7]


async def test_many_messages_keep_the_overall_rate(desk):
    readers = [await desk.reader(number) for number in range(1, 3 * BATCH + 2)]
    await desk.owe(article(7), *readers)
    await desk.deliver_all()
    await desk.change()
    await desk.clock.pass_time(SETTLED_SECONDS)
    times, edit = [], desk.messenger.edit

    async def timed(*given):
        times.append(desk.clock.seconds)
        return await edit(*given)

    desk.messenger.edit = timed
    await desk.run()
    assert len(times) == len(readers)
    assert all(times[i + 30] - times[i] >= 1 for i in range(len(times) - 30))
