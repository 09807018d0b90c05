"""`/list`: what the chat is subscribed to, and the rates that it waits for."""

from bot.messages import replies
from bot.model import Message
from handlers.context import Effect, Turn, page_in


async def show(turn: Turn) -> Message:
    """The first page."""
    return await _page(turn, 0)


async def turn_page(turn: Turn) -> Effect:
    """Another page."""
    return Effect(edit=await _page(turn, page_in(turn)))


async def _page(turn: Turn, page: int) -> Message:
    services, ref = turn.services, turn.chat.ref
    subscriptions = await services.subscribing.of(ref)
    thresholds = await services.exchange.thresholds(ref)
    now = services.clock.now()
    return replies.subscription_list(turn.chat, subscriptions, now, page, thresholds)
