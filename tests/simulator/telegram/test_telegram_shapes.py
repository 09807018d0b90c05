"""What the server says satisfies the Bot API description, as what it is told must."""

import pytest


@pytest.fixture
def told(telegram):
    """Every update that was made, in order."""
    return telegram.world.updates.waiting


async def test_every_update_is_as_described(telegram, api, aida, bek, told):
    telegram.world.updates.allow(["message", "edited_message", "channel_post", *MORE])
    group = telegram.group("Readers", [aida, bek], bot="administrator")
    said = telegram.say(aida, group, "/list https://a.kg #a")
    telegram.edit(group, said["message_id"], "/list")
    telegram.say(aida, group, "a", reply_to=said["message_id"], anonymous=True)
    telegram.set_member(group, bek, "left")
    telegram.set_member(group, bek, "kicked")
    telegram.add_bot(group, "member")
    telegram.migrate(group)
    telegram.say(aida, telegram.channel("News", [aida]), "a post")
    forum = telegram.group("Forum", [aida], forum=True)
    topic = telegram.topic(forum, "News")
    telegram.close_topic(forum, topic)
    telegram.block(aida)
    markup = {"inline_keyboard": [[{"text": "a", "callback_data": "b"}]]}
    telegram.unblock(aida)
    place = {"chat_id": aida.id, "text": "a"}
    sent = await api("sendMessage", **place, reply_markup=markup)
    telegram.press(aida, aida.id, sent["result"]["message_id"], "a")
    with pytest.raises(TimeoutError):
        await telegram.inline(aida, "visa", timeout=0.001)
    kinds = {key for each in told() for key in each}
    assert kinds >= {"message", "edited_message", "channel_post", *MORE}
    schema = telegram.server.schema
    assert [str(each) for update in told() for each in schema.check_type("Update", update)] == []


MORE = ("my_chat_member", "chat_member", "callback_query", "inline_query")


async def test_every_answer_is_as_described(telegram, api, aida):
    group = telegram.group("Readers", [aida], supergroup=True, forum=True, bot="administrator")
    photo = "https://example.org/a.jpg"
    place = {"latitude": 42.87, "longitude": 74.59}
    said = telegram.say(aida, group, "hi")["message_id"]
    here, there = {"chat_id": group}, {"chat_id": group, "from_chat_id": group}
    requests = [
        ("getMe", {}),
        ("getWebhookInfo", {}),
        ("sendMessage", here | {"text": "<b>a</b>", "parse_mode": "HTML"}),
        ("sendMessage", here | {"text": "a", "reply_parameters": {"message_id": said}}),
        ("sendPhoto", here | {"photo": photo, "caption": "a"}),
        ("sendDocument", here | {"document": photo}),
        ("sendVideo", here | {"video": photo}),
        ("sendAnimation", here | {"animation": photo}),
        ("sendAudio", here | {"audio": photo}),
        ("sendVoice", here | {"voice": photo}),
        ("sendVideoNote", here | {"video_note": photo}),
        ("sendSticker", here | {"sticker": photo}),
        ("sendMediaGroup", here | {"media": [{"type": "photo", "media": photo}] * 2}),
        ("sendLocation", here | place),
        ("sendVenue", here | place | {"title": "a", "address": "b"}),
        ("sendContact", here | {"phone_number": "+996", "first_name": "a"}),
        ("sendPoll", here | {"question": "a?", "options": [{"text": "b"}, {"text": "c"}]}),
        ("sendDice", here),
        ("forwardMessage", there | {"message_id": said}),
        ("forwardMessages", there | {"message_ids": [said]}),
        ("copyMessage", there | {"message_id": said}),
        ("copyMessages", there | {"message_ids": [said]}),
        ("pinChatMessage", here | {"message_id": said}),
        ("setMessageReaction", here | {"message_id": said}),
        ("getChat", here),
        ("getChat", {"chat_id": aida.id}),
        ("getChatMember", here | {"user_id": aida.id}),
        ("getChatMember", here | {"user_id": 42}),
        ("getChatAdministrators", here),
        ("getChatMemberCount", here),
        ("createForumTopic", here | {"name": "a"}),
        ("getMyCommands", {}),
        ("getMyName", {}),
        ("getMyDescription", {}),
        ("getMyShortDescription", {}),
        ("unpinAllChatMessages", here),
        ("leaveChat", here),
        ("getUpdates", {}),
    ]
    for method, params in requests:
        answer = await api(method, **params)
        assert answer["ok"], (method, answer)
        found = telegram.server.schema.check_answer(method, answer["result"])
        assert [str(each) for each in found] == [], method
    assert telegram.ledger.violations() == []
