import pytest
import structlog
from telegram import Update

from bot.messages import replies
from bot.model import ChatRef, ChatState, Language
from bot.ports import StoreUnavailable
from simulator.telegram import Fault
from tests.handlers.room import shown


@pytest.fixture
def log():
    with structlog.testing.capture_logs() as lines:
        yield lines


@pytest.fixture
def broken_store(room, monkeypatch):
    async def unavailable(*_args, **_more):
        raise StoreUnavailable("no connection")

    for port in (room.chats, room.subscriptions, room.articles):
        for name in ("get", "save", "of", "add", "latest"):
            if hasattr(port, name):
                monkeypatch.setattr(port, name, unavailable)


@pytest.fixture
def broken_flow(room, monkeypatch):
    async def fail(_chat, text):
        raise RuntimeError(f"cannot stand {text}")

    monkeypatch.setattr(room.subscriptions, "of", lambda _chat: fail(_chat, "secret words"))


@pytest.mark.usefixtures("broken_store")
@pytest.mark.parametrize("code", ["en", "ru", "ky"])
@pytest.mark.parametrize("said", ["/start", "/help", "/subscribe visa", "/list", "/latest", "text"])
async def test_without_the_store_a_reader_is_asked_for_patience(room, code, said):
    reader = room.telegram.person("Reader", code)
    [answer] = await room.say(reader, said)
    stranger = room.services.chats.stranger(ChatRef(reader.id), code)
    assert answer["text"] == shown(replies.busy(stranger))


async def test_without_the_store_a_press_is_answered(room, anna, request):
    [menu] = await room.say(anna, "/settings")
    stranger = room.services.chats.stranger(ChatRef(anna.id), "en")
    request.getfixturevalue("broken_store")
    assert await room.press(anna, menu, "set:language") == replies.toast_failed(stranger)


@pytest.mark.usefixtures("broken_flow")
async def test_a_fault_of_ours_is_logged_without_what_was_said_and_admitted(room, log):
    reader = room.telegram.person("Reader", "ru")
    [answer] = await room.say(reader, "/list private words")
    assert answer["text"] == shown(replies.went_wrong(await room.chat(reader.id)))
    [line] = [each for each in log if each["log_level"] == "error"]
    assert line["error"] == "RuntimeError"
    assert line["update_id"]
    assert "words" not in str(log)


async def test_an_apology_is_in_the_language_that_was_chosen(room, anna, request):
    await room.say(anna, "/settings ky")
    request.getfixturevalue("broken_flow")
    [answer] = await room.say(anna, "/list")
    chat = await room.chat(anna.id)
    assert chat.language is Language.KY
    assert answer["text"] == shown(replies.went_wrong(chat))


@pytest.mark.usefixtures("broken_flow")
async def test_one_update_that_fails_harms_no_other(room, anna):
    room.telegram.say(anna, anna.id, "/list")
    room.telegram.say(anna, anna.id, "/subscribe visa")
    await room.hear()
    assert len(room.telegram.history(anna.id)) == 4


async def test_who_blocks_the_bot_while_it_answers_is_gone(room, anna):
    await room.say(anna, "/start")
    blocked = "Forbidden: bot was blocked by the user"
    room.telegram.faults.add(Fault("sendMessage", status=403, description=blocked))
    assert await room.say(anna, "/help") == []
    assert (await room.chat(anna.id)).state is ChatState.GONE


async def test_a_reply_that_is_put_off_for_a_moment_is_sent_after_it(room, anna):
    room.telegram.faults.add(Fault("sendMessage", retry_after=3))
    assert len(await room.say(anna, "/help")) == 1
    assert room.clock.slept == [3]


async def test_a_reply_that_is_put_off_for_long_is_dropped(room, anna, log):
    room.telegram.faults.add(Fault("sendMessage", retry_after=43_838))
    assert await room.say(anna, "/help") == []
    assert room.clock.slept == []
    assert "reply dropped" in [each["event"] for each in log]


async def test_a_reply_that_is_rejected_is_sent_as_plain_text(room, anna, log):
    entities = "Bad Request: can't parse entities"
    room.telegram.faults.add(Fault("sendMessage", status=400, description=entities))
    [answer] = await room.say(anna, "/help")
    assert "/list" in answer["text"]
    assert "reply rejected" in [each["event"] for each in log]


async def test_a_reply_follows_a_group_that_has_just_moved(room, anna):
    group = room.telegram.group("Neighbours", [anna])
    await room.say(anna, "/subscribe visa", group)
    room.telegram.say(anna, group, "/list")
    new = room.telegram.migrate(group)
    await room.hear()
    assert "visa" in room.telegram.history(new)[-1]["text"]
    assert await room.words(new) == ["visa"]


async def test_an_edit_that_telegram_refuses_is_logged_and_no_more(room, anna, log):
    [menu] = await room.say(anna, "/settings")
    room.telegram.faults.add(Fault("editMessageText", status=400, description="Bad Request: no"))
    assert await room.press(anna, menu, "set:language") == ""
    assert "message not edited" in [each["event"] for each in log]
    assert await room.press(anna, menu, "set:language") == ""


async def test_a_press_too_old_to_be_answered_still_works(room, anna):
    [menu] = await room.say(anna, "/settings")
    old = "Bad Request: query is too old and response timeout expired or query ID is invalid"
    room.telegram.faults.add(Fault("answerCallbackQuery", status=400, description=old))
    assert await room.press(anna, menu, "set:language") is None
    assert room.now(menu)["text"] != menu["text"]


async def test_a_reply_that_can_not_be_counted_is_sent_all_the_same(room, anna, monkeypatch):
    async def unavailable(*_):
        raise StoreUnavailable("no connection")

    monkeypatch.setattr(room.pacing, "book", unavailable)
    assert len(await room.say(anna, "/help")) == 1


USER = {"id": 1001, "is_bot": False, "first_name": "Anna"}
CHAT = {"id": 1001, "type": "private", "first_name": "Anna"}
GROUP = {"id": -4001, "type": "group", "title": "Neighbours"}
SAID = {"message_id": 1, "date": 1, "text": "/subscribe visa"}
ODD = [
    {},
    {"message": {"message_id": 1, "date": 1, "chat": CHAT}},
    {"message": SAID | {"chat": CHAT}},
    {"message": SAID | {"chat": GROUP}},
    {"message": SAID | {"chat": GROUP, "sender_chat": GROUP}},
    {"message": SAID | {"chat": CHAT, "from": USER, "text": ""}},
    {"message": SAID | {"chat": CHAT, "from": USER, "text": "/"}},
    {"channel_post": SAID | {"chat": GROUP | {"type": "channel"}}},
    {"edited_channel_post": SAID | {"chat": GROUP | {"type": "channel"}, "edit_date": 2}},
    {"business_message": SAID | {"chat": CHAT, "from": USER, "business_connection_id": "b"}},
    {"callback_query": {"id": "1", "from": USER, "chat_instance": "1"}},
    {"callback_query": {"id": "1", "from": USER, "chat_instance": "1", "data": "lp:0"}},
    {
        "callback_query": {
            "id": "1",
            "from": USER,
            "chat_instance": "1",
            "game_short_name": "chess",
            "message": SAID | {"chat": CHAT},
        }
    },
    {"inline_query": {"id": "1", "from": USER, "query": "visa", "offset": ""}},
    {"poll_answer": {"poll_id": "1", "option_ids": [], "option_persistent_ids": []}},
    {"message": {"message_id": 1, "date": 1, "chat": GROUP, "migrate_to_chat_id": -4001}},
    {"message": {"message_id": 1, "date": 1, "chat": GROUP, "migrate_from_chat_id": -9}},
    {"deleted_business_messages": {"business_connection_id": "b", "chat": CHAT, "message_ids": []}},
    {"something_new": {"chat": CHAT}},
]


@pytest.mark.parametrize("odd", ODD)
async def test_an_odd_update_is_survived(room, odd, log):
    update = Update.de_json({"update_id": 1} | odd, room.bot)
    await room.application.process_update(update)
    assert [each for each in log if each["event"] == "update failed"] == []
    room.telegram.ledger.clear()


async def test_the_last_resort_does_not_fail_itself(room, anna, log, monkeypatch):
    async def fail(*_args):
        raise RuntimeError("no way out")

    monkeypatch.setattr(room.services.messenger, "send", fail)
    assert await room.say(anna, "/help") == []
    assert "no apology" in [each["event"] for each in log]
