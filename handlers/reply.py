"""What goes back to the reader: a message, an edit of one, a toast on a button."""

from collections.abc import Awaitable, Callable

import structlog
from telegram import CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup
from telegram import Message as TelegramMessage
from telegram.error import BadRequest, TelegramError

from bot.model import (
    ChatRef,
    Gone,
    Message,
    Moved,
    Outcome,
    Rejected,
    RetryLater,
    Sent,
)
from bot.ports import StoreUnavailable
from handlers.context import Services

PATIENCE_SECONDS = 20.0
"""A reader waits this long for a reply that is put off; a later one would puzzle."""
MAX_TOAST = 200
UNCHANGED = "message is not modified"

log = structlog.get_logger(__name__)


class Reply:
    """Never raises for what Telegram answers. Each request has its turn: ahead of all alerts."""

    def __init__(self, services: Services) -> None:
        self._services = services

    async def say(self, chat: ChatRef, message: Message) -> None:
        """Send it, again where it is put off for a moment. Raises StoreUnavailable."""
        outcome = await self._in_time(chat, lambda: self._send(chat, message))
        if isinstance(outcome, Moved):
            await self._services.chats.moved(chat.id, outcome.to)
            there = chat = ChatRef(outcome.to, chat.topic)
            outcome = await self._in_time(there, lambda: self._send(there, message))
        await self._act(outcome, chat)

    async def _in_time(
        self, chat: ChatRef | None, send: Callable[[], Awaitable[Outcome]]
    ) -> Outcome:
        left = PATIENCE_SECONDS
        while True:
            await self._turn(chat)
            outcome = await send()
            if not isinstance(outcome, RetryLater) or outcome.seconds > left:
                return outcome
            left -= outcome.seconds
            await self._services.clock.sleep(outcome.seconds)

    async def _turn(self, chat: ChatRef | None) -> None:
        """Without the store nobody knows whose turn it is; the reader is answered all the same."""
        try:
            await self._services.turns.next(chat)
        except StoreUnavailable as error:
            log.warning("reply not counted", chat=chat, reason=str(error))

    async def _send(self, chat: ChatRef, message: Message) -> Outcome:
        outcome = await self._services.messenger.send(chat, message)
        if isinstance(outcome, Rejected):
            log.error("reply rejected", chat=chat, reason=outcome.reason)
            outcome = await self._services.messenger.send_plain(chat, message)
        return outcome

    async def _act(self, outcome: Outcome, chat: ChatRef) -> None:
        match outcome:
            case Gone(reason):
                await self._services.chats.gone(chat)
                log.info("chat gone", chat=chat, reason=reason)
            case RetryLater(_, reason) | Rejected(reason):
                log.error("reply dropped", chat=chat, reason=reason)
            case Moved():
                log.error("reply dropped", chat=chat, reason="the group moved twice")

    async def toast(self, query: CallbackQuery, text: str) -> None:
        """Answer the press; an empty text only ends the waiting."""
        try:
            await query.answer(text[:MAX_TOAST])
        except TelegramError as error:
            log.info("press not answered", reason=error.message)

    async def edit(self, chat: ChatRef, place: TelegramMessage, message: Message) -> None:
        """Put `message` in the place of one of ours. Whoever presses buttons is answered at once:
        the chat's own pace is for new messages.
        """
        edit = self._services.messenger.edit
        outcome = await self._in_time(None, lambda: edit(chat, place.message_id, message))
        if not isinstance(outcome, Sent):
            log.warning("message not edited", chat=chat, reason=outcome)

    async def take_button(self, chat: ChatRef, place: TelegramMessage, data: str) -> None:
        """Take the button with this data from under one of our messages."""
        if place.reply_markup is None:
            return
        rows = without(place.reply_markup.inline_keyboard, data)
        await self._turn(None)
        try:
            await place.edit_reply_markup(InlineKeyboardMarkup(rows) if rows else None)
        except TelegramError as error:
            self._excuse(chat, error)

    def _excuse(self, chat: ChatRef, error: TelegramError) -> None:
        if not isinstance(error, BadRequest) or UNCHANGED not in error.message.lower():
            log.warning("message not edited", chat=chat, reason=error.message)


def without(
    rows: tuple[tuple[InlineKeyboardButton, ...], ...], data: str
) -> list[list[InlineKeyboardButton]]:
    """The rows that are left when the button with this data goes."""
    left = [[each for each in row if each.callback_data != data] for row in rows]
    return [row for row in left if row]
