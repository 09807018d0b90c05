"""What the Bot API is told of a message or an answer, but for its place."""

from typing import Any

from bot.model import Button, Message, Offer, Offers


def answer(query: str, offers: Offers) -> dict[str, Any]:
    """To an inline query. Personal: Telegram's cache goes by the words alone, and knows neither
    language nor zone.
    """
    payload: dict[str, Any] = {
        "inline_query_id": query,
        "results": [_result(offer) for offer in offers.shown],
        "cache_time": offers.seconds,
        "is_personal": True,
        "next_offset": offers.next,
    }
    if offers.invitation:
        invited = {"text": offers.invitation.label, "start_parameter": offers.invitation.start}
        payload["button"] = invited
    return payload


def _result(offer: Offer) -> dict[str, Any]:
    text = formatted(offer.message)
    content = {name: text[name] for name in ("parse_mode", "link_preview_options")}
    result: dict[str, Any] = {
        "type": "article",
        "id": offer.id,
        "title": offer.title,
        "input_message_content": {"message_text": text["text"], **content},
    }
    beside = {
        "description": offer.description,
        "thumbnail_url": offer.picture,
        "reply_markup": text.get("reply_markup"),
    }
    return result | {name: value for name, value in beside.items() if value}


def shown(message: Message, *, paid: bool) -> dict[str, Any]:
    """To send: a text, or the caption of a picture, in its manner."""
    said = caption(message) | keyboard(message) if message.picture else formatted(message)
    return said | manner(message, paid=paid)


def manner(message: Message, *, paid: bool) -> dict[str, Any]:
    """How it is sent. `paid`: faster than what is free."""
    flags = {"disable_notification": message.silent, "allow_paid_broadcast": paid}
    manner: dict[str, Any] = {name: True for name, wanted in flags.items() if wanted}
    if message.reply_to:
        answered = {"message_id": message.reply_to, "allow_sending_without_reply": True}
        manner["reply_parameters"] = answered
    return manner


def caption(message: Message) -> dict[str, Any]:
    """What stands under a picture."""
    return {"caption": message.html, "parse_mode": "HTML"}


def formatted(message: Message) -> dict[str, Any]:
    """A text."""
    text = {"text": message.html, "parse_mode": "HTML"}
    return text | {"link_preview_options": _preview(message.preview)} | keyboard(message)


def keyboard(message: Message) -> dict[str, Any]:
    """The buttons, where there are any."""
    if not message.buttons:
        return {}
    rows = [[_button(button) for button in row] for row in message.buttons]
    return {"reply_markup": {"inline_keyboard": rows}}


def _preview(url: str) -> dict[str, object]:
    """The picture large, under the text: notifications and the chat list show the text."""
    return {"url": url, "prefer_large_media": True} if url else {"is_disabled": True}


def _button(button: Button) -> dict[str, str]:
    if button.url:
        return {"text": button.label, "url": button.url}
    if button.inline is not None:
        return {"text": button.label, "switch_inline_query_current_chat": button.inline}
    return {"text": button.label, "callback_data": button.data}
