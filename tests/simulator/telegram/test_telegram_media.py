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
