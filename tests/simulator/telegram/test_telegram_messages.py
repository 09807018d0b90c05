import pytest


async def sent(api, chat, **params):
    answer = await api("sendMessage", chat_id=chat, **{"text": "a"} | params)
    return answer["result"]


def keyboard(**button):
    return {"inline_keyboard": [[{"text": "press"} | button]]}


async def test_a_reader_sees_what_was_sent_with_its_formatting(telegram, api, aida):
    preview = {"url": "https://example.org/", "prefer_small_media": True}
    await sent(
        api,
        aida.id,
        text="<b>a</b>",
        parse_mode="HTML",
        reply_markup=keyboard(callback_data="b"),
        link_preview_options=preview,
    )
    _, shown = telegram.history(aida.id)
    assert shown["text"] == "a"
    assert shown["entities"] == [{"type": "bold", "offset": 0, "length": 1}]
    assert shown["reply_markup"] == keyboard(callback_data="b")
    assert shown["link_preview_options"] == preview
    assert shown["from"]["username"] == "jarchy_bot"


async def test_options_of_a_preview_that_are_unknown_are_overlooked(api, aida):
    known = {"is_disabled": True}
    first = await sent(api, aida.id, link_preview_options=known | {"type": "photo"})
    second = await sent(api, aida.id, link_preview_options={"type": "photo"})
    assert first["link_preview_options"] == known
    assert "link_preview_options" not in second


async def test_messages_are_numbered_within_their_chat(telegram, api, aida):
    group = telegram.group("Readers", [aida], bot="administrator")
    first, second = await sent(api, aida.id), await sent(api, aida.id)
    assert second["message_id"] == first["message_id"] + 1
    assert (await sent(api, group))["message_id"] == 2


async def test_an_edit_changes_what_the_reader_sees(telegram, api, aida):
    message = await sent(api, aida.id, text="<b>a</b>", parse_mode="HTML")
    place = {"chat_id": aida.id, "message_id": message["message_id"]}
    edited = await api("editMessageText", **place, text="b")
    assert edited["result"]["text"] == "b"
    shown = telegram.history(aida.id)[-1]
    assert shown["text"] == "b"
    assert "entities" not in shown
    assert "edit_date" in shown


async def test_an_edit_that_changes_nothing_is_refused(api, aida):
    message = await sent(api, aida.id, reply_markup=keyboard(callback_data="b"))
    place = {"chat_id": aida.id, "message_id": message["message_id"]}
    markup = keyboard(callback_data="b")
    same = await api("editMessageText", **place, text=" a ", reply_markup=markup)
    assert "message is not modified" in same["description"]
    same = await api("editMessageReplyMarkup", **place, reply_markup=markup)
    assert "message is not modified" in same["description"]
    assert (await api("editMessageReplyMarkup", **place))["ok"]
    assert (
        "message is not modified" in (await api("editMessageReplyMarkup", **place))["description"]
    )


async def test_only_own_messages_that_are_there_can_be_edited(telegram, api, aida):
    asked = telegram.say(aida, aida.id, "hi")
    place = {"chat_id": aida.id, "text": "b"}
    theirs = await api("editMessageText", **place, message_id=asked["message_id"])
    assert theirs["description"] == "Bad Request: message can't be edited"
    missing = await api("editMessageText", **place, message_id=999)
    assert missing["description"] == "Bad Request: message to edit not found"


async def test_deleted_messages_are_gone(telegram, api, aida):
    first, second, third = [await sent(api, aida.id) for _ in range(3)]
    assert (await api("deleteMessage", chat_id=aida.id, message_id=first["message_id"]))["ok"]
    ids = [first["message_id"], second["message_id"]]
    assert (await api("deleteMessages", chat_id=aida.id, message_ids=ids))["ok"]
    again = await api("deleteMessage", chat_id=aida.id, message_id=first["message_id"])
    assert again["description"] == "Bad Request: message to delete not found"
    assert telegram.history(aida.id)[-1]["message_id"] == third["message_id"]


async def test_a_bot_deletes_others_messages_in_a_group_only_as_administrator(telegram, api, aida):
    group = telegram.group("Readers", [aida])
    said = telegram.say(aida, group, "hi")["message_id"]
    refused = await api("deleteMessage", chat_id=group, message_id=said)
    assert refused["description"] == "Bad Request: message can't be deleted"
    telegram.add_bot(group, "administrator")
    assert (await api("deleteMessage", chat_id=group, message_id=said))["ok"]


@pytest.mark.parametrize(
    ("button", "reason"),
    [
        ({"callback_data": "ж" * 33}, "BUTTON_DATA_INVALID"),
        ({"callback_data": ""}, "BUTTON_DATA_INVALID"),
        ({}, "can't parse inline keyboard button: Text buttons are unallowed"),
        ({"url": "http://localhost/"}, "inline keyboard button URL 'http://localhost/' is invalid"),
        ({"text": " ", "callback_data": "a"}, "inline keyboard button text must be non-empty"),
    ],
)
async def test_an_impossible_button_is_refused(telegram, api, aida, button, reason):
    markup = keyboard(**button)
    answer = await api("sendMessage", chat_id=aida.id, text="a", reply_markup=markup)
    assert answer["description"].startswith(f"Bad Request: {reason}")
    assert len(telegram.history(aida.id)) == 1


async def test_callback_data_of_64_bytes_fits(api, aida):
    assert await sent(api, aida.id, reply_markup=keyboard(callback_data="ж" * 32))


async def test_a_reply_keyboard_is_shown_to_the_reader_and_not_told_to_the_bot(telegram, api, aida):
    markup = {"keyboard": [[{"text": "visa"}]], "one_time_keyboard": True}
    message = await sent(api, aida.id, reply_markup=markup)
    assert "reply_markup" not in message
    assert telegram.history(aida.id)[-1]["reply_markup"] == markup


async def test_a_press_is_told_and_its_answer_shown(telegram, api, aida):
    message = await sent(api, aida.id, reply_markup=keyboard(callback_data="b"))
    query = telegram.press(aida, aida.id, message["message_id"], "press")
    [update] = (await api("getUpdates"))["result"]
    assert update["callback_query"]["data"] == "b"
    assert update["callback_query"]["from"]["id"] == aida.id
    assert update["callback_query"]["message"]["message_id"] == message["message_id"]
    assert (await api("answerCallbackQuery", callback_query_id=query, text="done"))["ok"]
    assert telegram.callback_answers[query]["text"] == "done"
    again = await api("answerCallbackQuery", callback_query_id=query)
    assert "query is too old" in again["description"]


async def test_a_button_that_is_not_there_can_not_be_pressed(telegram, api, aida):
    message = await sent(api, aida.id, reply_markup=keyboard(url="https://a.kg"))
    with pytest.raises(ValueError, match="there are: 'press'"):
        telegram.press(aida, aida.id, message["message_id"], "other")
    with pytest.raises(ValueError, match="tells the bot nothing"):
        telegram.press(aida, aida.id, message["message_id"], "press")


async def test_a_reply_shows_what_it_replies_to(telegram, api, aida):
    said = telegram.say(aida, aida.id, "hi")["message_id"]
    reply = await sent(api, aida.id, reply_parameters={"message_id": said})
    assert reply["reply_to_message"]["text"] == "hi"
    telegram.delete(aida.id, said)
    place = {"chat_id": aida.id, "text": "a"}
    lost = await api("sendMessage", **place, reply_parameters={"message_id": said})
    assert lost["description"] == "Bad Request: message to be replied not found"
    lenient = {"message_id": said, "allow_sending_without_reply": True}
    assert (await api("sendMessage", **place, reply_parameters=lenient))["ok"]


async def test_forwards_name_their_origin_and_copies_do_not(telegram, api, aida):
    said = telegram.say(aida, aida.id, "hi")["message_id"]
    source = {"chat_id": aida.id, "from_chat_id": aida.id}
    forwarded = (await api("forwardMessage", **source, message_id=said))["result"]
    assert forwarded["text"] == "hi"
    assert forwarded["forward_origin"]["sender_user"]["id"] == aida.id
    copied = (await api("copyMessages", **source, message_ids=[said]))["result"]
    assert copied == [{"message_id": forwarded["message_id"] + 1}]
    assert "forward_origin" not in telegram.history(aida.id)[-1]


async def test_events_tell_what_happens_and_waiting_needs_no_sleep(telegram, api, aida):
    events = telegram.events()
    message = await sent(api, aida.id)
    seen = await anext(events)
    assert (seen["type"], seen["chat_id"]) == ("message", aida.id)
    assert seen["message"]["message_id"] == message["message_id"]
    assert (await anext(events)) == {"type": "request", "method": "sendMessage", "status": 200}
    assert await telegram.wait_for(lambda: len(telegram.history(aida.id)) == 2)
    with pytest.raises(TimeoutError):
        await telegram.wait_for(lambda: False, timeout=0.01)


async def test_pins_need_rights_and_show_in_the_chat(telegram, api, aida):
    group = telegram.group("Readers", [aida])
    place = {"chat_id": group}
    place["message_id"] = (await api("sendMessage", **place, text="a"))["result"]["message_id"]
    assert "not enough rights" in (await api("pinChatMessage", **place))["description"]
    telegram.add_bot(group, "administrator")
    assert (await api("pinChatMessage", **place))["ok"]
    assert (await api("getChat", chat_id=group))["result"]["pinned_message"]["text"] == "a"
    assert (await api("unpinChatMessage", **place))["ok"]
    assert (await api("unpinChatMessage", **place))["description"].endswith("not found")
