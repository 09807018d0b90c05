"""`/help`: what can be said."""

from bot.messages import replies
from bot.model import Message
from handlers.context import Turn


async def explain(turn: Turn) -> Message:
    """Every command in a line."""
    return replies.help_text(turn.chat)
