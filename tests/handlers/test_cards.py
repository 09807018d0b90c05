"""What a subscription brings, and how it is changed by buttons."""

import pytest

from bot.matching.query import parse
from bot.matching.reading import reading
from bot.messages import replies
from bot.model import ChatRef, Edition, Language
from tests.handlers.room import button, data, labels

EN, RU, KY = Edition


@pytest.fixture
async def reader(room, anna):
    await room.say(anna, "/start")
    return anna


async def followed(room, reader):
    return {each.text: each.editions for each in await room.subscriptions.of(ChatRef(reader.id))}


async def card_of(room, reader):
    """The card of the first subscription."""
    [listed] = await room.say(reader, "/list")
    await room.press(reader, listed, button(listed, "c"))
    return room.now(listed)


async def test_the_answer_tells_how_it_was_read_and_what_it_would_have_met(room, reader):
    await room.publish("Snow in Naryn", "Visas to China get cheaper", "Visas for all", hours=30)
    await room.publish("A visa centre for China opens")
    await room.recent.look()
    [done] = await room.say(reader, "/subscribe visa China")
    told = done["text"].splitlines()
    assert told[1] == "I read it as: visa AND China"
    assert told[3] == "In the 1 day that I know: 2 articles, about 14 a week."
    assert told[4].startswith("The latest: A visa centre for China opens · ")
    [link] = [each for each in done["entities"] if each["type"] == "text_link"]
    assert link["url"].startswith("https://24.kg/english/")


@pytest.mark.parametrize(
    ("language", "typed", "button_of_it"),
    [
        ("en", "visa or border", "visa OR border"),
        ("en", "visa without China", "visa, not China"),
        ("ru", "виза или граница", "виза ИЛИ граница"),
        ("ru", "виза без Китая", "виза, без Китая"),
        ("ky", "виза же чегара", "виза ЖЕ чегара"),
        ("ky", "виза Кытай эмес", "виза, Кытай эмес"),
    ],
)
async def test_a_small_word_that_may_be_meant_as_a_sign_becomes_one_by_a_button(
    room, language, typed, button_of_it
):
    person = room.telegram.person("Reader", language)
    [done] = await room.say(person, f"/subscribe {typed}")
    assert button_of_it in labels(done)
    toast = await room.press(person, done, button(done, "o"))
    assert button_of_it.split()[-1].split(",")[0].casefold() in toast.casefold()
    [kept] = await room.subscriptions.of(ChatRef(person.id))
    assert reading(parse(kept.text), Language(language)) == button_of_it
    assert button_of_it not in labels(room.now(done))


async def test_a_query_that_has_no_small_words_has_no_such_button(room, reader):
    [done] = await room.say(reader, "/subscribe visa OR border")
    assert "o" not in {each.partition(":")[0] for each in data(done)}


async def test_what_met_nothing_so_far_says_so(room, reader):
    await room.publish("Snow in Naryn", hours=50)
    await room.publish("Snow in Osh", hours=26)
    await room.recent.look()
    [done] = await room.say(reader, "/subscribe visa")
    assert "In the 2 days that I know: nothing about it." in done["text"]


async def test_of_news_that_was_not_looked_through_nothing_is_said(room, reader):
    await room.say(reader, "/subscribe China")
    [done] = await room.say(reader, "/subscribe visa")
    assert done["text"] == "Done! I'll send you news about “visa”."


async def test_too_much_is_said_and_a_word_more_brings_fewer(room, reader):
    await room.publish(*(f"Visas of Korea, part {n}" for n in range(12)), hours=20)
    await room.publish(*(f"Visas of Oman, part {n}" for n in range(20)))
    await room.recent.look()
    [done] = await room.say(reader, "/subscribe visa")
    assert "That is about 32 a day. With one more word there will be fewer:" in done["text"]
    assert "… and Korea" in labels(done)
    toast = await room.press(reader, done, button(done, "n"))
    assert toast == "Done: “visa Korea”"
    assert await room.words(reader.id) == ["visa Korea"]
    assert "12 articles" in room.now(done)["text"]


async def test_a_word_is_widened_by_what_is_derived_from_it(room, reader):
    [done] = await room.say(reader, "/subscribe China")
    assert await room.press(reader, done, "+ Chinese") == "Done: “China | Chinese”"
    assert await room.words(reader.id) == ["China | Chinese"]
    card = room.now(done)
    assert "I read it as: China OR Chinese" in card["text"]
    assert "+ Chinese" not in labels(card)
    assert await room.press(reader, card, "− Chinese") == "Done: “China”"
    assert await room.words(reader.id) == ["China"]


async def test_the_same_is_followed_in_another_language_as_well(room, reader):
    [done] = await room.say(reader, "/subscribe China")
    assert await room.press(reader, done, "+ Китай (Русский)") == "Done: “Китай”"
    assert await followed(room, reader) == {"China": {EN}, "Китай": {RU}}
    assert "+ Китай (Русский)" not in labels(room.now(done))
    assert "+ Кытай (Кыргызча)" in labels(room.now(done))


async def test_one_word_of_two_languages_is_followed_in_both(room, reader):
    [done] = await room.say(reader, "/subscribe visa")
    await room.press(reader, done, "+ виза (Русский, Кыргызча)")
    assert await followed(room, reader) == {"visa": {EN}, "виза": {RU, KY}}


async def test_a_subscription_has_editions_of_its_own(room, reader):
    await room.say(reader, "/subscribe 24, 25")
    card = await card_of(room, reader)
    assert labels(card)[:3] == ["✓ English", "Русский", "Кыргызча"]
    assert await room.press(reader, card, "Русский") == "Saved."
    assert labels(room.now(card))[:2] == ["✓ English", "✓ Русский"]
    await room.press(reader, card, "✓ English")
    assert await followed(room, reader) == {"24": {RU}, "25": {EN}}
    [menu] = await room.say(reader, "/settings")
    await room.press(reader, menu, "set:editions")
    await room.press(reader, menu, "ed:ky")
    assert await followed(room, reader) == {"24": {RU}, "25": {EN, KY}}
    await room.say(reader, "/subscribe 24")
    assert (await followed(room, reader))["24"] == {RU}


async def test_the_last_edition_of_a_subscription_stays(room, reader):
    await room.say(reader, "/subscribe 24")
    card = await card_of(room, reader)
    toast = replies.toast_last_edition(await room.chat(reader.id))
    assert await room.press(reader, card, "✓ English") == toast
    assert await followed(room, reader) == {"24": {EN}}


async def test_an_edition_that_can_not_hold_the_words_is_not_offered(room, reader):
    await room.say(reader, "/subscribe виза")
    card = await card_of(room, reader)
    assert labels(card)[:2] == ["✓ Русский", "✓ Кыргызча"]
    key = button(card, "u").removeprefix("u:")
    [pressed] = [each for each in data(card) if each == f"e:{key}:ru"]
    again = await room.press(reader, card, pressed)
    assert again == "Saved."
    assert (await followed(room, reader))["виза"] == {KY}


async def test_from_a_card_one_unsubscribes_or_goes_back_to_the_list(room, reader):
    await room.say(reader, "/subscribe visa, China")
    card = await card_of(room, reader)
    await room.press(reader, card, button(card, "u"))
    assert len(await room.words(reader.id)) == 1
    await room.press(reader, card, "‹ Back")
    assert "1 subscription" in room.now(card)["text"]


STALE = ["c:gone", "e:gone:en", "w:gone:x", "n:gone:x", "x:gone:x", "t:gone:ru", "c:", "e:", "w:"]
WRONG = ["e:{}:de", "e:{}", "w:{}:visa", "w:{}:", "x:{}:visa", "x:{}", "t:{}:en", "t:{}:de"]


@pytest.mark.parametrize("pressed", STALE + WRONG)
async def test_a_button_that_no_longer_holds_is_answered_and_changes_nothing(room, reader, pressed):
    [done] = await room.say(reader, "/subscribe visa")
    before = await followed(room, reader)
    key = button(done, "u").removeprefix("u:")
    query = room.telegram.press(reader, reader.id, done["message_id"], button(done, "u"))
    [update] = await room.bot.get_updates(room.offset, timeout=0)
    room.offset = update.update_id + 1
    raw = update.to_dict()["callback_query"] | {"data": pressed.format(key)}
    room.telegram.push_update({"callback_query": raw})
    await room.hear()
    answer = room.telegram.callback_answers[query]["text"]
    assert answer == replies.toast_outdated(await room.chat(reader.id))
    assert await followed(room, reader) == before


async def test_what_would_be_too_much_is_refused(room, reader):
    words = "China " + " ".join(f"word{n}" for n in range(9))
    [done] = await room.say(reader, f"/subscribe {words}")
    toast = replies.toast_too_much(await room.chat(reader.id))
    assert await room.press(reader, done, "+ Chinese") == toast
    assert await room.words(reader.id) == [words]


async def test_another_language_counts_against_the_limit(room, reader):
    await room.say(reader, "/subscribe " + ", ".join(f"word{n}" for n in range(99)))
    [done] = await room.say(reader, "/subscribe visa")
    before = len(room.telegram.history(reader.id))
    await room.press(reader, done, "+ виза (Русский, Кыргызча)")
    assert "100 subscriptions" in room.telegram.history(reader.id)[before]["text"]
    assert await room.press(reader, done, button(done, "c")) == ""
