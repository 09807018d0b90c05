"""Answers to inline queries, as they go out."""

import pytest

from bot.gateway.messenger import TelegramMessenger
from bot.model import Button, Invitation, Message, Offer, Offers, Rejected, RetryLater, Sent
from bot.ports import TokenRefused
from tests.gateway.bot_server import bad, good, hang_up

CARD = Message(
    "<b>Visa</b>",
    ((Button("Read", url="https://24.kg/x/1/"), Button("More", inline="visa")),),
    preview="https://24.kg/x/1/",
)
PAGE = Offers(
    (
        Offer("1", "Visa", "15:43", CARD, "https://24.kg/1.jpg"),
        Offer("2", "Bare", "", Message("Bare")),
    ),
    "next-1",
    Invitation("Get alerts", "sub_dmlzYQ"),
    60,
)


@pytest.fixture
def messenger(api):
    return TelegramMessenger(api)


async def test_an_answer_goes_out_as_the_bot_api_describes_it(server, messenger):
    server.always = good(True)
    assert await messenger.offer("99", PAGE) == Sent(0)
    [request] = server.requests
    assert request.path.endswith("/answerInlineQuery")
    assert request.payload == {
        "inline_query_id": "99",
        "cache_time": 60,
        "is_personal": True,
        "next_offset": "next-1",
        "button": {"text": "Get alerts", "start_parameter": "sub_dmlzYQ"},
        "results": [
            {
                "type": "article",
                "id": "1",
                "title": "Visa",
                "description": "15:43",
                "thumbnail_url": "https://24.kg/1.jpg",
                "input_message_content": {
                    "message_text": "<b>Visa</b>",
                    "parse_mode": "HTML",
                    "link_preview_options": {
                        "url": "https://24.kg/x/1/",
                        "prefer_large_media": True,
                    },
                },
                "reply_markup": {
                    "inline_keyboard": [
                        [
                            {"text": "Read", "url": "https://24.kg/x/1/"},
                            {"text": "More", "switch_inline_query_current_chat": "visa"},
                        ]
                    ]
                },
            },
            {
                "type": "article",
                "id": "2",
                "title": "Bare",
                "input_message_content": {
                    "message_text": "Bare",
                    "parse_mode": "HTML",
                    "link_preview_options": {"is_disabled": True},
                },
            },
        ],
    }


@pytest.mark.parametrize(
    ("page", "settled"),
    [
        (bad(400, "Bad Request: query is too old and response timeout expired"), Sent),
        (bad(400, "Bad Request: RESULT_ID_DUPLICATE"), Rejected),
        (bad(429, "Too Many Requests: retry after 3", retry_after=3), RetryLater),
        (hang_up, RetryLater),
    ],
)
async def test_what_telegram_says_to_an_answer(server, messenger, page, settled):
    server.script.append(page)
    assert isinstance(await messenger.offer("99", PAGE), settled)


async def test_a_token_that_is_refused_is_said_here_too(server, messenger):
    server.script.append(bad(401, "Unauthorized"))
    with pytest.raises(TokenRefused):
        await messenger.offer("99", PAGE)
