import asyncio
from dataclasses import replace

import pytest
from structlog.testing import capture_logs

from bot.gateway.messenger import TelegramMessenger
from bot.model import Button, ChatRef, Gone, Message, Moved, Rejected, RetryLater, Sent
from bot.ports import TokenRefused
from tests.gateway.bot_server import TOKEN, bad, good, hang_up, raw

CHAT = ChatRef(7)
HELLO = Message("<b>Visa</b>")
FULL = Message(
    html='<b><a href="https://24.kg/x/1/">Visa &amp; work</a></b>',
    buttons=(
        (Button("Read", url="https://24.kg/x/1/"), Button("Stop", data="u:1")),
        (Button("Search", inline="visa"), Button("Anything", inline="")),
    ),
    preview="https://24.kg/x/1/",
    silent=True,
)


@pytest.fixture
def messenger(api):
    return TelegramMessenger(api)


async def test_a_message_goes_out_as_the_bot_api_describes_it(server, messenger):
    server.script.append(good({"message_id": 12}))
    assert await messenger.send(CHAT, FULL) == Sent(12)
    assert server.requests[0].path == f"/bot{TOKEN}/sendMessage"
    assert server.requests[0].payload == {
        "chat_id": 7,
        "text": FULL.html,
        "parse_mode": "HTML",
        "link_preview_options": {"url": "https://24.kg/x/1/", "prefer_large_media": True},
        "disable_notification": True,
        "reply_markup": {
            "inline_keyboard": [
                [
                    {"text": "Read", "url": "https://24.kg/x/1/"},
                    {"text": "Stop", "callback_data": "u:1"},
                ],
                [
                    {"text": "Search", "switch_inline_query_current_chat": "visa"},
                    {"text": "Anything", "switch_inline_query_current_chat": ""},
                ],
            ]
        },
    }


async def test_a_bare_message_asks_for_nothing_more(server, messenger):
    await messenger.send(CHAT, HELLO)
    assert server.requests[0].payload == {
        "chat_id": 7,
        "text": "<b>Visa</b>",
        "parse_mode": "HTML",
        "link_preview_options": {"is_disabled": True},
    }


async def test_paid_broadcast_is_asked_for_where_it_is_paid(server, api):
    await TelegramMessenger(api, paid=True).send(CHAT, HELLO)
    assert server.requests[0].payload["allow_paid_broadcast"] is True


async def test_each_chat_gets_the_same_words_in_its_own_manner(server, messenger, api):
    paid = TelegramMessenger(api, paid=True)
    await messenger.send(ChatRef(7), HELLO)
    await messenger.send(ChatRef(8), replace(HELLO, silent=True))
    await paid.send(ChatRef(-100, 5), replace(HELLO, reply_to=3))
    await messenger.send(ChatRef(9), replace(HELLO, preview="https://24.kg/x/1/"))
    await messenger.send(ChatRef(10), Message(HELLO.html))
    words = {
        "text": "<b>Visa</b>",
        "parse_mode": "HTML",
        "link_preview_options": {"is_disabled": True},
    }
    answered = {"message_id": 3, "allow_sending_without_reply": True}
    topic = {"chat_id": -100, "message_thread_id": 5, "allow_paid_broadcast": True}
    preview = {"url": "https://24.kg/x/1/", "prefer_large_media": True}
    assert [request.payload for request in server.requests] == [
        {"chat_id": 7} | words,
        {"chat_id": 8, "disable_notification": True} | words,
        {"reply_parameters": answered} | topic | words,
        {"chat_id": 9} | words | {"link_preview_options": preview},
        {"chat_id": 10} | words,
    ]


async def test_plain_text_has_no_formatting_no_buttons_no_preview(server, messenger):
    assert await messenger.send_plain(ChatRef(-100, 5), FULL) == Sent(1)
    assert server.requests[0].payload == {
        "chat_id": -100,
        "message_thread_id": 5,
        "text": "Visa & work: https://24.kg/x/1/",
        "link_preview_options": {"is_disabled": True},
        "disable_notification": True,
    }


async def test_what_holds_no_text_is_not_sent(server, messenger):
    assert isinstance(await messenger.send_plain(CHAT, Message("<b> </b>")), Rejected)
    assert server.requests == []


@pytest.mark.parametrize(("topic", "thread"), [(0, None), (1, None), (2, 2)])
async def test_a_topic_is_named_unless_it_is_the_general_one(server, messenger, topic, thread):
    await messenger.send(ChatRef(-100, topic), HELLO)
    assert server.requests[0].payload.get("message_thread_id") == thread


@pytest.mark.parametrize(
    "reason", ["Bad Request: message thread not found", "Bad Request: TOPIC_CLOSED"]
)
async def test_what_a_shut_topic_refuses_goes_to_the_general_one(server, messenger, reason):
    server.script.extend([bad(400, reason), good({"message_id": 3})])
    assert await messenger.send(ChatRef(-100, 5), HELLO) == Sent(3)
    assert [r.payload.get("message_thread_id") for r in server.requests] == [5, None]


async def test_a_shut_general_topic_is_asked_once(server, messenger):
    server.always = bad(400, "Bad Request: TOPIC_CLOSED")
    assert await messenger.send(ChatRef(-100, 5), HELLO) == Rejected("Bad Request: TOPIC_CLOSED")
    assert len(server.requests) == 2


@pytest.mark.parametrize(
    ("page", "settled"),
    [
        (bad(403, "Forbidden: bot was blocked by the user"), Gone),
        (bad(400, "Bad Request: x", migrate_to_chat_id=-1005), Moved),
        (bad(400, "Bad Request: can't parse entities"), Rejected),
        (bad(429, "Too Many Requests: retry after 9", retry_after=9), RetryLater),
        (bad(500, "Internal Server Error"), RetryLater),
        (raw(403, b"<h1>Blocked by your company</h1>"), RetryLater),
        (hang_up, RetryLater),
    ],
)
async def test_every_answer_is_an_outcome(server, messenger, page, settled):
    server.script.append(page)
    assert isinstance(await messenger.send(CHAT, HELLO), settled)


async def test_a_refused_token_is_raised(server, messenger):
    server.script.append(bad(401, "Unauthorized"))
    with pytest.raises(TokenRefused):
        await messenger.send(CHAT, HELLO)


async def test_a_lone_surrogate_is_telegrams_to_refuse(server, messenger):
    server.script.append(bad(400, "Bad Request: strings must be encoded in UTF-8"))
    assert isinstance(await messenger.send(CHAT, Message("x\ud800")), Rejected)


async def test_the_wait_grows_while_telegram_is_down_and_starts_anew_after(server, messenger):
    server.always = bad(502, "Bad Gateway")
    together = await asyncio.gather(*(messenger.send(ChatRef(n), HELLO) for n in range(1, 21)))
    assert all(outcome.everyone for outcome in together)
    assert max(outcome.seconds for outcome in together) <= 1.0
    messenger._quiet_until = 0.0
    assert 1.0 <= (await messenger.send(CHAT, HELLO)).seconds <= 2.0
    server.always = None
    await messenger.send(CHAT, HELLO)
    messenger._quiet_until = 0.0
    server.always = hang_up
    assert (await messenger.send(CHAT, HELLO)).seconds <= 1.0


async def test_a_chat_that_fails_while_others_go_through_holds_back_itself_alone(server, messenger):
    others_done = asyncio.Event()

    async def fail_late(request):
        await others_done.wait()
        return await bad(500, "Internal Server Error")(request)

    server.script.append(fail_late)
    poison = asyncio.create_task(messenger.send(ChatRef(13), HELLO))
    await server.until(lambda: server.requests)
    assert isinstance(await messenger.send(CHAT, HELLO), Sent)
    others_done.set()
    assert (await poison).everyone is False


async def test_a_shut_topic_is_logged_with_its_chat_under_the_key_that_is_hashed(server, messenger):
    server.script.append(bad(400, "Bad Request: TOPIC_CLOSED"))
    with capture_logs() as logs:
        await messenger.send(ChatRef(-100, 5), HELLO)
    assert logs[0]["chat"] == ChatRef(-100, 5)
    assert "-100" not in logs[0]["event"]
