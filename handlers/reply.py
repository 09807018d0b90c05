"""What goes back to the reader: a message, an edit of one, a toast on a button."""

import structlog
from telegram import CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup, LinkPreviewOptions
from telegram import Message as TelegramMessage
from telegram.constants import ParseMode
from telegram.error import BadRequest, TelegramError

from bot.model import (
    Button,
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
    """Never raises for what Telegram answers. Each request is counted against the chat's pace."""

    def __init__(self, services: Services) -> None:
        self._services = services

    async def say(self, chat: ChatRef, message: Message) -> None:
        """Send it, again where it is put off for a moment. Raises StoreUnavailable."""
        outcome = await self._send_in_time(chat, message)
        if isinstance(outcome, Moved):
            await self._services.chats.moved(chat.id, outcome.to)
            chat = ChatRef(outcome.to, chat.topic)
            outcome = await self._send_in_time(chat, message)
        await self._act(outcome, chat)

    async def _send_in_time(self, chat: ChatRef, message: Message) -> Outcome:
        left = PATIENCE_SECONDS
        while True:
            outcome = await self._send(chat, message)
            if not isinstance(outcome, RetryLater) or outcome.seconds > left:
                return outcome
            left -= outcome.seconds
            await self._services.clock.sleep(outcome.seconds)

    async def _send(self, chat: ChatRef, message: Message) -> Outcome:
        outcome = await self._services.messenger.send(chat, message)
        if isinstance(outcome, Rejected):
            log.error("reply rejected", chat=chat, reason=outcome.reason)
            outcome = await self._services.messenger.send_plain(chat, message)
        return outcome

    async def _act(self, outcome: Outcome, chat: ChatRef) -> None:
        match outcome:
            case Sent():
                await self._spend(chat)
            case Gone(reason):
                await self._services.chats.gone(chat)
                log.info("chat gone", chat=chat, reason=reason)
            case RetryLater(_, reason) | Rejected(reason):
                log.error("reply dropped", chat=chat, reason=reason)
            case Moved():
                log.error("reply dropped", chat=chat, reason="the group moved twice")

    async def _spend(self, chat: ChatRef) -> None:
        try:
            await self._services.spend(chat, self._services.clock.now().timestamp())
        except StoreUnavailable as error:
            log.warning("reply not counted", chat=chat, reason=str(error))

    async def toast(self, query: CallbackQuery, text: str) -> None:
        """Answer the press; an empty text only ends the waiting."""
        try:
            await query.answer(text[:MAX_TOAST])
        except TelegramError as error:
            log.info("press not answered", reason=error.message)

    async def edit(self, chat: ChatRef, place: TelegramMessage, message: Message) -> None:
        """Put `message` in the place of one of ours."""
        try:
            await place.edit_text(
                message.html,
                parse_mode=ParseMode.HTML,
                reply_markup=keyboard(message.buttons),
                link_preview_options=_preview(message.preview),
            )
        except TelegramError as error:
            self._excuse(chat, error)
        await self._spend(chat)

    async def take_button(self, chat: ChatRef, place: TelegramMessage, data: str) -> None:
        """Take the button with this data from under one of our messages."""
        if place.reply_markup is None:
            return
        rows = without(place.reply_markup.inline_keyboard, data)
        try:
            await place.edit_reply_markup(InlineKeyboardMarkup(rows) if rows else None)
        except TelegramError as error:
            self._excuse(chat, error)
        await self._spend(chat)

    def _excuse(self, chat: ChatRef, error: TelegramError) -> None:
        if not isinstance(error, BadRequest) or UNCHANGED not in error.message.lower():
            log.warning("message not edited", chat=chat, reason=error.message)


def keyboard(rows: tuple[tuple[Button, ...], ...]) -> InlineKeyboardMarkup | None:
    """The buttons as Telegram knows them."""
    return InlineKeyboardMarkup([[_button(each) for each in row] for row in rows]) if rows else None


def without(
    rows: tuple[tuple[InlineKeyboardButton, ...], ...], data: str
) -> list[list[InlineKeyboardButton]]:
    """The rows that are left when the button with this data goes."""
    left = [[each for each in row if each.callback_data != data] for row in rows]
    return [row for row in left if row]


def _button(button: Button) -> InlineKeyboardButton:
    return InlineKeyboardButton(
        button.label,
        url=button.url or None,
        callback_data=button.data or None,
        switch_inline_query_current_chat=button.inline,
    )


def _preview(url: str) -> LinkPreviewOptions:
    if url:
        return LinkPreviewOptions(url=url, prefer_large_media=True)
    return LinkPreviewOptions(is_disabled=True)
