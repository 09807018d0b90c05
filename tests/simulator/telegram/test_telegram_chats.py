import pytest

from simulator.telegram import Limits, Telegram


async def updates(api):
    received = (await api("getUpdates"))["result"]
    if received:
        await api("getUpdates", offset=received[-1]["update_id"] + 1)
    return received


async def texts(api):
    return [each["message"]["text"] for each in await updates(api) if "text" in each["message"]]


async def refusal(api, chat, **params):
    answer = await api("sendMessage", chat_id=chat, text="a", **params)
    return answer.get("error_code"), answer.get("description")


async def test_nobody_is_written_to_before_they_write(telegram, api, bek):
    assert await refusal(api, bek.id) == (
        403,
        "Forbidden: bot can't initiate conversation with a user",
    )
    telegram.say(bek, telegram.private(bek), "/start")
    assert await refusal(api, bek.id) == (None, None)


async def test_a_block_and_its_end_are_told_and_hold(telegram, api, aida):
    telegram.block(aida)
    assert await refusal(api, aida.id) == (403, "Forbidden: bot was blocked by the user")
    telegram.unblock(aida)
    assert await refusal(api, aida.id) == (None, None)
    changes = [each["my_chat_member"] for each in await updates(api)]
    assert [each["new_chat_member"]["status"] for each in changes] == ["kicked", "member"]
    assert [each["old_chat_member"]["status"] for each in changes] == ["member", "kicked"]


async def test_who_writes_to_a_bot_they_blocked_unblocks_it(telegram, api, aida):
    telegram.block(aida)
    telegram.say(aida, aida.id, "/start")
    kinds = [next(key for key in each if key != "update_id") for each in await updates(api)]
    assert kinds == ["my_chat_member", "my_chat_member", "message"]


async def test_who_has_no_account_any_more_can_not_be_written_to(telegram, api, aida):
    telegram.deactivate(aida)
    assert await refusal(api, aida.id) == (403, "Forbidden: user is deactivated")
    with pytest.raises(ValueError, match="no account"):
        telegram.say(aida, aida.id, "hi")


@pytest.mark.parametrize(("options", "kind"), [({}, "group"), ({"supergroup": True}, "supergroup")])
async def test_a_bot_that_was_put_out_can_not_write(telegram, api, aida, options, kind):
    group = telegram.group("Readers", [aida], **options)
    assert await refusal(api, group) == (None, None)
    telegram.kick_bot(group)
    assert await refusal(api, group) == (403, f"Forbidden: bot was kicked from the {kind} chat")
    telegram.add_bot(group)
    assert await refusal(api, group) == (None, None)


async def test_a_bot_that_was_never_there_can_not_write(telegram, api, aida):
    group = telegram.group("Readers", [aida], supergroup=True, bot="left")
    assert await refusal(api, group) == (
        403,
        "Forbidden: bot is not a member of the supergroup chat",
    )
    assert await updates(api) == []


async def test_a_bot_that_leaves_is_gone(telegram, api, aida):
    group = telegram.group("Readers", [aida])
    assert (await api("leaveChat", chat_id=group))["ok"]
    assert (await refusal(api, group))[0] == 403


async def test_a_group_that_became_a_supergroup_names_its_new_id(telegram, api, aida):
    group = telegram.group("Readers", [aida])
    await updates(api)
    new = telegram.migrate(group)
    assert new < -1_000_000_000_000
    answer = await api("sendMessage", chat_id=group, text="a")
    assert answer["description"] == "Bad Request: group chat was upgraded to a supergroup chat"
    assert answer["parameters"] == {"migrate_to_chat_id": new}
    assert await refusal(api, new) == (None, None)
    old_side, new_side = [each["message"] for each in await updates(api)]
    assert (old_side["chat"]["id"], old_side["migrate_to_chat_id"]) == (group, new)
    assert (new_side["chat"]["id"], new_side["migrate_from_chat_id"]) == (new, group)


async def test_a_bot_in_a_group_hears_only_what_is_meant_for_it(telegram, api, aida):
    group = telegram.group("Readers", [aida], supergroup=True)
    await updates(api)
    spoken = (await api("sendMessage", chat_id=group, text="a"))["result"]["message_id"]
    telegram.say(aida, group, "just talking")
    telegram.say(aida, group, "/list")
    telegram.say(aida, group, "/list@jarchy_bot")
    telegram.say(aida, group, "/list@JARCHY_BOT")
    telegram.say(aida, group, "/list@other_bot")
    telegram.say(aida, group, "look, @jarchy_bot")
    telegram.say(aida, group, "look, @other_bot")
    telegram.say(aida, group, "😀 a reply", reply_to=spoken)
    assert await texts(api) == [
        "/list",
        "/list@jarchy_bot",
        "/list@JARCHY_BOT",
        "look, @jarchy_bot",
        "😀 a reply",
    ]


async def test_a_bot_that_is_administrator_hears_all_but_others_commands(telegram, api, aida):
    group = telegram.group("Readers", [aida], bot="administrator")
    await updates(api)
    telegram.say(aida, group, "just talking")
    telegram.say(aida, group, "/list")
    telegram.say(aida, group, "/list@jarchy_bot")
    telegram.say(aida, group, "/list@other_bot")
    assert await texts(api) == ["just talking", "/list", "/list@jarchy_bot"]


async def test_privacy_can_be_off():
    telegram = Telegram(limits=Limits.off(), privacy=False)
    person = telegram.person("Aida")
    group = telegram.group("Readers", [person])
    telegram.world.updates.clear()
    telegram.say(person, group, "just talking")
    assert len(telegram.world.updates.waiting()) == 1


async def test_a_channel_speaks_for_itself(telegram, api, aida):
    channel = telegram.channel("News", [aida], username="the_news")
    await updates(api)
    telegram.say(aida, channel, "a post")
    [update] = await updates(api)
    assert update["channel_post"]["sender_chat"]["id"] == channel
    assert "from" not in update["channel_post"]
    sent = await api("sendMessage", chat_id="@the_news", text="a")
    assert sent["result"]["sender_chat"]["username"] == "the_news"
    telegram.add_bot(channel, "member")
    assert (await refusal(api, channel))[1].startswith("Bad Request: need administrator rights")


async def test_senders_may_hide_behind_the_group_or_a_channel(telegram, api, aida):
    group = telegram.group("Readers", [aida], supergroup=True, bot="administrator")
    channel = telegram.channel("News", [aida])
    await updates(api)
    telegram.say(aida, group, "a", anonymous=True)
    telegram.say(aida, group, "b", as_channel=channel)
    hidden, posted = [each["message"] for each in await updates(api)]
    assert (hidden["from"]["username"], hidden["sender_chat"]["id"]) == (
        "GroupAnonymousBot",
        group,
    )
    assert (posted["from"]["username"], posted["sender_chat"]["id"]) == ("Channel_Bot", channel)


async def test_chats_and_their_members_can_be_looked_up(telegram, api, aida, bek):
    group = telegram.group("Readers", [aida, bek], admins=(bek,))
    found = (await api("getChat", chat_id=group))["result"]
    assert (found["type"], found["title"]) == ("group", "Readers")
    assert (await api("getChatMemberCount", chat_id=group))["result"] == 3
    runners = (await api("getChatAdministrators", chat_id=group))["result"]
    assert [each["status"] for each in runners] == ["creator", "administrator"]
    member = await api("getChatMember", chat_id=group, user_id=bek.id)
    assert member["result"]["status"] == "administrator"
    telegram.set_member(group, bek, "left")
    member = await api("getChatMember", chat_id=group, user_id=bek.id)
    assert member["result"]["status"] == "left"


async def test_who_comes_and_goes_is_told(telegram, api, aida, bek):
    group = telegram.group("Readers", [aida])
    await updates(api)
    telegram.set_member(group, bek, "member")
    telegram.set_member(group, bek, "left")
    came, went = [each["message"] for each in await updates(api)]
    assert came["new_chat_members"][0]["id"] == bek.id
    assert went["left_chat_member"]["id"] == bek.id


async def test_what_is_more_than_text_can_be_sent_too(telegram, api, aida):
    telegram.send(aida, aida.id, {"location": {"latitude": 42.87, "longitude": 74.59}})
    [update] = await updates(api)
    assert update["message"]["location"]["latitude"] == 42.87
    assert update["message"]["from"]["id"] == aida.id
