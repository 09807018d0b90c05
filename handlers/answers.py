"""What is answered to several things said at once."""

from collections.abc import Sequence

from bot.flows.subscribe import Full, Refused, Result, Subscribed
from bot.messages import replies
from bot.model import Chat, Message


def subscribed(chat: Chat, results: Sequence[Result]) -> Message:
    """One message: what is followed now, and the first thing that went wrong."""
    followed = [
        (each.subscription, each.is_new) for each in results if isinstance(each, Subscribed)
    ]
    wrong = [_refusal(chat, each) for each in results if not isinstance(each, Subscribed)]
    return joined([replies.subscribed(chat, followed)] * bool(followed) + wrong[:1])


def _refusal(chat: Chat, result: Refused | Full) -> Message:
    if isinstance(result, Full):
        return replies.limit_reached(chat, result.limit)
    return replies.query_refused(chat, result.fault, result.detail, result.suggestion)


def joined(parts: Sequence[Message]) -> Message:
    """One message of several."""
    buttons = tuple(row for part in parts for row in part.buttons)
    return Message("\n\n".join(part.html for part in parts), buttons)
