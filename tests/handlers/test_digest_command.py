"""`/digest`, as readers meet it."""

from dataclasses import replace
from datetime import time

import pytest

from bot.messages import replies
from bot.model import ChatRef, Digest, Part
from tests.builders.bank import rate
from tests.handlers.room import button, labels
from tests.handlers.test_buttons import put


@pytest.fixture
async def reader(room, anna):
    await room.say(anna, "/subscribe visa")
    return anna


async def chosen(room, person):
    return (await room.chat(person.id)).digest


@pytest.mark.parametrize(
    ("said", "digest", "at"),
    [
        ("/digest 07:30", Digest(), time(7, 30)),
        ("/digest 9.15", Digest(), time(9, 15)),
        ("/digest 20", Digest(), time(20)),
        ("/digest at 9:00", Digest(), time(9)),
        ("/digest в 7", Digest(), time(7)),
        ("/digest саат 7:30", Digest(), time(7, 30)),
        ("/digest 07:30 weekdays", Digest(weekdays_only=True), time(7, 30)),
        ("/digest по будням в 8:15", Digest(weekdays_only=True), time(8, 15)),
        ("/digest күн сайын саат 20:00", Digest(), time(20)),
        ("/digest on", Digest(), time(8)),
        ("/digest вкл", Digest(), time(8)),
        ("/digest weekdays", Digest(weekdays_only=True), time(8)),
        ("/digest По  будням", Digest(weekdays_only=True), time(8)),
        ("/digest иш күндөрү", Digest(weekdays_only=True), time(8)),
    ],
)
async def test_words_set_it(room, reader, said, digest, at):
    [answer] = await room.say(reader, said)
    chat = await room.chat(reader.id)
    assert (chat.digest, chat.daily_at) == (digest, at)
    assert f"{at:%H:%M}" in answer["text"]
    assert ChatRef(reader.id) in room.digests.due


@pytest.mark.parametrize("word", ["off", "выкл", "өчүк", "OFF"])
async def test_off_ends_it(room, reader, word):
    await room.say(reader, "/digest 08:00")
    await room.say(reader, f"/digest {word}")
    assert await chosen(room, reader) is None
    assert room.digests.due == {}


@pytest.mark.parametrize(
    "rubbish",
    [
        "25:00",
        "24",
        "8:5",
        "22:00-08:00",
        "soon",
        "🌞",
        "08:00 maybe",
        "08:00 09:00",
        "08:00 off",
        "<b>",
    ],
)
async def test_what_it_can_not_follow_it_says_how_to_write(room, reader, rubbish):
    [answer] = await room.say(reader, f"/digest {rubbish}")
    assert "/digest 08:00" in answer["text"]
    assert await chosen(room, reader) is None


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", "“25:00” is no time of day"), ("ru", "«25:00» – не время"), ("ky", "убакыт эмес")],
)
async def test_a_time_that_no_day_has_is_named_as_what_is_wrong(room, language, said):
    reader = room.telegram.person("Reader", language)
    [answer] = await room.say(reader, "/digest 25:00")
    assert said in answer["text"]
    assert "/digest 08:00" in answer["text"]


async def test_now_sends_one_at_once_which_is_not_todays(room, reader):
    room.rates.put(rate("87.4500", "2026-03-02"))
    await room.publish("Visas for nurses")
    [answer] = await room.say(reader, "/digest now")
    for part in ("Monday, March 2", "USD 87.4500", "Visas for nurses", "1 article on 24.kg"):
        assert part in answer["caption"]
    assert answer["photo"]
    assert room.digests.records == {}


async def test_its_parts_time_and_days_are_chosen_by_buttons(room, reader):
    await room.say(reader, "/digest 08:00")
    [menu] = await room.say(reader, "/digest")
    for pressed in ("dg:chart", "dg:days", "dg:20:00"):
        await room.press(reader, menu, pressed)
    chat = await room.chat(reader.id)
    assert chat.digest == Digest(frozenset(Part) - {Part.CHART}, weekdays_only=True)
    assert chat.daily_at == time(20)
    assert "✓ 20:00" in labels(room.now(menu))
    await room.press(reader, menu, "dg:off")
    assert await chosen(room, reader) is None


async def test_a_new_reader_is_asked_once_whether_it_is_wanted(room, anna):
    [first] = await room.say(anna, "/subscribe visa")
    [second] = await room.say(anna, "/subscribe China")
    assert "every day at 08:00" in first["text"]
    assert "every day" not in second["text"]
    await room.press(anna, first, button(first, "dg"))
    assert await chosen(room, anna) == Digest()


async def test_who_has_one_is_not_asked(room, anna):
    await room.say(anna, "/digest 08:00")
    [answer] = await room.say(anna, "/subscribe visa")
    assert "every day" not in answer["text"]


async def test_a_group_is_not_asked(room, anna):
    group = room.telegram.group("Neighbours", [anna], supergroup=True)
    await room.hear()
    [answer] = await room.say(anna, "/subscribe visa", group)
    assert "visa" in answer["text"]
    assert "every day" not in answer["text"]


async def test_a_button_of_another_version_is_outdated(room, reader):
    menu = await put(room, reader, ["dg:weather"])
    toast = await room.press(reader, menu, "dg:weather")
    assert toast == replies.toast_outdated(await room.chat(reader.id))
    assert await chosen(room, reader) is None


@pytest.mark.parametrize(
    ("language", "off", "on", "weekdays"),
    [
        ("en", "digest: off", "digest: every day at 07:30", "digest: on weekdays at 07:30"),
        ("ru", "дня: отключена", "дня: каждый день в 07:30", "дня: по будням в 07:30"),
        ("ky", "баяны: өчүк", "баяны: күн сайын саат 07:30", "баяны: иш күндөрү саат 07:30"),
    ],
)
async def test_settings_say_whether_it_is_on_and_when_it_comes(room, language, off, on, weekdays):
    reader = room.telegram.person("Reader", language)
    [before] = await room.say(reader, "/settings")
    await room.say(reader, "/digest 07:30")
    [daily] = await room.say(reader, "/settings")
    await room.say(reader, "/digest weekdays")
    [worked] = await room.say(reader, "/settings")
    shown = before["text"], daily["text"], worked["text"]
    assert all(said in text for said, text in zip((off, on, weekdays), shown, strict=True))


async def test_settings_name_it(room, reader):
    chat = await room.chat(reader.id)
    await room.chats.save(replace(chat, digest=Digest()))
    [answer] = await room.say(reader, "/digest")
    assert "every day at 08:00" in answer["text"]
