"""When and how a chat is told: pause, quiet hours, limits, mute, and the ways of a subscription."""

import math
from dataclasses import replace
from datetime import time, timedelta

import pytest

from bot.messages import replies
from bot.messages.render import Met, Story, alert
from bot.model import Alert, Button, ChatRef, Delivery, Message, Quiet, Repeats
from tests.builders.news import article
from tests.handlers.room import data, labels


async def card_of(room, person):
    [listed] = await room.say(person, "/list")
    await room.press(person, listed, data(listed)[0])
    return room.now(listed)


async def subscription(room, person):
    [kept] = await room.subscriptions.of(ChatRef(person.id))
    return kept


async def test_a_pause_is_said_wherever_it_would_mislead_and_ends(room, anna):
    await room.say(anna, "/subscribe visa")
    [answer] = await room.say(anna, "/pause")
    assert "/resume" in answer["text"]
    assert (await room.chat(anna.id)).is_paused
    for command in ("/list", "/settings"):
        [shown] = await room.say(anna, command)
        assert "I'm paused here" in shown["text"]
    [answer] = await room.say(anna, "/resume")
    assert "I'm back" in answer["text"]
    assert not (await room.chat(anna.id)).is_paused
    [shown] = await room.say(anna, "/list")
    assert "paused" not in shown["text"]


async def test_who_follows_something_in_a_pause_hears_of_it_and_may_end_it_there(room, anna):
    await room.say(anna, "/pause")
    [answer] = await room.say(anna, "/subscribe visa")
    assert "nothing comes until you say /resume" in answer["text"]
    await room.press(anna, answer, "resume:here")
    assert not (await room.chat(anna.id)).is_paused
    assert "Resume" not in labels(room.now(answer))
    assert "visa" in room.now(answer)["text"]
    [again] = await room.say(anna, "/subscribe visa, fee")
    assert "paused" not in again["text"]


@pytest.mark.parametrize(
    ("language", "said", "until", "note"),
    [
        ("en", "/pause 2h", "until March 2, 14:00", "paused here until March 2, 14:00"),
        ("en", "/pause for 3 days", "until March 5, 12:00", "until March 5, 12:00"),
        ("ru", "/pause на 2 часа", "Молчу до 2 марта, 14:00", "пауза до 2 марта, 14:00"),
        ("ky", "/pause 1 күн", "баштайм: 3-март, 12:00", "бүтөт: 3-март, 12:00"),
    ],
)
async def test_a_pause_for_a_while_says_when_it_ends_and_ends_then(
    room, language, said, until, note
):
    person = room.telegram.person("Reader", language)
    [answer] = await room.say(person, said)
    assert until in answer["text"]
    assert labels(answer)
    for command in ("/settings", "/list", "/subscribe visa"):
        [shown] = await room.say(person, command)
        assert until.rpartition(" до ")[2].split(": ")[-1].removeprefix("until ") in shown["text"]
        assert note in shown["text"] or command == "/subscribe visa"
    room.clock.pass_time(4 * 86400)
    [shown] = await room.say(person, "/settings")
    assert "⏸" not in shown["text"]
    await room.say(person, "/settings 7")
    chat = await room.chat(person.id)
    assert (chat.is_paused, chat.paused_until, chat.most_a_day) == (False, None, 7)


@pytest.mark.parametrize(
    ("language", "told"),
    [("en", "There is no pause here"), ("ru", "Паузы здесь нет"), ("ky", "тыныгуу жок")],
)
async def test_whoever_goes_on_without_a_pause_is_told_that_there_is_none(room, language, told):
    [answer] = await room.say(room.telegram.person("Reader", language), "/resume")
    assert told in answer["text"]


@pytest.mark.parametrize("said", ["/pause", "/pause 2h"])
async def test_whoever_pauses_for_a_while_may_go_on_sooner_or_stay_silent(room, anna, said):
    await room.say(anna, "/pause 3 weeks")
    await room.say(anna, said)
    chat = await room.chat(anna.id)
    assert (chat.paused_until is None) == (said == "/pause")
    await room.say(anna, "/resume")
    chat = await room.chat(anna.id)
    assert (chat.is_paused, chat.paused_until) == (False, None)


@pytest.mark.parametrize(
    ("language", "told"),
    [("en", "how long “a bit” is"), ("ru", "на сколько это: «a bit»"), ("ky", "«a bit» канча")],
)
async def test_a_pause_of_no_known_length_is_none_and_says_how_to_write_it(room, language, told):
    person = room.telegram.person("Reader", language)
    [answer] = await room.say(person, "/pause a bit")
    assert told in answer["text"]
    assert "/pause 2 " in answer["text"]
    assert not (await room.chat(person.id)).is_paused


async def test_what_is_refused_in_a_pause_says_nothing_of_it(room, anna):
    await room.say(anna, "/pause")
    [answer] = await room.say(anna, "/subscribe (")
    assert "paused" not in answer["text"]


async def test_the_button_of_the_settings_pauses_and_resumes(room, anna):
    [menu] = await room.say(anna, "/settings")
    await room.press(anna, menu, "pause:on")
    assert "Resume" in labels(room.now(menu))
    await room.press(anna, room.now(menu), "pause:off")
    assert not (await room.chat(anna.id)).is_paused


@pytest.mark.parametrize(
    ("said", "quiet"),
    [
        ("22:00-08:00", Quiet(time(22), time(8))),
        ("22-8", Quiet(time(22), time(8))),
        ("from 22:00 to 8:00", Quiet(time(22), time(8))),
        ("с 22 до 8", Quiet(time(22), time(8))),
        ("22:00дөн 08:00гө чейин", Quiet(time(22), time(8))),
        ("22ден 8ге", Quiet(time(22), time(8))),
        ("9.30 – 10:15", Quiet(time(9, 30), time(10, 15))),
        ("00:00—23:59", Quiet(time(0), time(23, 59))),
    ],
)
async def test_quiet_hours_are_said_as_people_write_them(room, anna, said, quiet):
    [answer] = await room.say(anna, f"/settings {said}")
    assert f"{quiet.begin:%H:%M}–{quiet.end:%H:%M}" in answer["text"]
    assert (await room.chat(anna.id)).quiet == quiet


async def test_hours_that_never_end_are_refused(room, anna):
    [answer] = await room.say(anna, "/settings 8-8")
    assert "/pause" in answer["text"]
    assert (await room.chat(anna.id)).quiet is None


@pytest.mark.parametrize(
    "said", ["25:00-08:00", "22:60-8", "24-8", "8", "1000", "8:61", "-5", "22:00-", "٣", "²"]
)
async def test_what_sets_nothing_is_answered_with_what_would(room, anna, said):
    before = await room.say(anna, "/settings") and await room.chat(anna.id)
    [answer] = await room.say(anna, f"/settings {said}")
    after = await room.chat(anna.id)
    if said == "8":
        assert after == replace(before, most_a_day=8)
    else:
        assert after == before
        good = "/settings 22:00-08:00", "/settings 08:00", "/settings 5"
        assert any(example in answer["text"] for example in good)


@pytest.mark.parametrize("said", ["1000", "-5", "99999999999999999999"])
@pytest.mark.parametrize(
    ("language", "told"),
    [("en", "from 1 to 999, or 0"), ("ru", "от 1 до 999 или 0"), ("ky", "1ден 999га чейинки")],
)
async def test_a_limit_that_can_not_be_is_told_what_it_may_be(room, language, told, said):
    [answer] = await room.say(room.telegram.person("Reader", language), f"/settings {said}")
    assert told in answer["text"]


async def test_the_daily_time_and_limit_are_said_or_pressed(room, anna):
    await room.say(anna, "/settings 07:30")
    await room.say(anna, "/settings 7")
    chat = await room.chat(anna.id)
    assert (chat.daily_at, chat.most_a_day) == (time(7, 30), 7)
    for kind, button in (("daily", "daily:20:00"), ("most", "most:0"), ("repeats", "rep:drop")):
        [menu] = await room.say(anna, "/settings")
        await room.press(anna, menu, f"set:{kind}")
        assert await room.press(anna, room.now(menu), button) == "Saved."
    chat = await room.chat(anna.id)
    assert (chat.daily_at, chat.most_a_day, chat.repeats) == (time(20), 0, Repeats.DROP)


async def test_quiet_hours_are_chosen_and_switched_off_by_buttons(room, anna):
    [menu] = await room.say(anna, "/settings")
    await room.press(anna, menu, "set:quiet")
    await room.press(anna, room.now(menu), "quiet:22:00-08:00")
    assert (await room.chat(anna.id)).quiet == Quiet(time(22), time(8))
    await room.press(anna, room.now(menu), "set:quiet")
    assert "✓ 22:00–08:00" in labels(room.now(menu))
    await room.press(anna, room.now(menu), "quiet:off")
    assert (await room.chat(anna.id)).quiet is None


@pytest.mark.parametrize("delivery", [*Delivery][1:])
async def test_a_subscription_is_told_as_its_card_says(room, anna, delivery):
    await room.say(anna, "/subscribe visa")
    card = await card_of(room, anna)
    kept = await subscription(room, anna)
    await room.press(anna, card, f"d:{kept.key}:{delivery}")
    assert (await subscription(room, anna)).delivery is delivery
    [listed] = await room.say(anna, "/list")
    words = {"silent": "silently"}.get(delivery, delivery)
    assert words in listed["text"]


async def test_a_subscription_is_muted_for_a_day_and_told_again_on_its_card(room, anna):
    await room.say(anna, "/subscribe visa")
    kept = await subscription(room, anna)
    card = await card_of(room, anna)
    assert await room.press(anna, card, "Mute for a day") == "Saved."
    muted = await subscription(room, anna)
    left = muted.muted_until - room.clock.now()
    assert timedelta(hours=23, minutes=59) < left <= timedelta(days=1)
    assert "muted until" in room.now(card)["text"]
    assert await room.press(anna, card, "Unmute") == "Saved."
    assert await subscription(room, anna) == kept
    assert "Mute for a day" in labels(room.now(card))


async def test_under_an_alert_it_is_muted_and_the_way_back_is_told(room, anna):
    await room.say(anna, "/subscribe visa")
    kept = await subscription(room, anna)
    told = await alert_for(room, anna, kept)
    toast = await room.press(anna, told, "Mute for a day")
    assert toast == "No news about “visa” for a day. The way back: /list"
    assert "Mute for a day" not in labels(room.now(told))
    assert "Unsubscribe “visa”" in labels(room.now(told))
    [listed] = await room.say(anna, "/list")
    assert "muted until" in listed["text"]


async def test_what_was_ended_can_not_be_muted_and_the_button_goes(room, anna):
    await room.say(anna, "/subscribe visa")
    kept = await subscription(room, anna)
    told = await alert_for(room, anna, kept)
    await room.say(anna, "/unsubscribe visa")
    toast = replies.toast_gone(await room.chat(anna.id))
    assert await room.press(anna, told, "Mute for a day") == toast
    assert "Mute for a day" not in labels(room.now(told))
    assert await room.words(anna.id) == []


async def alert_for(room, person, *asked):
    """As delivery sends it."""
    met = tuple(Met(each, ((0, 4),), ()) for each in asked)
    message = alert(Story(article(7), "", met), await room.chat(person.id), room.clock.now())
    await room.services.messenger.send(asked[0].chat, message)
    return room.telegram.history(person.id)[-1]


async def test_all_that_an_alert_meets_is_muted_together(room, anna):
    await room.say(anna, "/subscribe visa, snow, rain, dollar")
    kept = await room.subscriptions.of(ChatRef(anna.id))
    met = [each for each in kept if each.text != "dollar"]
    told = await alert_for(room, anna, *met)
    toast = await room.press(anna, told, "Mute these for a day")
    assert all(f"“{each.text}”" in toast for each in met)
    muted = {
        each.text for each in await room.subscriptions.of(ChatRef(anna.id)) if each.muted_until
    }
    assert muted == {"visa", "snow", "rain"}
    await room.say(anna, "/unsubscribe visa, snow")
    again = await alert_for(room, anna, *met)
    assert "“rain”" in await room.press(anna, again, "Mute these for a day")


async def test_a_mute_that_is_over_is_said_no_more(room, anna):
    await room.say(anna, "/subscribe visa")
    await room.press(anna, await card_of(room, anna), "Mute for a day")
    room.clock.pass_time(86401)
    [listed] = await room.say(anna, "/list")
    assert "muted" not in listed["text"]
    assert "Mute for a day" in labels(await card_of(room, anna))


WRONG = ["m:gone", "mute:{}:", "mute:{}", "mute:gone:on", "d:{}:weekly", "d:{}", "d:gone:daily"]
WRONG += ["quiet:25:00-8", "quiet:", "daily:24:00", "most:x", "most:-1", "rep:both", "pause:"]


@pytest.mark.parametrize("pressed", WRONG)
async def test_a_button_that_never_was_changes_nothing(room, anna, pressed):
    await room.say(anna, "/subscribe visa")
    kept, before = await subscription(room, anna), await room.chat(anna.id)
    data_ = pressed.format(kept.key)
    await room.services.messenger.send(kept.chat, Message("x", ((Button("x", data=data_),),)))
    assert await room.press(anna, room.telegram.history(anna.id)[-1], "x")
    assert (await subscription(room, anna), await room.chat(anna.id)) == (kept, before)


async def test_the_button_under_a_pause_ends_it(room, anna):
    [answer] = await room.say(anna, "/pause")
    assert await room.press(anna, answer, "Resume") == ""
    assert "I'm back" in room.now(answer)["text"]
    assert not (await room.chat(anna.id)).is_paused


async def test_who_resumes_in_quiet_hours_is_told_when_they_end(room, anna):
    await room.say(anna, "/settings UTC")
    now = room.clock.now()
    begin, end = now - timedelta(hours=1), now + timedelta(hours=1)
    await room.say(anna, f"/settings {begin:%H:%M}-{end:%H:%M}")
    await room.say(anna, "/pause")
    [answer] = await room.say(anna, "/resume")
    assert answer["text"].endswith(f"it comes at {end:%H:%M}.")


async def test_a_list_without_subscriptions_says_too_that_it_is_paused(room, anna):
    await room.say(anna, "/pause")
    [listed] = await room.say(anna, "/list")
    assert "I'm paused here" in listed["text"]


@pytest.mark.parametrize("said", ["off", "OFF", "выкл", "өчүк"])
async def test_quiet_hours_are_switched_off_by_a_word(room, anna, said):
    await room.say(anna, "/settings 22-8")
    [answer] = await room.say(anna, f"/settings {said}")
    assert "Quiet hours: none" in answer["text"]
    assert (await room.chat(anna.id)).quiet is None


async def test_every_setting_that_may_let_something_out_lets_it_out(room, anna):
    await room.say(anna, "/subscribe visa")
    kept = await subscription(room, anna)
    [menu] = await room.say(anna, "/settings")
    card = await card_of(room, anna)
    for place, choice in [
        (menu, "pause:on"),
        (menu, "pause:off"),
        (menu, "set:quiet"),
        (menu, "quiet:off"),
        (menu, "set:daily"),
        (menu, "daily:20:00"),
        (menu, "set:most"),
        (menu, "most:0"),
        (menu, "set:timezone"),
        (menu, "tz:Europe/Berlin"),
        (card, f"d:{kept.key}:hourly"),
        (card, f"mute:{kept.key}:on"),
        (card, f"mute:{kept.key}:off"),
    ]:
        await put_aside(room, kept)
        await room.press(anna, place, choice)
        assert bool(room.outbox.aside) is choice.startswith("set:"), choice


async def put_aside(room, kept):
    """Let one alert be put aside."""
    now = room.clock.now().timestamp()
    room.outbox.put([Alert(kept.chat, 7, (kept.key,))], now)
    for bundle in await room.outbox.take(now, 30, 9):
        await room.outbox.hold(bundle, {7: math.inf})
    assert room.outbox.aside


async def test_a_topic_decides_for_itself(room, anna):
    forum = room.telegram.group("Neighbours", [anna], forum=True)
    topic = room.telegram.topic(forum, "News")
    await room.hear()
    await room.say(anna, "/settings 22-8", forum)
    await room.say(anna, "/pause", forum, thread=topic)
    await room.say(anna, "/settings 23-9", forum, thread=topic)
    of_group, of_topic = await room.chat(forum), await room.chat(forum, topic)
    assert (of_group.is_paused, of_group.quiet) == (False, Quiet(time(22), time(8)))
    assert (of_topic.is_paused, of_topic.quiet) == (True, Quiet(time(23), time(9)))


@pytest.mark.parametrize("pressed", ["m:{}", "mute:{}:on", "d:{}:daily", "pause:on", "resume:now"])
async def test_in_a_group_only_administrators_press(room, anna, pressed):
    boris = room.telegram.person("Boris", "en")
    group = room.telegram.group("Neighbours", [anna, boris], admins=(anna,))
    await room.hear()
    await room.say(anna, "/subscribe visa", group)
    [kept] = await room.subscriptions.of(ChatRef(group))
    button = Button("x", data=pressed.format(kept.key))
    await room.services.messenger.send(kept.chat, Message("x", ((button,),)))
    toast = replies.toast_admins_only(await room.chat(group))
    assert await room.press(boris, room.telegram.history(group)[-1], "x") == toast
    assert await room.subscriptions.of(ChatRef(group)) == [kept]
    assert not (await room.chat(group)).is_paused


@pytest.mark.parametrize("said", ["/pause@jarchy_bot", "/settings@jarchy_bot 22-8"])
async def test_in_a_group_administrators_decide(room, anna, said):
    boris = room.telegram.person("Boris", "en")
    group = room.telegram.group("Neighbours", [anna, boris], admins=(anna,))
    await room.hear()
    before = await room.chat(group)
    [answer] = await room.say(boris, said, group)
    assert "administrator" in answer["text"].lower()
    assert await room.chat(group) == before
    await room.say(anna, said, group)
    assert await room.chat(group) != before
