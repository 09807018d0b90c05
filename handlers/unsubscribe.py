"""`/unsubscribe [QUERY]`: follow it no longer."""

from bot.messages import replies
from bot.model import Message
from handlers.context import Effect, Turn, page_in


async def unsubscribe(turn: Turn) -> Message:
    """Without a query: a keyboard with all of them."""
    if not turn.words:
        return await _keyboard(turn)
    removed = await turn.services.subscribing.unsubscribe(turn.chat.ref, turn.words)
    if not removed:
        return replies.nothing_to_unsubscribe(turn.chat, turn.words)
    return replies.unsubscribed(turn.chat, removed)


async def press(turn: Turn) -> Effect:
    """The button of one subscription, in the keyboard or under an alert."""
    removed = await turn.services.subscribing.unsubscribe_key(turn.chat.ref, turn.words)
    if removed is None:
        return Effect(replies.toast_gone(turn.chat), is_spent=True)
    return Effect(replies.toast_unsubscribed(turn.chat, removed.text), is_spent=True)


async def turn_page(turn: Turn) -> Effect:
    """Another page of the keyboard."""
    return Effect(edit=await _keyboard(turn, page_in(turn)))


async def _keyboard(turn: Turn, page: int = 0) -> Message:
    subscriptions = await turn.services.subscribing.of(turn.chat.ref)
    if not subscriptions:
        return replies.no_subscriptions(turn.chat)
    return replies.unsubscribe_keyboard(turn.chat, subscriptions, page)
