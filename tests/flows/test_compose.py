"""What a bundle says: to whom it still matters, in words, or in bare ones."""

from dataclasses import replace

import pytest

from bot.flows import compose, story
from bot.messages import render
from bot.model import ChatRef, ChatState
from tests.builders.news import RU, article, chat, subscription
from tests.fakes.articles import FakeArticles
from tests.flows.newsroom import Failing
from tests.flows.office import Office


@pytest.fixture
async def office():
    return Office()


async def composed(office):
    bundles = await office.outbox.take(office.clock.seconds, 20, 100)
    stores = office.articles, office.subscriptions, office.chats, office.outbox.posts
    found = await compose.Compose(*stores, office.clock).of(bundles)
    return {chat: each.told for chat, each in found.items()}


async def test_one_story_is_told_with_its_lead_and_its_subscription(office):
    anna = await office.reader(1)
    await office.owe(article(7, "Visas get cheaper"), anna)
    ((told,),) = (await composed(office)).values()
    assert told.articles == (7,)
    assert told.published == article(7).published
    assert "<u>Visas</u> get cheaper" in told.message.html
    assert "The first sentence of story 7" in told.message.html
    assert "visa" in told.message.html


BODY = (
    "It was said in the capital. Nobody knows more. Others wait.",
    "On Monday it rained. Guests no longer need visas, an official said. They came.",
)


async def test_where_title_and_lead_do_not_hold_the_words_the_sentence_that_does_is_shown(office):
    anna = await office.reader(1)
    await office.owe(article(7, "Good news", body=BODY), anna)
    ((told,),) = (await composed(office)).values()
    shown = told.message.html.split("\n\n")
    assert shown[2] == "… Guests no longer need <b>visas</b>, an official said."


@pytest.mark.parametrize("title", ["Visas", "A visa at last"])
async def test_where_the_title_holds_the_words_no_sentence_is_added(office, title):
    anna = await office.reader(1)
    await office.owe(article(7, title, body=BODY), anna)
    ((told,),) = (await composed(office)).values()
    assert "official" not in told.message.html


async def test_where_the_lead_holds_the_words_no_sentence_is_added(office):
    anna = await office.reader(1)
    body = ("Visas are free. It was said in Osh.", "Long ago visas cost more, an official said.")
    await office.owe(article(7, "Good news", body=body), anna)
    ((told,),) = (await composed(office)).values()
    assert "<b>Visas</b> are free" in told.message.html
    assert "…" not in told.message.html


async def test_a_subscription_that_no_word_shows_gets_its_sentence_beside_one_that_does(office):
    anna = await office.reader(1, "news", "official")
    await office.owe(article(7, "Good news", body=BODY), anna, words=("news", "official"))
    ((told,),) = (await composed(office)).values()
    assert "visas, an <b>official</b> said." in told.message.html


async def test_several_stories_are_one_message_by_time_of_publication(office):
    anna = await office.reader(1)
    for number, minutes in ((7, 3), (8, 9), (9, 6)):
        await office.owe(article(number, minutes=minutes), anna)
    ((told,),) = (await composed(office)).values()
    assert told.articles == (8, 9, 7)
    assert told.published == article(8, minutes=9).published


async def test_each_chat_is_told_what_it_asked(office):
    anna, bekzat = await office.reader(1, "visa"), await office.reader(2, "story")
    await office.owe(article(7), anna)
    await office.owe(article(8), bekzat, words=("story",))
    told = await composed(office)
    assert {ref: each[0].articles for ref, each in told.items()} == {
        anna.ref: (7,),
        bekzat.ref: (8,),
    }


async def test_a_chat_in_russian_is_told_in_russian(office):
    anna = await office.reader(1)
    await office.chats.save(replace(anna, language="ru"))
    await office.owe(article(7, edition=RU), anna)
    ((told,),) = (await composed(office)).values()
    assert "Отписаться" in told.message.buttons[-1][0].label


@pytest.mark.parametrize("why", ["unknown", "gone", "unsubscribed", "expired"])
async def test_nothing_is_said_where_there_is_nothing_to_say_any_more(office, why):
    anna = chat(1) if why == "unknown" else await office.reader(1)
    await office.owe(article(7), anna)
    match why:
        case "gone":
            await office.chats.save(replace(anna, state=ChatState.GONE))
        case "unsubscribed":
            await office.subscriptions.remove(anna.ref, subscription(anna.ref, "visa").key)
        case "expired":
            office.articles = FakeArticles(office.outbox)
    assert await composed(office) == {anna.ref: ()}


async def test_only_the_subscriptions_that_are_left_are_named(office):
    anna = await office.reader(1, "visa", "story")
    await office.owe(article(7), anna, words=("visa", "story"))
    await office.subscriptions.remove(anna.ref, subscription(anna.ref, "visa").key)
    ((told,),) = (await composed(office)).values()
    labels = [row[0].label for row in told.message.buttons]
    assert not any("visa" in label for label in labels)
    assert any("story" in label for label in labels)


async def test_a_subscription_whose_words_can_not_be_read_any_more_is_still_named(office):
    anna = await office.reader(1)
    made = subscription(anna.ref, "visa")
    await office.subscriptions.remove(anna.ref, made.key)
    await office.subscriptions.add(replace(made, text="!!!"), 100)
    await office.owe(article(7), anna)
    ((told,),) = (await composed(office)).values()
    assert "Visa story 7" in told.message.html


async def test_a_story_that_can_not_be_put_into_words_is_told_barely_with_those_beside_it(
    office, monkeypatch
):
    anna, bekzat = await office.reader(1), await office.reader(2)
    await office.owe(article(7, "Visa <poison> & story"), anna)
    await office.owe(article(8, "A visa"), anna)
    await office.owe(article(9, "A visa"), bekzat)
    lead = story.lead

    def poisoned(found):
        if found.id == 7:
            raise RecursionError("too deep")
        return lead(found)

    monkeypatch.setattr(story, "lead", poisoned)
    told = await composed(office)
    assert [each.articles for each in told[anna.ref]] == [(7,), (8,)]
    html = told[anna.ref][0].message.html
    assert html == "Visa &lt;poison&gt; &amp; story\nhttps://24.kg/english/7/"
    assert "The first sentence" in told[bekzat.ref][0].message.html


async def test_a_reader_for_whom_no_words_can_be_put_is_told_barely(office, monkeypatch):
    anna, bekzat = await office.reader(1), await office.reader(2)
    await office.owe(article(7), anna, bekzat)
    alert = render.alert

    def poisoned(story, reader, now):
        if reader.ref == anna.ref:
            raise LookupError("no such language")
        return alert(story, reader, now)

    monkeypatch.setattr(render, "alert", poisoned)
    told = await composed(office)
    assert told[anna.ref][0].message.html.startswith("Visa story 7\n")
    assert "The first sentence" in told[bekzat.ref][0].message.html


@pytest.mark.parametrize("broken", ["chats", "subscriptions"])
async def test_what_can_not_be_looked_up_for_one_chat_is_missing_for_it_alone(office, broken):
    readers = [await office.reader(number) for number in range(1, 5)]
    for number, reader in enumerate(readers):
        await office.owe(article(10 + number), reader)
    setattr(office, broken, Poisoned(getattr(office, broken), readers[1].ref))
    told = await composed(office)
    assert set(told) == {reader.ref for reader in readers} - {readers[1].ref}
    assert all(len(each) == 1 for each in told.values())


class Poisoned:
    """A store in which what is kept of one chat can't be read."""

    def __init__(self, whole, ref: ChatRef):
        self.whole = whole
        self.ref = ref

    async def get_many(self, refs):
        return await self._unless_poisoned(refs, self.whole.get_many)

    async def of_many(self, refs):
        return await self._unless_poisoned(refs, self.whole.of_many)

    async def _unless_poisoned(self, refs, method):
        if self.ref in refs:
            raise ValueError("'de' is not a valid Language")
        return await method(refs)


async def test_a_store_that_is_away_is_said_to_be(office):
    anna = await office.reader(1)
    await office.owe(article(7), anna)
    office.chats = Failing(office.chats, frozenset({"get_many"}))
    with pytest.raises(compose.StoreUnavailable):
        await composed(office)


async def test_what_waited_for_two_days_is_dropped_and_what_is_newer_is_not(office):
    anna = await office.reader(1)
    await office.owe(article(7), anna)
    office.clock.skip(47 * 3600)
    await office.owe(article(8, published=office.clock.now()), anna)
    office.clock.skip(1.1 * 3600)
    ((told,),) = (await composed(office)).values()
    assert told.articles == (8,)


async def test_old_news_that_was_put_in_just_now_is_told(office):
    """MAX_AGE_HOURS may be longer than two days."""
    anna = await office.reader(1)
    await office.owe(article(7, minutes=70 * 60), anna)
    ((told,),) = (await composed(office)).values()
    assert told.articles == (7,)
