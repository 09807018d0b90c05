"""`/list`: what the chat is subscribed to."""

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
    subscriptions = await turn.services.subscribing.of(turn.chat.ref)
    if not subscriptions:
        return replies.no_subscriptions(turn.chat)
    return replies.subscription_list(turn.chat, subscriptions, turn.services.clock.now(), page)
