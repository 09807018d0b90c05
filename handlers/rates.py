"""`/rates [SUM CURRENCY [CURRENCY] | CURRENCY [DAYS]]`: what the som is worth."""

import re

from bot.flows.convert import DAYS, Days, Sum, asked
from bot.messages import replies
from bot.model import Message
from handlers.context import Effect, Outdated, Turn

PERIOD = re.compile(r"([a-z]{3}):([1-9][0-9]{1,3})", re.ASCII)
"""A currency and days, as a button names them."""


async def show(turn: Turn) -> Message:
    """Without words: today's table."""
    if not turn.words:
        return replies.rate_table(turn.chat, await turn.services.exchange.table(turn.chat))
    match asked(turn.words):
        case Sum() as wanted:
            return await _converted(turn, wanted)
        case Days() as wanted:
            return await _period(turn, wanted)
        case wrong:
            return replies.rates_usage(turn.chat, wrong)


async def _converted(turn: Turn, wanted: Sum) -> Message:
    found = await turn.services.exchange.convert(turn.chat, wanted)
    return replies.converted(turn.chat, found) if found else replies.no_rate(turn.chat)


async def _period(turn: Turn, wanted: Days) -> Message:
    found = await turn.services.exchange.period(turn.chat, wanted)
    if found is None:
        return replies.no_rate(turn.chat)
    chart = await turn.services.exchange.chart(turn.chat, found)
    return replies.rate_period(turn.chat, found, chart)


async def turn_period(turn: Turn) -> Effect:
    """Other days, or another currency, in the same picture."""
    if turn.words == "all":
        return Effect(edit=await _overview(turn))
    named = PERIOD.fullmatch(turn.words)
    if named is None or int(named[2]) not in DAYS:
        raise Outdated
    return Effect(edit=await _period(turn, Days(named[1].upper(), int(named[2]))))


async def draw(turn: Turn) -> Effect:
    """The chart of the table."""
    return Effect(say=await _overview(turn), is_spent=True)


async def _overview(turn: Turn) -> Message:
    table = await turn.services.exchange.table(turn.chat)
    chart = await turn.services.exchange.overview(turn.chat)
    if not chart:
        return replies.no_rates(turn.chat)
    return replies.rate_overview(turn.chat, table, chart)
