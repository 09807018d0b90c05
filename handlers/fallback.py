"""What is no command of ours: an answer all the same, never silence."""

from bot.messages import replies
from bot.model import Message
from handlers.context import Turn


async def answer(turn: Turn) -> Message:
    """An unknown command gets the closest one; a text, the way to subscribe to it."""
    if turn.command:
        return replies.unknown_command(turn.chat, turn.command)
    return replies.not_understood(turn.chat, turn.words)
