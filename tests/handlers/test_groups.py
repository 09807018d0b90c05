import pytest

from bot.messages import replies
from bot.model import ChatRef, Language
from simulator.telegram import Fault
from tests.handlers.room import button, data


@pytest.fixture
def boris(room):
    return room.telegram.person("Boris", "ru")


@pytest.fixture
async def group(room, anna, boris):
    """Anna's; Boris is a member."""
    group = room.telegram.group("Neighbours", [anna, boris], supergroup=True)
    await room.hear()
    return group


async def test_in_a_group_administrators_subscribe(room, anna, group):
    [done] = await room.say(anna, "/subscribe@jarchy_bot visa", group)
    assert "visa" in done["text"]
    assert await room.words(group) == ["visa"]
    assert await room.words(anna.id) == []


@pytest.mark.parametrize(
    "said",
    ["/subscribe visa", "/unsubscribe China", "/settings ru", "/start sub_dmlzYQ"],
)
async def test_in_a_group_others_change_nothing_and_are_told_why(room, anna, boris, group, said):
    await room.say(anna, "/subscribe China", group)
    before = await room.chat(group)
    [refused] = await room.say(boris, said, group)
    assert "administrators" in refused["text"]
    assert await room.words(group) == ["China"]
    assert await room.chat(group) == before


@pytest.mark.parametrize("said", ["/list", "/latest", "/help", "/settings", "/start", "/subscribe"])
async def test_in_a_group_everybody_may_look(room, boris, group, said):
    [answer] = await room.say(boris, said, group)
    assert "administrators" not in answer["text"]


async def test_in_a_group_only_administrators_press_what_changes_something(
    room, anna, boris, group
):
    await room.say(anna, "/subscribe visa", group)
    [listed] = await room.say(boris, "/list", group)
    toast = replies.toast_admins_only(await room.chat(group))
    assert await room.press(boris, listed, button(listed, "c")) == ""
    for change in ("u", "e", "t"):
        assert await room.press(boris, listed, button(room.now(listed), change)) == toast
    [menu] = await room.say(boris, "/settings", group)
    for each in data(menu):
        assert await room.press(boris, menu, each) == toast
    assert await room.words(group) == ["visa"]
    assert "visa" in await room.press(anna, listed, button(room.now(listed), "u"))
    assert await room.words(group) == []


async def test_an_administrator_may_stay_anonymous(room, anna, group):
    [done] = await room.say(anna, "/subscribe visa", group, anonymous=True)
    assert "visa" in done["text"]
    assert await room.words(group) == ["visa"]


async def test_who_speaks_for_another_channel_is_no_administrator(room, anna, group):
    channel = room.telegram.channel("Elsewhere", [anna], bot="left")
    [refused] = await room.say(anna, "/subscribe visa", group, as_channel=channel)
    assert "administrators" in refused["text"]
    assert await room.words(group) == []


async def test_the_privilege_ends_soon_after_the_office(room, boris, group):
    room.telegram.set_member(group, boris, "administrator")
    await room.say(boris, "/subscribe visa", group)
    assert await room.words(group) == ["visa"]
    room.telegram.set_member(group, boris, "member")
    room.clock.pass_time(61)
    [refused] = await room.say(boris, "/subscribe China", group)
    assert "administrators" in refused["text"]
    assert await room.words(group) == ["visa"]


async def test_who_becomes_administrator_may_at_once(room, boris, group):
    await room.say(boris, "/subscribe visa", group)
    room.telegram.set_member(group, boris, "administrator")
    await room.say(boris, "/subscribe visa", group)
    assert await room.words(group) == ["visa"]


async def test_telegram_is_not_asked_again_for_each_command(room, anna, group):
    for word in ("visa", "China", "dollar"):
        await room.say(anna, f"/subscribe {word}", group)
    assert len(room.telegram.ledger.of("getChatMember")) == 1


async def test_where_members_are_hidden_administrators_are_looked_up(room, anna, boris, group):
    hidden = Fault(
        "getChatMember", status=400, description="Bad Request: member list is inaccessible", times=2
    )
    room.telegram.faults.add(hidden)
    await room.say(anna, "/subscribe visa", group)
    [refused] = await room.say(boris, "/subscribe China", group)
    assert "administrators" in refused["text"]
    assert await room.words(group) == ["visa"]


async def test_where_telegram_does_not_say_who_it_is_nothing_is_changed(room, anna, group):
    room.telegram.faults.add(Fault("getChatMember", status=502, times=2))
    [busy] = await room.say(anna, "/subscribe visa", group)
    assert busy["text"] == replies.busy(await room.chat(group)).html
    assert await room.words(group) == []
    [listed] = await room.say(anna, "/settings", group)
    assert await room.press(anna, listed, "set:language") == replies.toast_failed(
        await room.chat(group)
    )
    await room.say(anna, "/subscribe visa", group)
    assert await room.words(group) == ["visa"]


@pytest.mark.parametrize(
    "said", ["good morning", "/weather", "/subscribe@other_bot visa", "visa @jarchy_bot", "1/2"]
)
async def test_in_a_group_what_is_not_for_the_bot_is_not_answered(room, anna, group, said):
    room.telegram.world.chats[group].members[room.bot.id] = "administrator"
    assert await room.say(anna, said, group) == []


async def test_in_a_group_a_slip_of_the_pen_is_helped(room, anna, group):
    [answer] = await room.say(anna, "/subscibe visa", group)
    assert "/subscribe" in answer["text"]
    [answer] = await room.say(anna, "/weather@jarchy_bot", group)
    assert "/help" in answer["text"]


async def test_a_new_group_speaks_the_language_of_who_speaks_first(room, anna, boris):
    group = room.telegram.group("Соседи", [boris, anna])
    await room.hear()
    assert (await room.chat(group)).language is Language.RU


async def test_a_topic_has_subscriptions_of_its_own_and_the_settings_of_its_group(room, anna):
    forum = room.telegram.group("Forum", [anna], forum=True)
    topic = room.telegram.topic(forum, "News")
    await room.say(anna, "/settings ru", forum)
    [done] = await room.say(anna, "/subscribe виза", forum, thread=topic)
    assert done["message_thread_id"] == topic
    assert await room.words(forum, topic) == ["виза"]
    assert await room.words(forum) == []
    assert (await room.chat(forum, topic)).language is Language.RU
    [listed] = await room.say(anna, "/list", forum, thread=topic)
    assert listed["message_thread_id"] == topic
    await room.press(anna, listed, button(listed, "c"))
    await room.press(anna, listed, button(room.now(listed), "u"))
    assert await room.words(forum, topic) == []


async def test_a_reply_in_a_group_without_topics_is_no_topic(room, anna, group):
    first = room.telegram.say(anna, group, "What about visas?")
    message = room.telegram.say(anna, group, "/help", reply_to=first["message_id"])
    await room.hear()
    threaded = message | {"message_thread_id": first["message_id"], "text": "/subscribe visa"}
    room.telegram.push_update({"message": threaded})
    await room.hear()
    assert await room.words(group) == ["visa"]


async def test_a_channel_s_posts_are_its_administrators_word(room, anna):
    channel = room.telegram.channel("News of our street", [anna])
    [done] = await room.say(anna, "/subscribe visa", channel)
    assert "visa" in done["text"]
    assert await room.words(channel) == ["visa"]
    assert await room.say(anna, "Good morning, readers", channel) == []


async def test_a_channel_s_readers_may_press_and_change_nothing(room, anna, boris):
    channel = room.telegram.channel("News of our street", [anna])
    [done] = await room.say(anna, "/subscribe visa", channel)
    toast = replies.toast_admins_only(await room.chat(channel))
    assert await room.press(boris, done, button(done, "u")) == toast
    assert "visa" in await room.press(anna, done, button(done, "u"))
    assert await room.words(channel) == []


async def test_what_is_brought_over_from_a_channel_was_said_there(room, anna, group):
    channel = room.telegram.channel("News of our street", [anna])
    message = room.telegram.say(anna, group, "/help")
    await room.hear()
    brought = message | {"text": "/subscribe visa", "is_automatic_forward": True}
    brought["sender_chat"] = {"id": channel, "type": "channel", "title": "News of our street"}
    before = len(room.telegram.history(group))
    room.telegram.push_update({"message": brought})
    await room.hear()
    assert len(room.telegram.history(group)) == before


async def test_the_result_of_an_inline_search_is_not_said_to_the_bot(room, anna):
    message = room.telegram.say(anna, anna.id, "/help")
    await room.hear()
    before = len(room.telegram.history(anna.id))
    found = message | {
        "text": "Visas are cheaper",
        "entities": [],
        "via_bot": room.bot.bot.to_dict(),
    }
    room.telegram.push_update({"message": found})
    await room.hear()
    assert len(room.telegram.history(anna.id)) == before


async def test_a_person_in_two_places_has_two_lists(room, anna, group):
    await room.say(anna, "/subscribe visa", group)
    await room.say(anna, "/subscribe China")
    assert (await room.words(group), await room.words(anna.id)) == (["visa"], ["China"])
    assert {ChatRef(group), ChatRef(anna.id)} <= set(room.pacing.turns)
