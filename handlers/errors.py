"""An update that failed: logged without what was said, and an apology to the reader."""

import traceback
from pathlib import Path

import structlog
from telegram import Update
from telegram.ext import ContextTypes

from bot.messages import replies
from bot.model import Chat, ChatRef, Message
from bot.ports import StoreUnavailable
from handlers.context import Services, language_code, ref_of
from handlers.permission import PermissionUnknown
from handlers.reply import Reply

PASSING = (StoreUnavailable, PermissionUnknown)
"""What may well be over when the reader tries again."""

log = structlog.get_logger(__name__)


def place_of(error: BaseException) -> str:
    """Where it was raised: an error's own text may hold what a reader said."""
    frames = traceback.extract_tb(error.__traceback__)
    return " < ".join(f"{Path(each.filename).name}:{each.lineno}" for each in frames[:-4:-1])


class Errors:
    """The last resort."""

    def __init__(self, services: Services, reply: Reply) -> None:
        self._services = services
        self._reply = reply

    async def handle(self, update: object, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Never raises."""
        error = context.error or RuntimeError("an error without an error")
        update_id = update.update_id if isinstance(update, Update) else None
        tell = log.warning if isinstance(error, PASSING) else log.error
        tell("update failed", update_id=update_id, error=type(error).__name__, at=place_of(error))
        try:
            if isinstance(update, Update):
                await self._apologise(update, error)
        except Exception as again:  # noqa: BLE001  # nothing is left that could handle it
            log.warning("no apology", error=type(again).__name__, at=place_of(again))

    async def _apologise(self, update: Update, error: Exception) -> None:
        ref = ref_of(update)
        if update.callback_query:
            chat = await self._chat(
                update, ref or ChatRef(update.callback_query.from_user.id), error
            )
            await self._reply.toast(update.callback_query, replies.toast_failed(chat))
        elif ref and update.effective_message and update.effective_message.text:
            chat = await self._chat(update, ref, error)
            await self._reply.say(ref, _apology(chat, error))

    async def _chat(self, update: Update, ref: ChatRef, error: Exception) -> Chat:
        """The chat's settings, so that the apology is in its language; without the store, where
        that is what failed, as far as Telegram tells.
        """
        if not isinstance(error, StoreUnavailable):
            try:
                return await self._services.chats.meet(ref, language_code(update))
            except StoreUnavailable:
                pass
        return self._services.chats.stranger(ref, language_code(update))


def _apology(chat: Chat, error: Exception) -> Message:
    return replies.busy(chat) if isinstance(error, PASSING) else replies.went_wrong(chat)
