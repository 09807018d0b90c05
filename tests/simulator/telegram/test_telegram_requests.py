import json

import pytest
from aiohttp import FormData


async def answer_of(response):
    async with response as answer:
        return answer.status, await answer.json()


@pytest.fixture
def url(server):
    return lambda method: server.make_url(f"/bot42:simulated/{method}")


@pytest.mark.parametrize("form", ["query", "form", "multipart", "json"])
async def test_parameters_come_in_four_forms(telegram, http, url, aida, form):
    markup = {"inline_keyboard": [[{"text": "a", "callback_data": "b"}]]}
    texts = {"chat_id": str(aida.id), "text": "ж", "reply_markup": json.dumps(markup)}
    requests = {
        "query": lambda: http.get(url("sendMessage"), params=texts),
        "form": lambda: http.post(url("sendMessage"), data=texts),
        "multipart": lambda: http.post(url("sendMessage"), data=multipart(texts)),
        "json": lambda: http.post(
            url("sendMessage"), json={"chat_id": aida.id, "text": "ж", "reply_markup": markup}
        ),
    }
    status, body = await answer_of(requests[form]())
    assert (status, body["result"]["text"]) == (200, "ж")
    assert body["result"]["reply_markup"] == markup
    assert telegram.ledger.violations() == []


def multipart(texts):
    form = FormData(texts, default_to_multipart=True)
    form.add_field("unused", b"file", filename="a.txt")
    del form._fields[-1]
    return form


async def test_a_wrong_token_is_unauthorized(server, http):
    url = server.make_url("/bot42:other/getMe")
    assert await answer_of(http.get(url)) == (
        401,
        {"ok": False, "error_code": 401, "description": "Unauthorized"},
    )


async def test_an_unknown_method_is_not_found(http, url):
    status, body = await answer_of(http.get(url("sendNothing")))
    assert (status, body["description"]) == (404, "Not Found")


async def test_case_does_not_matter_in_the_name_of_a_method(http, url):
    status, body = await answer_of(http.get(url("GETME")))
    assert (status, body["result"]["username"]) == (200, "jarchy_bot")


@pytest.mark.parametrize("body", [b"{", b"[]", b"\xff", b"[" * 100_000])
async def test_a_body_that_is_no_json_object_is_refused(http, url, body):
    headers = {"Content-Type": "application/json"}
    status, answer = await answer_of(http.post(url("getMe"), data=body, headers=headers))
    assert (status, answer["error_code"]) == (400, 400)


async def test_half_a_character_anywhere_is_refused(http, url, aida):
    button = {"text": "\ud83d", "callback_data": "a"}
    markup = {"inline_keyboard": [[button]]}
    params = {"chat_id": aida.id, "text": "a", "reply_markup": markup}
    status, answer = await answer_of(http.post(url("sendMessage"), json=params))
    assert status == 400
    assert answer["description"] == "Bad Request: strings must be encoded in UTF-8"


async def test_a_known_method_that_is_not_simulated_answers_true_with_a_note(telegram, api):
    assert (await api("getMyStarBalance"))["result"] is True
    [call] = telegram.ledger.of("getMyStarBalance")
    assert call.note == "not simulated: answered with true"


@pytest.mark.parametrize(
    ("method", "params", "reason"),
    [
        ("sendMessage", {"text": "a"}, "chat_id is empty"),
        ("sendMessage", {"chat_id": 1001}, "message text is empty"),
        ("deleteMessage", {"chat_id": 1001}, "message identifier is not specified"),
        ("sendMessage", {"chat_id": 1, "text": "a"}, "chat not found"),
        ("sendMessage", {"chat_id": "@nobody", "text": "a"}, "chat not found"),
        ("getChat", {"chat_id": "nobody"}, "chat not found"),
    ],
)
@pytest.mark.usefixtures("aida")
async def test_what_is_missing_or_unknown_is_named(api, method, params, reason):
    answer = await api(method, **params)
    assert answer["description"] == f"Bad Request: {reason}"


async def test_a_file_that_was_sent_can_be_downloaded(server, http, api, url, aida):
    form = FormData({"chat_id": str(aida.id)})
    form.add_field("document", b"rates", filename="rates.txt", content_type="text/plain")
    _, sent = await answer_of(http.post(url("sendDocument"), data=form))
    document = sent["result"]["document"]
    assert document["file_name"] == "rates.txt"
    path = (await api("getFile", file_id=document["file_id"]))["result"]["file_path"]
    async with http.get(server.make_url(f"/file/bot42:simulated/{path}")) as answer:
        assert await answer.read() == b"rates"
    async with http.get(server.make_url("/file/bot42:other/x")) as answer:
        assert answer.status == 401
