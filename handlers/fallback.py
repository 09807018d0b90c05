"""What is no command of ours: an answer all the same, never silence."""

from bot.messages import replies
from bot.model import Message
from handlers.answers import sums
from handlers.context import Turn


async def answer(turn: Turn) -> Message:
    """An unknown command gets the closest one; a sum, what it comes to; another text, the way to
    subscribe to it.
    """
    if turn.command:
        return replies.unknown_command(turn.chat, turn.command)
    if found := await sums(turn, turn.words):
        return replies.converted(turn.chat, found)
    return replies.not_understood(turn.chat, turn.words)
