"""`/subscribe QUERY`: follow it."""

from bot.messages import replies
from bot.model import Message
from handlers.answers import subscribed
from handlers.context import Effect, Turn


async def subscribe(turn: Turn) -> Message:
    """Several queries are separated by a comma or a new line."""
    results = await turn.services.subscribing.subscribe(turn.chat, turn.words)
    return await subscribed(turn, results) if results else replies.subscribe_usage(turn.chat)


async def press(turn: Turn) -> Effect:
    """The button that names a query."""
    return Effect(say=await subscribe(turn))
