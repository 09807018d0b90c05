"""`/latest`: the newest articles, by edition."""

from bot.messages import replies
from bot.model import Edition, Message
from handlers.context import Effect, Turn, choice_in

SHOWN = 10


async def show(turn: Turn) -> Message:
    """Of the editions that the chat reads."""
    return await _latest(turn, None)


async def press(turn: Turn) -> Effect:
    """Of the edition that a button names."""
    return Effect(edit=await _latest(turn, choice_in(turn, Edition)))


async def _latest(turn: Turn, edition: Edition | None) -> Message:
    editions = turn.chat.editions if edition is None else {edition}
    items = await turn.services.articles.latest(editions, SHOWN)
    return replies.latest(turn.chat, items, edition, turn.services.chats.polled)
