"""A message out, an outcome back."""

from collections.abc import Awaitable
from time import monotonic
from typing import Any

import structlog
from telegram.error import NetworkError

from bot.gateway.answers import Answer, outcome, topic_is_shut, unreachable
from bot.gateway.api import BotApi
from bot.gateway.backoff import Backoff
from bot.messages.plain import plain
from bot.model import Button, ChatRef, Message, Offer, Offers, Outcome, Rejected, RetryLater, Sent

log = structlog.get_logger(__name__)

GENERAL_TOPIC = 1
"""Telegram's number for it in a forum; a message goes there when it names no topic."""
TOO_LATE = "query is too old"
"""Nobody waits for its answer any more."""


class TelegramMessenger:
    """`Messenger` over the Bot API."""

    def __init__(self, api: BotApi, *, paid: bool = False) -> None:
        self._api = api
        self._paid = paid
        self._backoff = Backoff(1.0, 30.0)
        self._quiet_until = 0.0
        self._sent = 0

    async def send(self, chat: ChatRef, message: Message) -> Outcome:
        """As the port says. Where the topic is closed or deleted it goes to the general one."""
        return await self._deliver(chat, _formatted(message) | self._manner(message))

    async def send_plain(self, chat: ChatRef, message: Message) -> Outcome:
        """As the port says: no formatting, no buttons, no preview, since any of them may be what
        was rejected; links are spelt out.
        """
        text = plain(message)
        if not text.strip():
            return Rejected("there is no text in the message")
        payload = {"text": text, "link_preview_options": {"is_disabled": True}}
        return await self._deliver(chat, payload | self._manner(message))

    async def edit(self, chat: ChatRef, message_id: int, message: Message) -> Outcome:
        """As the port says."""
        changed = {"chat_id": chat.id, "message_id": message_id, **_formatted(message)}
        return await self._asked(self._api.call("editMessageText", changed))

    async def offer(self, query: str, offers: Offers) -> Outcome:
        """As the port says. It has nothing to do with how messages fare."""
        try:
            answer = await self._api.call("answerInlineQuery", _answer(query, offers))
        except NetworkError as error:
            return unreachable(error)
        settled = outcome(answer)
        is_late = isinstance(settled, Rejected) and TOO_LATE in settled.reason.lower()
        return Sent(0) if is_late else settled

    async def _deliver(self, chat: ChatRef, payload: dict[str, Any]) -> Outcome:
        return await self._asked(self._post(chat, payload))

    async def _asked(self, answering: Awaitable[Answer]) -> Outcome:
        sent_before = self._sent
        try:
            settled = outcome(await answering)
        except NetworkError as error:
            settled = unreachable(error)
        return self._judge(settled, others_went_out=self._sent > sent_before)

    async def _post(self, chat: ChatRef, payload: dict[str, Any]) -> Answer:
        addressed = {"chat_id": chat.id, **payload}
        if chat.topic <= GENERAL_TOPIC:
            return await self._api.call("sendMessage", addressed)
        in_topic = {**addressed, "message_thread_id": chat.topic}
        answer = await self._api.call("sendMessage", in_topic)
        if not topic_is_shut(answer):
            return answer
        log.info("topic shut, sent to the general one", chat=chat, reason=answer.description)
        return await self._api.call("sendMessage", addressed)

    def _judge(self, settled: Outcome, *, others_went_out: bool) -> Outcome:
        """Telegram's own trouble lengthens the wait; but where others went out meanwhile, the
        trouble is this chat's, and nobody else waits for it.
        """
        if isinstance(settled, Sent):
            self._sent += 1
            self._backoff.reset()
        if not isinstance(settled, RetryLater) or not settled.everyone:
            return settled
        return RetryLater(self._wait(), settled.reason, everyone=not others_went_out)

    def _wait(self) -> float:
        """Many in flight fail together: that is one failure, and they wait for the same moment."""
        now = monotonic()
        if now >= self._quiet_until:
            self._quiet_until = now + self._backoff.next()
        return self._quiet_until - now

    def _manner(self, message: Message) -> dict[str, Any]:
        flags = {"disable_notification": message.silent, "allow_paid_broadcast": self._paid}
        manner: dict[str, Any] = {name: True for name, wanted in flags.items() if wanted}
        if message.reply_to:
            answered = {"message_id": message.reply_to, "allow_sending_without_reply": True}
            manner["reply_parameters"] = answered
        return manner


def _answer(query: str, offers: Offers) -> dict[str, Any]:
    """Personal: Telegram's cache goes by the words alone, and knows neither language nor zone."""
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
    formatted = _formatted(offer.message)
    content = {name: formatted[name] for name in ("parse_mode", "link_preview_options")}
    result: dict[str, Any] = {
        "type": "article",
        "id": offer.id,
        "title": offer.title,
        "input_message_content": {"message_text": formatted["text"], **content},
    }
    shown = {
        "description": offer.description,
        "thumbnail_url": offer.picture,
        "reply_markup": formatted.get("reply_markup"),
    }
    return result | {name: value for name, value in shown.items() if value}


def _formatted(message: Message) -> dict[str, Any]:
    payload: dict[str, Any] = {
        "text": message.html,
        "parse_mode": "HTML",
        "link_preview_options": _preview(message.preview),
    }
    if message.buttons:
        rows = [[_button(button) for button in row] for row in message.buttons]
        payload["reply_markup"] = {"inline_keyboard": rows}
    return payload


def _preview(url: str) -> dict[str, object]:
    """The picture large, under the text: notifications and the chat list show the text."""
    return {"url": url, "prefer_large_media": True} if url else {"is_disabled": True}


def _button(button: Button) -> dict[str, str]:
    if button.url:
        return {"text": button.label, "url": button.url}
    if button.inline is not None:
        return {"text": button.label, "switch_inline_query_current_chat": button.inline}
    return {"text": button.label, "callback_data": button.data}
