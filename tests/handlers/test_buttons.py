from dataclasses import replace
from decimal import Decimal

import pytest
import structlog

from bot.flows.chats import Defaults
from bot.messages import replies
from bot.model import Button, ChatRef, Edition, Item, Language, Message, Rate
from handlers import ROUTES
from tests.builders.hits import hit
from tests.handlers.room import Room, button, data, labels, shown


async def put(room, person, *rows):
    """A message of the bot with these buttons, by their data."""
    buttons = tuple(tuple(Button(each, data=each) for each in row) for row in rows)
    await room.services.messenger.send(ChatRef(person.id), Message("Choose", buttons))
    return room.telegram.history(person.id)[-1]


@pytest.fixture
async def reader(room, anna):
    await room.say(anna, "/start")
    return anna


@pytest.fixture
async def room_of_two():
    """A bot that reads two editions."""
    room = Room()
    await room.open(Defaults(Language.EN, "Asia/Bishkek", frozenset({Edition.EN, Edition.RU})))
    yield room
    await room.close()


@pytest.fixture
def reader_of_two(room_of_two):
    return room_of_two.telegram.person("Anna", "en")


async def test_a_suggested_word_is_subscribed_to_with_a_press(room, anna):
    [welcome] = await room.say(anna, "/start")
    before = len(room.telegram.history(anna.id))
    assert await room.press(anna, welcome, "visa") == ""
    assert await room.words(anna.id) == ["visa"]
    [done] = room.telegram.history(anna.id)[before:]
    assert "visa" in done["text"]
    assert room.now(welcome) == welcome


async def test_what_is_refused_offers_the_nearest_query_on_a_button(room, reader):
    [refused] = await room.say(reader, "/subscribe -visa")
    assert await room.words(reader.id) == []
    [offer] = labels(refused)
    assert await room.press(reader, refused, offer) == ""
    assert await room.words(reader.id) == ["visa"]


async def test_unsubscribe_offers_all_and_loses_each_that_is_pressed(room, reader):
    await room.say(reader, "/subscribe visa, China")
    [offer] = await room.say(reader, "/unsubscribe")
    assert len(labels(offer)) == 2
    visa = next(each for each in labels(offer) if "visa" in each)
    assert "visa" in await room.press(reader, offer, visa)
    assert await room.words(reader.id) == ["China"]
    assert labels(room.now(offer)) == [each for each in labels(offer) if each != visa]

    [last] = labels(room.now(offer))
    assert "China" in await room.press(reader, offer, last)
    assert labels(room.now(offer)) == []
    assert await room.words(reader.id) == []


async def test_the_button_under_an_alert_ends_the_subscription_and_leaves_the_alert(room, reader):
    await room.say(reader, "/subscribe visa")
    [kept] = await room.subscriptions.of(ChatRef(reader.id))
    buttons = ((Button("Read", url="https://24.kg/1/"), Button("Stop", data=f"u:{kept.key}")),)
    alert = Message('<b><a href="https://24.kg/1/">Visas</a></b>', buttons, "https://24.kg/1/")
    await room.services.messenger.send(ChatRef(reader.id), alert)
    sent = room.telegram.history(reader.id)[-1]
    assert "visa" in await room.press(reader, sent, "Stop")
    assert room.now(sent)["text"] == sent["text"]
    assert labels(room.now(sent)) == ["Read"]


async def test_the_button_of_an_ended_subscription_says_so_and_goes(room, reader):
    [done] = await room.say(reader, "/subscribe visa")
    await room.say(reader, "/unsubscribe visa")
    toast = replies.toast_gone(await room.chat(reader.id))
    assert await room.press(reader, done, button(done, "u")) == toast
    assert data(room.now(done)) == [each for each in data(done) if each != button(done, "u")]


async def test_many_subscriptions_are_shown_page_by_page(room, reader):
    await room.say(reader, "/subscribe " + ", ".join(f"word{n}" for n in range(30)))
    for command, kind in (("/list", "lp"), ("/unsubscribe", "up")):
        [first] = await room.say(reader, command)
        assert await room.press(reader, first, f"{kind}:1") == ""
        second = room.now(first)
        assert set(data(second)).isdisjoint(
            each for each in data(first) if each[0:2] in {"c:", "u:"}
        )


async def test_to_press_for_the_page_that_is_shown_is_no_error(room, reader):
    await room.say(reader, "/subscribe " + ", ".join(f"word{n}" for n in range(30)))
    [listed] = await room.say(reader, "/list")
    with structlog.testing.capture_logs() as lines:
        assert await room.press(reader, listed, "lp:0") == ""
    assert lines == []
    assert labels(room.now(listed)) == labels(listed)


async def test_settings_are_walked_through_in_one_message(room, reader):
    [menu] = await room.say(reader, "/settings")
    await room.press(reader, menu, "set:language")
    assert data(room.now(menu)) == ["lang:en", "lang:ru", "lang:ky", "set:menu"]
    await room.press(reader, menu, "lang:ru")
    chat = await room.chat(reader.id)
    assert (chat.language, chat.editions) == (Language.RU, {Edition.RU})
    assert room.now(menu)["text"] == shown(replies.settings(chat))

    await room.press(reader, menu, "set:editions")
    await room.press(reader, menu, "ed:en")
    assert (await room.chat(reader.id)).editions == {Edition.EN, Edition.RU}
    await room.press(reader, menu, "set:menu")
    await room.press(reader, menu, "set:timezone")
    await room.press(reader, menu, "tz:Europe/Berlin")
    chat = await room.chat(reader.id)
    assert chat.timezone == "Europe/Berlin"
    assert room.now(menu)["text"] == shown(replies.settings(chat))


async def test_the_last_edition_stays_and_the_reader_is_told(room, reader):
    [menu] = await room.say(reader, "/settings")
    await room.press(reader, menu, "set:editions")
    toast = replies.toast_last_edition(await room.chat(reader.id))
    assert await room.press(reader, menu, "ed:en") == toast
    assert (await room.chat(reader.id)).editions == {Edition.EN}


async def test_what_is_not_read_at_all_is_not_offered(room_of_two, reader_of_two):
    room, reader = room_of_two, reader_of_two
    item = Item(Edition.EN, 1, "https://24.kg/1/", "A headline", room.clock.now())
    await room.articles.baseline(Edition.EN, [item], None)
    [latest] = await room.say(reader, "/latest")
    assert set(data(latest)) == {"l:en", "l:ru"}
    [menu] = await room.say(reader, "/settings")
    await room.press(reader, menu, "set:editions")
    assert data(room.now(menu)) == ["ed:en", "ed:ru", "set:menu"]


async def test_subscriptions_follow_the_editions_that_are_chosen(room, reader):
    await room.say(reader, "/subscribe 24, виза")
    [menu] = await room.say(reader, "/settings")
    await room.press(reader, menu, "set:editions")
    await room.press(reader, menu, "ed:ru")
    found = {each.text: each.editions for each in await room.subscriptions.of(ChatRef(reader.id))}
    assert found == {"24": {Edition.EN, Edition.RU}, "виза": {Edition.RU}}


OUTDATED = ["x", "x:1", "", ":", "lp:", "lp:-1", "lp:²", "l:de", "lang:", "ed:uk", "tz:Mars/Base"]
OUTDATED += [
    "set:colour",
    "tz:../../etc/passwd",
    "lp:٣",
    "l:fr",
    "l:en:<1",
    "l:en:=1.1",
    "l:en:<1.",
]
OUTDATED += [
    "l:en:<99999999999999.1",
    "l:en:<١.1",
    "l:en:<1.1",
    "l::>99999999999.1",
    "pop:fr",
    "pop:",
]
OUTDATED += ["rp:", "rp:usd", "rp:usd:0", "rp:usd:9999", "rp:USD:30", "rp:usd:٣٠", "rp:x:30"]


@pytest.mark.parametrize("pressed", [each for each in OUTDATED if each])
async def test_an_outdated_button_is_answered_with_a_toast(room, reader, pressed):
    message = await put(room, reader, [pressed])
    toast = replies.toast_outdated(await room.chat(reader.id))
    assert await room.press(reader, message, pressed) == toast
    assert room.now(message) == message


async def test_a_page_far_away_is_the_nearest_there_is(room, reader):
    await room.say(reader, "/subscribe visa")
    message = await put(room, reader, ["lp:99999999999999999999"])
    assert await room.press(reader, message, "lp:99999999999999999999") == ""
    assert "visa" in room.now(message)["text"]


async def test_a_press_on_a_message_that_is_gone_does_what_it_can(room, reader):
    message = await put(room, reader, ["s:visa"])
    query = room.telegram.press(reader, reader.id, message["message_id"], "s:visa")
    room.telegram.delete(reader.id, message["message_id"])
    await room.hear()
    assert query in room.telegram.callback_answers
    assert await room.words(reader.id) == ["visa"]


async def test_a_press_on_a_message_too_old_to_be_shown_does_what_it_can(room, reader):
    message = await put(room, reader, ["s:visa", "lp:0"])
    for pressed in ("s:visa", "lp:0"):
        query = room.telegram.press(reader, reader.id, message["message_id"], pressed)
        [update] = await room.bot.get_updates(room.offset, timeout=0)
        old = {"chat": {"id": reader.id, "type": "private"}, "message_id": 1, "date": 0}
        raw = update.to_dict()["callback_query"] | {"message": old}
        room.telegram.push_update({"callback_query": raw})
        room.offset = update.update_id + 1
        await room.hear()
        assert query in room.telegram.callback_answers
    assert await room.words(reader.id) == ["visa"]


async def test_a_press_that_comes_from_no_chat_is_answered_all_the_same(room, reader):
    message = await put(room, reader, ["u:key"])
    query = room.telegram.press(reader, reader.id, message["message_id"], "u:key")
    [update] = await room.bot.get_updates(room.offset, timeout=0)
    raw = update.to_dict()["callback_query"]
    del raw["message"]
    room.offset = update.update_id + 1
    room.telegram.push_update({"callback_query": raw | {"inline_message_id": "abc"}})
    await room.hear()
    answer = room.telegram.callback_answers[query]
    assert answer["text"] == replies.toast_outdated(await room.chat(reader.id))


async def opened(room, reader, pressed):
    """The card that a button opens."""
    message = await put(room, reader, [pressed])
    await room.press(reader, message, pressed)
    return room.now(message)


SETTINGS = [
    f"set:{each}"
    for each in ("language", "editions", "timezone", "quiet", "daily", "most", "repeats")
]


async def test_every_button_that_the_bot_offers_does_something(room, reader):
    await room.say(reader, "/subscribe " + ", ".join(f"word{n}" for n in range(30)))
    room.rates.put(Rate("USD", Decimal("87.45"), "2026-03-02", "bank"))
    room.search.add(*(hit(number) for number in range(1, 20)))
    offered = [
        each
        for said in (
            "/start",
            "/list",
            "/unsubscribe",
            "/settings",
            "visa",
            "/latest",
            "/popular",
            "/pause",
            "/digest",
            "/digest 08:00",
            "/rates",
            "/rates usd 30",
            "/alert $ > 88",
            "/search visa",
            f"/search {'long words ' * 8}",
            "/subscribe snow or ice",
        )
        for each in await room.say(reader, said)
    ]
    for choice in SETTINGS:
        [menu] = await room.say(reader, "/settings")
        await room.press(reader, menu, choice)
        offered.append(room.now(menu))
    await room.publish(*(f"Visas of Korea, part {n}" for n in range(12)))
    await room.publish(*(f"Visas of Oman, part {n}" for n in range(18)))
    room.clock.pass_time(60)
    await room.recent.look()
    await room.say(reader, "/subscribe visa, China -Hong")
    [done] = await room.say(reader, "/subscribe visa")
    [listed] = await room.say(reader, "/list")
    for page in ("lp:4", "lp:3"):
        await room.press(reader, listed, page)
        offered.append(room.now(listed))
    for card in data(room.now(listed))[-5:-3]:
        offered += [done, await opened(room, reader, card)]
    kinds = {pressed.partition(":")[0] for message in offered for pressed in data(message)}
    assert kinds == set(ROUTES) - {"l", "m", "rl"}
    chat = await room.chat(reader.id)
    outdated = {replies.toast_outdated(replace(chat, language=each)) for each in Language}
    for message in offered:
        for pressed in data(message):
            await room.services.subscribing.subscribe(chat, "visa, China -Hong, snow or ice")
            again = await put(room, reader, [pressed])
            assert await room.press(reader, again, pressed) not in {None, *outdated}
