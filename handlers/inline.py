"""`@bot WORDS` in any chat, as it is typed."""

from time import perf_counter

import structlog
from telegram import Update
from telegram.ext import ContextTypes

from bot.messages import replies
from bot.model import ChatRef, Sent
from handlers.context import Services, language_code

SLOW_SECONDS = 1.0
"""By then the reader has typed on, or gone."""

log = structlog.get_logger(__name__)


class Inline:
    """Answers at once: what it says is no message, and waits for nobody's turn."""

    def __init__(self, services: Services) -> None:
        self._services = services

    async def answer(self, update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        """Whoever types is known by the chat with the bot, if there is one."""
        query = update.inline_query
        if query is None:
            return
        begun = perf_counter()
        ref, code = ChatRef(query.from_user.id), language_code(update)
        typed = await self._services.inline.typed(ref, code, query.query, query.offset)
        offers = replies.offers(typed, self._services.clock.now())
        took = perf_counter() - begun
        outcome = await self._services.messenger.offer(query.id, offers)
        if not isinstance(outcome, Sent):
            log.error("inline query not answered", reason=outcome)
        elif took > SLOW_SECONDS:
            log.warning("inline query answered late", seconds=round(took, 3))
