import pytest

from bot.model import Chat, ChatRef, ChatState, Edition, Language


async def state(room, chat):
    return (await room.chat(chat)).state


async def test_a_group_is_greeted_in_the_language_of_who_added_the_bot(room):
    boris = room.telegram.person("Boris", "ru")
    group = room.telegram.group("Соседи", [boris])
    await room.hear()
    greeting = room.telegram.history(group)[-1]
    assert greeting["from"]["is_bot"]
    assert (await room.chat(group)).language is Language.RU


async def test_a_group_is_greeted_again_when_the_bot_comes_back(room, anna):
    group = room.telegram.group("Neighbours", [anna])
    await room.hear()
    greetings = len(room.telegram.history(group))
    room.telegram.add_bot(group, "administrator")
    await room.hear()
    assert len(room.telegram.history(group)) == greetings

    room.telegram.kick_bot(group)
    await room.hear()
    assert await state(room, group) is ChatState.GONE
    room.telegram.add_bot(group)
    await room.hear()
    assert await state(room, group) is ChatState.ACTIVE
    assert room.telegram.history(group)[-1]["from"]["is_bot"]


async def test_a_group_that_knows_the_bot_is_not_greeted_when_it_gets_another_id(room, anna):
    group = room.telegram.group("Neighbours", [anna])
    await room.hear()
    new = room.telegram.migrate(group)
    await room.hear()
    room.telegram.push_update(standing(new, "supergroup", {"status": "left"}, MEMBER))
    await room.hear()
    assert not any(message["from"]["is_bot"] for message in room.telegram.history(new))


async def test_a_channel_is_not_greeted(room, anna):
    channel = room.telegram.channel("News of our street", [anna])
    await room.hear()
    assert room.telegram.history(channel) == []


async def test_who_blocks_the_bot_is_gone_and_keeps_everything_for_a_return(room, anna):
    await room.say(anna, "/subscribe visa")
    room.telegram.block(anna)
    await room.hear()
    assert await state(room, anna.id) is ChatState.GONE
    assert await room.words(anna.id) == ["visa"]
    room.telegram.unblock(anna)
    await room.hear()
    assert await state(room, anna.id) is ChatState.ACTIVE


async def test_who_writes_is_back(room, anna):
    await room.say(anna, "/start")
    await room.chats.mark_gone(ChatRef(anna.id))
    await room.say(anna, "/help")
    assert await state(room, anna.id) is ChatState.ACTIVE


async def test_a_new_topic_of_a_group_that_was_gone_is_written_to(room, anna):
    forum = room.telegram.group("Forum", [anna], forum=True)
    await room.hear()
    await room.chats.mark_gone(ChatRef(forum))
    topic = room.telegram.topic(forum, "News")
    [answer] = await room.say(anna, "/help", forum, thread=topic)
    assert answer["message_thread_id"] == topic
    assert await state(room, forum) is ChatState.ACTIVE


def standing(chat, kind, old, new):
    user = {"id": 42, "is_bot": True, "first_name": "Jarchy"}
    return {
        "my_chat_member": {
            "chat": {"id": chat, "type": kind, "title": "Neighbours"},
            "from": {"id": 1001, "is_bot": False, "first_name": "Anna"},
            "date": 1,
            "old_chat_member": {"user": user} | old,
            "new_chat_member": {"user": user} | new,
        }
    }


MEMBER = {"status": "member"}
RIGHTS = [
    *("can_send_messages", "can_send_audios", "can_send_documents", "can_send_photos"),
    *("can_send_videos", "can_send_video_notes", "can_send_voice_notes", "can_send_polls"),
    *("can_send_other_messages", "can_add_web_page_previews", "can_change_info"),
    *(
        "can_invite_users",
        "can_pin_messages",
        "can_manage_topics",
        "can_edit_tag",
        "can_react_to_messages",
    ),
]
SILENCED = {"status": "restricted", "is_member": True, "until_date": 0}
SILENCED |= dict.fromkeys(RIGHTS, False)
OFFICES = [
    *("can_be_edited", "is_anonymous", "can_manage_chat", "can_delete_messages"),
    *("can_manage_video_chats", "can_restrict_members", "can_promote_members"),
    *("can_change_info", "can_invite_users", "can_post_stories", "can_edit_stories"),
    *("can_delete_stories", "can_post_messages"),
]
MUTE_EDITOR = {"status": "administrator"} | dict.fromkeys(OFFICES, False)


@pytest.mark.parametrize(
    ("kind", "new", "expected"),
    [
        ("supergroup", SILENCED, ChatState.GONE),
        ("supergroup", SILENCED | {"can_send_messages": True}, ChatState.ACTIVE),
        ("supergroup", {"status": "left"}, ChatState.GONE),
        ("channel", MUTE_EDITOR, ChatState.GONE),
        ("channel", MUTE_EDITOR | {"can_post_messages": True}, ChatState.ACTIVE),
        ("supergroup", MUTE_EDITOR, ChatState.ACTIVE),
    ],
)
async def test_a_bot_that_may_not_speak_does_not_try(room, kind, new, expected):
    ref = ChatRef(-4001)
    await room.chats.save(Chat(ref, Language.EN, frozenset({Edition.EN}), "Asia/Bishkek"))
    room.telegram.push_update(standing(ref.id, kind, MEMBER, new))
    await room.hear()
    assert await state(room, ref.id) is expected


async def test_a_group_that_becomes_a_supergroup_takes_everything_along(room, anna):
    group = room.telegram.group("Neighbours", [anna])
    await room.say(anna, "/settings ru", group)
    await room.say(anna, "/subscribe visa", group)
    new = room.telegram.migrate(group)
    await room.hear()
    assert await room.words(new) == ["visa"]
    assert await room.words(group) == []
    assert (await room.chat(new)).language is Language.RU
    [listed] = await room.say(anna, "/list", new)
    assert "visa" in listed["text"]


async def test_a_new_id_that_was_thought_gone_is_written_to(room, anna):
    group = room.telegram.group("Neighbours", [anna])
    await room.say(anna, "/subscribe visa", group)
    new = room.telegram.migrate(group)
    await room.chats.mark_gone(ChatRef(new))
    await room.hear()
    assert await state(room, new) is ChatState.ACTIVE


async def test_a_group_that_was_reported_as_left_while_it_moved_is_not_gone(room, anna):
    group = room.telegram.group("Neighbours", [anna])
    await room.say(anna, "/subscribe visa", group)
    room.telegram.push_update(standing(group, "group", MEMBER, {"status": "left"}))
    new = room.telegram.migrate(group)
    await room.hear()
    assert await state(room, new) is ChatState.ACTIVE
    assert await room.words(new) == ["visa"]
