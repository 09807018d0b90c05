"""Pictures against the simulated Telegram, which holds each request against the Bot API."""

import asyncio

import pytest

from bot.clock import SystemClock
from bot.flows.tell import Tell
from bot.gateway.api import BotApi
from bot.gateway.messenger import TelegramMessenger
from bot.gateway.pictures import Pictures
from bot.gateway.transport import AiohttpRequest
from bot.model import Button, ChatRef, Message, Moved, Rejected, RetryLater, Sent
from simulator.telegram import Fault
from tests.fakes.chats import FakeChats
from tests.fakes.outbox import FakePacing
from tests.gateway.simulated import simulated

PNG = b"\x89PNG\r\n\x1a\n one"
ANOTHER = b"\x89PNG\r\n\x1a\n another"
RATES = Message("<b>87.45</b> som", ((Button("30", data="rp:usd:30"),),), picture=PNG)
UNKNOWN = "Bad Request: wrong file identifier/HTTP URL specified"


@pytest.fixture
async def telegram():
    async with simulated() as telegram:
        yield telegram


@pytest.fixture
async def api(telegram):
    async with AiohttpRequest(connect_timeout=2, read_timeout=5) as request:
        yield BotApi(request, telegram.address, telegram.world.bot.token)


@pytest.fixture
def messenger(api):
    return TelegramMessenger(api)


def reader(telegram, name="Aida"):
    person = telegram.person(name)
    telegram.say(person, person.id, "/start")
    return ChatRef(person.id)


def tell(messenger):
    return Tell(FakeChats(), FakePacing(30.0), messenger, SystemClock())


def uploads(telegram):
    return sum("picture" in call.params for call in telegram.ledger.calls)


async def test_a_picture_arrives_with_its_caption_and_its_buttons(telegram, messenger):
    chat = reader(telegram)
    assert isinstance(await messenger.send(chat, RATES), Sent)
    told = telegram.history(chat.id)[-1]
    assert telegram.world.files.get(told["photo"][-1]["file_id"]).data == PNG
    assert told["caption"] == "87.45 som"
    assert told["caption_entities"][0]["type"] == "bold"
    assert told["reply_markup"]["inline_keyboard"][0][0]["callback_data"] == "rp:usd:30"


async def test_many_readers_get_it_by_one_upload(telegram, messenger):
    chats = [reader(telegram, f"Reader {number}") for number in range(5)]
    assert isinstance(await messenger.send(chats[0], RATES), Sent)
    sent = await asyncio.gather(*(messenger.send(chat, RATES) for chat in chats[1:]))
    assert all(isinstance(each, Sent) for each in sent)
    assert uploads(telegram) == 1
    assert len({telegram.history(chat.id)[-1]["photo"][-1]["file_id"] for chat in chats}) == 1
    await messenger.send(chats[0], Message("", picture=ANOTHER))
    assert uploads(telegram) == 2


async def test_a_name_that_telegram_forgot_is_learnt_anew(telegram, messenger):
    chat = reader(telegram)
    await messenger.send(chat, RATES)
    telegram.faults.add(Fault("sendPhoto", status=400, description=UNKNOWN))
    for _ in range(2):
        assert isinstance(await messenger.send(chat, RATES), Sent)
    assert uploads(telegram) == 2
    assert sum("photo" in message for message in telegram.history(chat.id)) == 3


async def test_the_names_of_the_pictures_sent_last_are_kept(telegram, api):
    chat = reader(telegram)
    pictures = Pictures(api, most=1)
    for picture in (PNG, PNG, ANOTHER, PNG):
        await pictures.call("sendPhoto", picture, lambda name: {"chat_id": chat.id, "photo": name})
    assert uploads(telegram) == 3


async def test_an_edit_changes_picture_caption_and_buttons_in_place(telegram, messenger):
    chat = reader(telegram)
    sent = await messenger.send(chat, RATES)
    changed = Message("<i>90</i>", ((Button("365", data="rp:usd:365"),),), picture=ANOTHER)
    assert isinstance(await messenger.edit(chat, sent.message_id, changed), Sent)
    shown = telegram.history(chat.id)[-1]
    assert shown["message_id"] == sent.message_id
    assert telegram.world.files.get(shown["photo"][-1]["file_id"]).data == ANOTHER
    assert shown["caption"] == "90"
    assert shown["reply_markup"]["inline_keyboard"][0][0]["callback_data"] == "rp:usd:365"
    await messenger.edit(chat, sent.message_id, RATES)
    assert telegram.history(chat.id)[-1]["caption"] == "87.45 som"
    assert uploads(telegram) == 2


async def test_the_same_again_and_what_is_gone_are_none_of_our_faults(telegram, messenger):
    chat = reader(telegram)
    sent = await messenger.send(chat, RATES)
    assert await messenger.edit(chat, sent.message_id, RATES) == Sent(0)
    assert await messenger.edit(chat, 999, RATES) == Sent(0)


async def test_an_edit_without_a_picture_changes_the_caption(telegram, messenger):
    chat = reader(telegram)
    sent = await messenger.send(chat, RATES)
    changed = Message("<b>off</b>", ((Button("On", data="on"),),))
    assert isinstance(await messenger.edit(chat, sent.message_id, changed), Sent)
    shown = telegram.history(chat.id)[-1]
    assert (shown["caption"], "photo" in shown) == ("off", True)
    assert shown["reply_markup"]["inline_keyboard"][0][0]["callback_data"] == "on"


async def test_a_picture_that_is_refused_goes_as_plain_text(telegram, messenger):
    chat = reader(telegram)
    broken = Message("87.45 <b>som</b>", RATES.buttons, picture=b"<svg/>")
    assert isinstance(await messenger.send(chat, broken), Rejected)
    assert isinstance(await messenger.send_plain(chat, broken), Sent)
    assert telegram.history(chat.id)[-1]["text"] == "87.45 som"


@pytest.mark.parametrize(
    ("status", "description"),
    [
        (400, "Bad Request: IMAGE_PROCESS_FAILED"),
        (400, "Bad Request: PHOTO_INVALID_DIMENSIONS"),
        (400, "Bad Request: PHOTO_SAVE_FILE_INVALID"),
        (400, "Bad Request: failed to get HTTP URL content"),
        (400, "Bad Request: not enough rights to send photos to the chat"),
        (403, "Forbidden: CHAT_SEND_PHOTOS_FORBIDDEN"),
        (413, "Request Entity Too Large"),
    ],
)
async def test_whatever_keeps_a_picture_from_being_shown_its_text_is_told(
    telegram, messenger, status, description
):
    chat = reader(telegram)
    telegram.faults.add(Fault("sendPhoto", status=status, description=description))
    assert isinstance(await tell(messenger)(chat, RATES, "digest"), Sent)
    [told] = telegram.history(chat.id)[1:]
    assert told["text"] == "87.45 som"
    assert "photo" not in told


@pytest.mark.parametrize("reason", ["WEBPAGE_CURL_FAILED", "WEBPAGE_MEDIA_EMPTY"])
async def test_a_preview_whose_picture_can_not_be_loaded_costs_no_alert(
    telegram, messenger, reason
):
    chat = reader(telegram)
    alert = Message("<b>Visas</b> for all", preview="https://24.kg/english/1/")
    refused = Fault("sendMessage", status=400, description=f"Bad Request: {reason}")
    telegram.faults.add(refused)
    assert isinstance(await tell(messenger)(chat, alert, "alert"), Sent)
    assert refused.times == 0
    assert [each["text"] for each in telegram.history(chat.id)[1:]] == ["Visas for all"]


async def test_a_caption_is_measured_as_it_is_read(telegram, messenger):
    chat = reader(telegram)
    fits = "<b>" + "я" * 1024 + "</b>"
    assert isinstance(await messenger.send(chat, Message(fits, picture=PNG)), Sent)
    long = Message("😀" * 513, picture=PNG)
    assert isinstance(await messenger.send(chat, long), Rejected)
    telegram.ledger.clear()


async def test_a_caption_that_is_no_text_harms_this_message_alone(telegram, messenger):
    chat = reader(telegram)
    assert isinstance(await messenger.send(chat, Message("a\ud800b", picture=PNG)), Sent)
    assert telegram.history(chat.id)[-1]["caption"] == "a?b"


async def test_a_shut_topic_and_a_moved_group_are_the_pictures_too(telegram, messenger):
    person = telegram.person("Bek")
    forum = telegram.group("Osh", [person], forum=True)
    topic = telegram.topic(forum, "a")
    telegram.delete_topic(forum, topic)
    assert isinstance(await messenger.send(ChatRef(forum, topic), RATES), Sent)
    group = telegram.group("Bishkek", [person])
    there = telegram.migrate(group)
    assert await messenger.send(ChatRef(group), RATES) == Moved(there)


async def test_a_flood_holds_back_a_picture_and_uploads_nothing_anew(telegram, messenger):
    chat = reader(telegram)
    await messenger.send(chat, RATES)
    telegram.faults.add(Fault("sendPhoto", retry_after=7))
    outcome = await messenger.send(chat, RATES)
    assert isinstance(outcome, RetryLater)
    assert outcome.seconds == 7
    assert uploads(telegram) == 1
