"""What is answered to several things said at once."""

from collections.abc import Sequence

from bot.flows.convert import Sum, asked
from bot.flows.subscribe import Full, Refused, Result, Subscribed
from bot.messages import replies
from bot.model import Chat, Converted, Message
from handlers.context import Turn

MOST_REFUSED = 3


async def subscribed(turn: Turn, results: Sequence[Result]) -> Message:
    """One message: what is followed now, and what went wrong."""
    followed = [each for each in results if isinstance(each, Subscribed)]
    parts = [await _followed(turn, followed)] * bool(followed)
    offer = await _offer(turn) if followed else []
    paused = [replies.still_paused(turn.chat)] * bool(followed and turn.chat.is_paused)
    return joined([*parts, *_wrong(turn.chat, results), *paused, *offer])


async def _offer(turn: Turn) -> list[Message]:
    """A new reader is asked once whether there shall be a digest."""
    chat = turn.chat
    if chat.is_asked or chat.digest or not chat.ref.is_private:
        return []
    await turn.services.chats.asked(chat)
    return [replies.digest_offer(chat)]


def _wrong(chat: Chat, results: Sequence[Result]) -> list[Message]:
    refused = [each for each in results if isinstance(each, Refused)]
    is_alone = len(results) == 1
    told = [
        replies.query_refused(chat, each.fault, each.detail, each.suggestion, is_alone=is_alone)
        for each in refused[:MOST_REFUSED]
    ]
    if len(refused) > MOST_REFUSED:
        told.append(replies.more_refused(chat, len(refused) - MOST_REFUSED))
    return told + [
        replies.limit_reached(chat, each.limit) for each in results if isinstance(each, Full)
    ]


async def _followed(turn: Turn, found: Sequence[Subscribed]) -> Message:
    if len(found) != 1:
        return replies.subscribed(turn.chat, [(each.subscription, each.is_new) for each in found])
    known = {each.key for each in await turn.services.subscribing.of(turn.chat.ref)}
    card = await turn.services.advise.card(turn.chat, found[0].subscription, known)
    now = turn.services.clock.now()
    return replies.followed(turn.chat, card, now, is_new=found[0].is_new)


def joined(parts: Sequence[Message]) -> Message:
    """One message of several."""
    buttons = tuple(row for part in parts for row in part.buttons)
    return Message("\n\n".join(part.html for part in parts), buttons)


async def sums(turn: Turn, words: str) -> list[Converted]:
    """What a sum comes to; nothing for words without a number: the names of two currencies may be
    what is looked for.
    """
    wanted = asked(words)
    if not isinstance(wanted, Sum) or not any(map(str.isdecimal, words)):
        return []
    return await turn.services.exchange.convert(turn.chat, wanted)
