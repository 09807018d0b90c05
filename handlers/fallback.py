"""What is no command of ours: an answer all the same, never silence."""

from bot.flows.convert import Sum, asked
from bot.messages import replies
from bot.model import Converted, Message
from handlers.context import Turn


async def answer(turn: Turn) -> Message:
    """An unknown command gets the closest one; a sum, what it comes to; another text, the way to
    subscribe to it.
    """
    if turn.command:
        return replies.unknown_command(turn.chat, turn.command)
    if sums := await _sums(turn):
        return replies.converted(turn.chat, sums)
    return replies.not_understood(turn.chat, turn.words)


async def _sums(turn: Turn) -> list[Converted]:
    """Of a number alone: the names of two currencies may be words to follow."""
    wanted = asked(turn.words)
    if not isinstance(wanted, Sum) or not any(map(str.isdecimal, turn.words)):
        return []
    return await turn.services.exchange.convert(turn.chat, wanted)
