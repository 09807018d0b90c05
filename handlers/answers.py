"""What is answered to several things said at once."""

from collections.abc import Sequence

from bot.flows.subscribe import Full, Refused, Result, Subscribed
from bot.messages import replies
from bot.model import Chat, Message
from handlers.context import Turn


async def subscribed(turn: Turn, results: Sequence[Result]) -> Message:
    """One message: what is followed now, and the first thing that went wrong."""
    followed = [each for each in results if isinstance(each, Subscribed)]
    wrong = [_refusal(turn.chat, each) for each in results if not isinstance(each, Subscribed)]
    return joined([await _followed(turn, followed)] * bool(followed) + wrong[:1])


async def _followed(turn: Turn, found: Sequence[Subscribed]) -> Message:
    if len(found) != 1:
        return replies.subscribed(turn.chat, [(each.subscription, each.is_new) for each in found])
    known = {each.key for each in await turn.services.subscribing.of(turn.chat.ref)}
    card = await turn.services.advise.card(turn.chat, found[0].subscription, known)
    now = turn.services.clock.now()
    return replies.followed(turn.chat, card, now, is_new=found[0].is_new)


def _refusal(chat: Chat, result: Refused | Full) -> Message:
    if isinstance(result, Full):
        return replies.limit_reached(chat, result.limit)
    return replies.query_refused(chat, result.fault, result.detail, result.suggestion)


def joined(parts: Sequence[Message]) -> Message:
    """One message of several."""
    buttons = tuple(row for part in parts for row in part.buttons)
    return Message("\n\n".join(part.html for part in parts), buttons)
