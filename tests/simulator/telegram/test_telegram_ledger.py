import pytest

from simulator.telegram import Limits, Telegram
from simulator.telegram.schema import Schema, table


@pytest.fixture
def schema(telegram):
    return telegram.server.schema


def complaints(schema, method, **params):
    return [str(each) for each in schema.check(method, params)]


@pytest.mark.parametrize(
    ("params", "complaint"),
    [
        ({"text": "a"}, "sendMessage: chat_id is missing"),
        ({"chat_id": 1, "text": "a", "txt": "b"}, "sendMessage: txt is unknown"),
        (
            {"chat_id": 1.5, "text": "a"},
            "sendMessage.chat_id: float where Integer is expected",
        ),
        (
            {"chat_id": 1, "text": None},
            "sendMessage.text: NoneType where String is expected",
        ),
        (
            {"chat_id": 1, "text": "a", "disable_notification": 1},
            "sendMessage.disable_notification: int where Boolean is expected",
        ),
        (
            {"chat_id": 1, "text": "a", "link_preview_options": {"disabled": True}},
            "sendMessage.link_preview_options: disabled is unknown",
        ),
        (
            {"chat_id": 1, "text": "a", "link_preview_options": {"url": 1}},
            "sendMessage.link_preview_options.url: int where String is expected",
        ),
        (
            {"chat_id": 1, "text": "a", "reply_markup": {"inline_keyboard": [{"text": "a"}]}},
            (
                "sendMessage.reply_markup.inline_keyboard[0]: "
                "dict where Array of InlineKeyboardButton is expected"
            ),
        ),
        (
            {"chat_id": 1, "text": "a", "reply_markup": {"inline_keyboard": [[{"url": "a.kg"}]]}},
            "sendMessage.reply_markup.inline_keyboard[0][0]: text is missing",
        ),
        (
            {"chat_id": 1, "text": "a", "entities": [{"type": "bold", "offset": 0}]},
            "sendMessage.entities[0]: length is missing",
        ),
        (
            {"chat_id": 1, "text": "😀" * 2049},
            "sendMessage.text: 4098 characters, allowed are 1 to 4096",
        ),
        (
            {"chat_id": 1, "text": "<b></b>", "parse_mode": "HTML"},
            "sendMessage.text: 0 characters, allowed are 1 to 4096",
        ),
        (
            {"chat_id": 1, "text": "<b>", "parse_mode": "HTML"},
            (
                "sendMessage.text: Bad Request: can't parse entities: "
                'Can\'t find end tag corresponding to start tag "b"'
            ),
        ),
    ],
)
def test_what_is_wrong_with_a_request_is_named(schema, params, complaint):
    assert complaint in complaints(schema, "sendMessage", **params)


def test_lengths_in_bytes_are_counted_in_bytes(schema):
    button = {"text": "a", "callback_data": "ж" * 33}
    found = complaints(
        schema,
        "sendMessage",
        chat_id=1,
        text="a",
        reply_markup={"inline_keyboard": [[button]]},
    )
    assert found == [
        (
            "sendMessage.reply_markup.inline_keyboard[0][0].callback_data: "
            "66 bytes, allowed are 1 to 64"
        )
    ]


def test_lengths_count_after_entities_are_parsed(schema):
    text = "<b>&amp;</b>" * 4096
    assert complaints(schema, "sendMessage", chat_id=1, text=text, parse_mode="HTML") == []
    content = {"message_text": text, "parse_mode": "HTML"}
    result = {"type": "article", "id": "1", "title": "a", "input_message_content": content}
    assert complaints(schema, "answerInlineQuery", inline_query_id="1", results=[result]) == []


def test_the_fitting_member_of_a_union_is_named_in_the_complaint(schema):
    content = {"message_text": "a"}
    result = {"type": "article", "id": "1", "input_message_content": content}
    found = complaints(schema, "answerInlineQuery", inline_query_id="1", results=[result])
    assert found == ["answerInlineQuery.results[0]: title is missing"]


async def test_every_request_is_written_down_with_its_answer(telegram, api, aida):
    await api("sendMessage", chat_id=aida.id, text="a", colour="red")
    await api("sendMessage", chat_id=1, text="a")
    first, second = telegram.ledger.of("sendMessage")
    assert first.ok
    assert first.answer["result"]["text"] == "a"
    assert first.violations == ["sendMessage: colour is unknown"] == telegram.ledger.violations()
    assert (second.status, second.chat_id) == (400, 1)
    assert telegram.ledger.of("sendMessage", chat=1) == [second]
    telegram.ledger.clear()
    assert len(telegram.ledger) == 0


async def test_a_wrong_type_is_refused_as_telegram_does(telegram, api, aida):
    markup = {"inline_keyboard": "none"}
    answer = await api("sendMessage", chat_id=aida.id, text="a", reply_markup=markup)
    assert answer["error_code"] == 400
    assert "reply_markup" in answer["description"]
    assert len(telegram.history(aida.id)) == 1


async def test_a_number_passes_for_text_and_is_written_down(telegram, api, aida):
    assert (await api("sendMessage", chat_id=aida.id, text=5))["result"]["text"] == "5"
    assert telegram.ledger.violations() == ["sendMessage.text: int where String is expected"]


async def test_a_strict_server_refuses_what_telegram_would_overlook():
    telegram = Telegram(strict=True, limits=Limits.off())
    status, answer = await telegram.server.call("getMe", {"colour": "red"})
    assert (status, answer["description"]) == (
        400,
        "Bad Request: can't parse request: getMe: colour is unknown",
    )


async def test_the_ledger_may_be_bounded():
    telegram = Telegram(limits=Limits.off(), ledger_size=2)
    for method in ("getMe", "getMe", "getChat"):
        await telegram.server.call(method, {})
    assert [call.method for call in telegram.ledger.calls] == ["getMe", "getChat"]


def test_the_description_holds_together():
    described = table()
    known = {"String", "Integer", "Float", "Boolean", "True", "InputFile"}
    known |= described["types"].keys() | described["unions"].keys()
    fields = [
        field
        for part in ("methods", "types")
        for each in described[part].values()
        for field in each.values()
    ]
    named = {kind.split(" of ")[-1] for field in fields for kind in field[0].split("|")}
    assert named <= known
    assert Schema(described, lambda text, _: text).method("GETME") == "getMe"
