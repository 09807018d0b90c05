"""A message out, an outcome back."""

from collections.abc import Awaitable, Callable, Mapping
from functools import lru_cache
from time import monotonic
from typing import Any

import structlog
from telegram.error import NetworkError

from bot.gateway import payloads
from bot.gateway.answers import Answer, is_picture, outcome, topic_is_shut, unreachable
from bot.gateway.api import BotApi
from bot.gateway.backoff import Backoff
from bot.gateway.bodies import encode
from bot.gateway.pictures import Pictures
from bot.messages.plain import plain
from bot.model import ChatRef, Message, Offers, Outcome, Rejected, RetryLater, Sent

Post = Callable[[Mapping[str, Any]], Awaitable[Answer]]
"""Sends something to the place that it is given."""

log = structlog.get_logger(__name__)

GENERAL_TOPIC = 1
"""Telegram's number for it in a forum; a message goes there when it names no topic."""
TOO_LATE = "query is too old"
"""Nobody waits for its answer any more."""


class TelegramMessenger:
    """`Messenger` over the Bot API."""

    def __init__(self, api: BotApi, *, paid: bool = False) -> None:
        self._api = api
        self._pictures = Pictures(api)
        self._paid = paid
        self._backoff = Backoff(1.0, 30.0)
        self._quiet_until = 0.0
        self._sent = 0

    async def send(self, chat: ChatRef, message: Message) -> Outcome:
        """As the port says. Where the topic is closed or deleted it goes to the general one."""
        return await self._deliver(chat, lambda place: self._show(message, place))

    async def send_plain(self, chat: ChatRef, message: Message) -> Outcome:
        """As the port says: no formatting, no buttons, no preview, since any of them may be what
        was rejected; links are spelt out.
        """
        text = plain(message)
        if not text.strip():
            return Rejected("there is no text in the message")
        payload = {"text": text, "link_preview_options": {"is_disabled": True}}
        payload |= payloads.manner(message, paid=self._paid)
        return await self._deliver(
            chat, lambda place: self._api.call("sendMessage", {**place, **payload})
        )

    async def edit(self, chat: ChatRef, message_id: int, message: Message) -> Outcome:
        """As the port says."""
        place = {"chat_id": chat.id, "message_id": message_id}
        change = self._change_picture if message.picture else self._change_text
        return await self._asked(change(place, message))

    async def offer(self, query: str, offers: Offers) -> Outcome:
        """As the port says. It has nothing to do with how messages fare."""
        try:
            answer = await self._api.call("answerInlineQuery", payloads.answer(query, offers))
        except NetworkError as error:
            return unreachable(error)
        settled = outcome(answer)
        is_late = isinstance(settled, Rejected) and TOO_LATE in settled.reason.lower()
        return Sent(0) if is_late else settled

    async def _show(self, message: Message, place: Mapping[str, Any]) -> Answer:
        if not message.picture:
            written = _written(message, paid=self._paid)
            return await self._api.call("sendMessage", place, written=written)
        payload = {**place, **payloads.shown(message, paid=self._paid)}
        return await self._pictures.call(
            "sendPhoto", message.picture, lambda name: {**payload, "photo": name}
        )

    async def _change_picture(self, place: Mapping[str, Any], message: Message) -> Answer:
        def changed(name: str) -> dict[str, Any]:
            media = {"type": "photo", "media": name, **payloads.caption(message)}
            return {**place, "media": media, **payloads.keyboard(message)}

        return await self._pictures.call("editMessageMedia", message.picture, changed)

    async def _change_text(self, place: Mapping[str, Any], message: Message) -> Answer:
        answer = await self._api.call("editMessageText", {**place, **payloads.formatted(message)})
        if not is_picture(answer):
            return answer
        changed = {**place, **payloads.caption(message), **payloads.keyboard(message)}
        return await self._api.call("editMessageCaption", changed)

    async def _deliver(self, chat: ChatRef, post: Post) -> Outcome:
        return await self._asked(_post(chat, post))

    async def _asked(self, answering: Awaitable[Answer]) -> Outcome:
        sent_before = self._sent
        try:
            settled = outcome(await answering)
        except NetworkError as error:
            settled = unreachable(error)
        return self._judge(settled, others_went_out=self._sent > sent_before)

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


# The same words go to many chats.
@lru_cache(maxsize=256)
def _written(message: Message, *, paid: bool) -> bytes:
    return encode(payloads.shown(message, paid=paid))


async def _post(chat: ChatRef, post: Post) -> Answer:
    if chat.topic <= GENERAL_TOPIC:
        return await post({"chat_id": chat.id})
    answer = await post({"chat_id": chat.id, "message_thread_id": chat.topic})
    if not topic_is_shut(answer):
        return answer
    log.info("topic shut, sent to the general one", chat=chat, reason=answer.description)
    return await post({"chat_id": chat.id})
