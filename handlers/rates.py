"""`/rates [SUM CURRENCY [CURRENCY] | CURRENCY [DAYS]]`: what the som is worth."""

from bot.flows.convert import Days, Sum, asked
from bot.messages import replies
from bot.model import Message
from handlers.context import Turn


async def show(turn: Turn) -> Message:
    """Without words: today's table."""
    if not turn.words:
        return replies.rate_table(turn.chat, await turn.services.exchange.table(turn.chat))
    match asked(turn.words):
        case Sum() as wanted:
            return await _converted(turn, wanted)
        case Days() as wanted:
            return await _period(turn, wanted)
        case None:
            return replies.rates_usage(turn.chat)


async def _converted(turn: Turn, wanted: Sum) -> Message:
    found = await turn.services.exchange.convert(turn.chat, wanted)
    return replies.converted(turn.chat, found) if found else replies.no_rate(turn.chat)


async def _period(turn: Turn, wanted: Days) -> Message:
    found = await turn.services.exchange.period(turn.chat, wanted)
    return replies.rate_period(turn.chat, found) if found else replies.no_rate(turn.chat)
