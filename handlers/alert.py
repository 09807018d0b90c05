"""`/alert [CURRENCY > LEVEL | CURRENCY SHARE%]`: tell me when a rate is there."""

from bot.flows.exchange import MOST_THRESHOLDS, TooMany
from bot.flows.wishes import wished
from bot.messages import replies
from bot.model import Message
from handlers.context import Effect, Turn


async def alert(turn: Turn) -> Message:
    """Without words: what is waited for."""
    if not turn.words:
        return await _list(turn)
    wish = wished(turn.words)
    if wish is None:
        return replies.alert_usage(turn.chat)
    try:
        made = await turn.services.exchange.wait_for(turn.chat, wish)
    except TooMany:
        return replies.too_many_thresholds(turn.chat, MOST_THRESHOLDS)
    return replies.threshold_set(turn.chat, made) if made else replies.no_rate(turn.chat)


async def remove(turn: Turn) -> Effect:
    """The button of one of them, under what goes on to be true."""
    await turn.services.exchange.forget(turn.chat.ref, turn.words)
    return Effect(replies.toast_no_longer(turn.chat), is_spent=True)


async def remove_here(turn: Turn) -> Effect:
    """The same under what says that it is waited for: those that are left take its place."""
    await turn.services.exchange.forget(turn.chat.ref, turn.words)
    return Effect(replies.toast_no_longer(turn.chat), edit=await _list(turn))


async def _list(turn: Turn) -> Message:
    return replies.threshold_list(turn.chat, await turn.services.exchange.thresholds(turn.chat.ref))
