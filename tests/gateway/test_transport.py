import io
import traceback

import pytest
import telegram
from telegram.error import BadRequest, Forbidden, NetworkError, RetryAfter, TelegramError, TimedOut

from bot.gateway.api import BotApi
from bot.gateway.transport import AiohttpRequest
from tests.gateway.bot_server import (
    TOKEN,
    bad,
    break_off,
    good,
    hang_up,
    raw,
    silence,
)

ME = {"id": 42, "is_bot": True, "first_name": "Jarchy", "username": "jarchy_bot"}
SENT = {"message_id": 5, "date": 1777896000, "chat": {"id": 7, "type": "private"}}


@pytest.fixture
async def bot(server, request_):
    return telegram.Bot(
        TOKEN,
        base_url=f"{server.address}/bot",
        base_file_url=f"{server.address}/file/bot",
        request=request_,
        get_updates_request=request_,
    )


async def test_the_library_works_over_it(server, bot):
    server.script.append(good(ME))
    async with bot:
        assert bot.username == "jarchy_bot"
    assert server.requests[0].path == f"/bot{TOKEN}/getMe"


async def test_parameters_travel_as_json_with_their_types(server, bot):
    server.script.append(good(SENT))
    keyboard = telegram.InlineKeyboardMarkup([[telegram.InlineKeyboardButton("да", url="tg://x")]])
    await bot.send_message(7, "Ысык-Көл <b>", disable_notification=True, reply_markup=keyboard)
    assert server.requests[0].headers["Content-Type"] == "application/json"
    assert server.requests[0].payload == {
        "chat_id": 7,
        "text": "Ысык-Көл <b>",
        "disable_notification": True,
        "reply_markup": {"inline_keyboard": [[{"text": "да", "url": "tg://x"}]]},
    }


async def test_a_file_travels_as_multipart(server, bot):
    server.script.append(good(SENT))
    await bot.send_document(7, io.BytesIO(b"a;b;c"), filename="list.csv", caption="all of it")
    body = server.requests[0].payload["raw"]
    assert b'name="document"; filename="list.csv"' in body
    assert b"a;b;c" in body
    assert b"all of it" in body


async def test_a_file_comes_down(server, bot):
    server.script.append(raw(200, b"\x00\x01"))
    assert await bot.request.retrieve(f"{server.address}/file/bot{TOKEN}/x") == b"\x00\x01"


@pytest.mark.parametrize(
    ("page", "kind"),
    [
        (bad(400, "Bad Request: message is too long"), BadRequest),
        (bad(403, "Forbidden: bot was blocked by the user"), Forbidden),
        (bad(429, "Too Many Requests: retry after 3", retry_after=3), RetryAfter),
        (raw(502, b"<h1>Bad Gateway</h1>"), NetworkError),
    ],
)
async def test_telegrams_errors_become_the_librarys(server, bot, page, kind, monkeypatch):
    monkeypatch.setenv("PTB_TIMEDELTA", "1")
    server.script.append(page)
    with pytest.raises(kind):
        await bot.send_message(7, "x")


async def test_it_polls_longer_than_it_waits_for_other_answers(server, bot):
    server.script.append(good([]))
    assert await bot.get_updates(timeout=1) == ()


async def test_silence_ends_in_a_time_out(server, bot):
    server.script.append(silence)
    with pytest.raises(TimedOut):
        await bot.send_message(7, "x", read_timeout=0.05)


async def test_no_time_out_can_not_be_had(server):
    request = AiohttpRequest(read_timeout=0.05)
    server.script.append(silence)
    async with request:
        with pytest.raises(TimedOut):
            await request.do_request(f"{server.address}/x", "POST", read_timeout=None)


async def test_an_answer_without_end_is_cut(server):
    request = AiohttpRequest(max_body=1000)
    server.script.append(raw(200, b"x" * 1001))
    async with request:
        with pytest.raises(NetworkError, match="larger than 1000 bytes"):
            await request.do_request(f"{server.address}/x", "GET")


async def test_a_redirect_is_not_followed(server, request_):
    server.script.append(raw(302, b"", Location=f"{server.address}/elsewhere"))
    status, _ = await request_.do_request(f"{server.address}/x", "GET")
    assert status == 302
    assert len(server.requests) == 1


async def test_it_can_be_opened_and_closed_again_and_again(server):
    request = AiohttpRequest()
    await request.shutdown()
    for _ in range(2):
        await request.initialize()
        await request.initialize()
        server.script.append(raw(200, b"here"))
        assert (await request.do_request(f"{server.address}/x", "GET"))[1] == b"here"
        await request.shutdown()
        await request.shutdown()
    with pytest.raises(NetworkError, match="closed"):
        await request.do_request(f"{server.address}/x", "GET")


async def test_one_connection_serves_many_requests(server, api):
    for _ in range(5):
        await api.call("getMe", {})
    assert (
        len({request.headers.get("Connection", "keep-alive") for request in server.requests}) == 1
    )
    assert len(api._request._session.connector._conns) == 1


BROKEN = {
    "hang up": hang_up,
    "break off": break_off,
    "silence": silence,
    "not gzip": raw(200, b"x" * 100, **{"Content-Encoding": "gzip"}),
    "a header without end": raw(200, b"", X="x" * 100_000),
}
NOWHERE = {
    "no server": "http://127.0.0.1:1",
    "no address": "nonsense",
    "no port": "http://127.0.0.1:99999",
    "an impossible name": f"http://{'a' * 70}.invalid",
}


@pytest.mark.parametrize("way", [*BROKEN, *NOWHERE, "no TLS"])
async def test_no_error_holds_the_token(server, way):
    secure = server.address.replace("http", "https")
    base = secure if way == "no TLS" else NOWHERE.get(way, server.address)
    server.always = BROKEN.get(way)
    async with AiohttpRequest(connect_timeout=2, read_timeout=0.1) as request:
        error = await failure(BotApi(request, base, TOKEN))
    assert isinstance(error, NetworkError)
    assert "\n" not in str(error)
    shown = "".join(traceback.format_exception(error)) + repr(error)
    assert "simulated-token" not in shown
    assert error.__cause__ is None
    assert error.__context__ is None


async def test_the_library_adds_no_token_to_an_error(server, bot, caplog):
    caplog.set_level("INFO")
    server.script.extend([hang_up, raw(200, b"not json"), raw(502, b"no")])
    for _ in range(3):
        with pytest.raises(TelegramError) as error:
            await bot.send_message(7, "x")
        assert "simulated-token" not in "".join(traceback.format_exception(error.value))
    assert "simulated-token" not in caplog.text


async def failure(api: BotApi) -> Exception | None:
    try:
        await api.call("sendMessage", {"chat_id": 7, "text": "x"})
    except NetworkError as error:
        return error
    return None
