import io
import json

import pytest
from aiohttp import FormData

PNG = b"\x89PNG\r\n\x1a\n and so on"


async def test_pictures_albums_places_and_polls_are_shown(telegram, api, aida):
    photo = "https://example.org/a.jpg"
    album = [{"type": "photo", "media": photo, "caption": "b"}] * 2
    requests = {
        "sendPhoto": {"photo": photo, "caption": "<b>c</b>", "parse_mode": "HTML"},
        "sendMediaGroup": {"media": album},
        "sendLocation": {"latitude": 42.87, "longitude": 74.59},
        "sendVenue": {"latitude": 42.87, "longitude": 74.59, "title": "a", "address": "b"},
        "sendContact": {"phone_number": "+996", "first_name": "a"},
        "sendPoll": {"question": "a?", "options": [{"text": "b"}, {"text": "c"}]},
        "sendDice": {},
    }
    for method, params in requests.items():
        assert (await api(method, chat_id=aida.id, **params))["ok"], method
    shown = telegram.history(aida.id)[1:]
    kinds = ("photo", "photo", "photo", "location", "venue", "contact", "poll", "dice")
    assert all(kind in each for kind, each in zip(kinds, shown, strict=True))
    assert shown[0]["caption_entities"] == [{"type": "bold", "offset": 0, "length": 1}]
    assert telegram.ledger.violations() == []


async def test_a_caption_and_a_file_can_be_replaced(telegram, api, aida):
    photo = await api("sendPhoto", chat_id=aida.id, photo="https://a.kg/1.jpg", caption="a")
    place = {"chat_id": aida.id, "message_id": photo["result"]["message_id"]}
    assert (await api("editMessageCaption", **place, caption="b"))["result"]["caption"] == "b"
    media = {"type": "document", "media": "https://a.kg/2.txt"}
    assert (await api("editMessageMedia", **place, media=media))["ok"]
    shown = telegram.history(aida.id)[-1]
    assert "document" in shown
    assert "photo" not in shown
    assert "caption" not in shown
    wrong = await api("editMessageText", **place, text="c")
    assert wrong["description"] == "Bad Request: there is no text in the message to edit"


async def send_file(http, server, method, file, **params):
    form = FormData({name: str(value) for name, value in params.items()})
    form.add_field("picture", io.BytesIO(file), filename="a.png", content_type="image/png")
    async with http.post(server.make_url(f"/bot42:simulated/{method}"), data=form) as answer:
        return await answer.json()


async def test_a_picture_goes_up_once_and_is_sent_again_by_its_name(
    telegram, server, http, api, aida
):
    first = await send_file(
        http, server, "sendPhoto", PNG, chat_id=aida.id, photo="attach://picture"
    )
    name = first["result"]["photo"][-1]["file_id"]
    again = await api("sendPhoto", chat_id=aida.id, photo=name)
    assert again["result"]["photo"] == first["result"]["photo"]
    media = json.dumps({"type": "photo", "media": "attach://picture", "caption": "b"})
    place = {"chat_id": aida.id, "message_id": again["result"]["message_id"]}
    edited = await send_file(http, server, "editMessageMedia", PNG + b"2", **place, media=media)
    assert edited["result"]["photo"][-1]["file_id"] != name
    assert telegram.ledger.violations() == []


async def test_a_file_that_nothing_speaks_of_is_a_violation(telegram, server, http, aida):
    await send_file(http, server, "sendPhoto", PNG, chat_id=aida.id, photo="https://a.kg/1.jpg")
    assert any("picture is unknown" in each for each in telegram.ledger.violations())


@pytest.mark.parametrize(
    ("file", "reason"),
    [
        (PNG + bytes(10 * 2**20), "is too big for a photo; the maximum size is 10485760 bytes"),
        (b"<svg/>", "IMAGE_PROCESS_FAILED"),
    ],
    ids=["large", "no picture"],
)
async def test_what_is_no_picture_or_too_large_is_refused(server, http, aida, file, reason):
    answer = await send_file(
        http, server, "sendPhoto", file, chat_id=aida.id, photo="attach://picture"
    )
    assert answer["error_code"] == 400
    assert reason in answer["description"]


async def test_an_unknown_name_and_a_long_caption_are_refused(api, aida):
    unknown = await api("sendPhoto", chat_id=aida.id, photo="AgACAgIAAxkBAAI")
    assert unknown["description"] == "Bad Request: wrong file identifier/HTTP URL specified"
    missing = await api("sendPhoto", chat_id=aida.id, photo="attach://nothing")
    assert missing["description"] == "Bad Request: there is no photo in the request"
    photo = "https://a.kg/1.jpg"
    fits = await api("sendPhoto", chat_id=aida.id, photo=photo, caption="я" * 1024)
    assert fits["ok"]
    long = await api("sendPhoto", chat_id=aida.id, photo=photo, caption="😀" * 513)
    assert long["description"] == "Bad Request: message caption is too long"
