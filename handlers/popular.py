"""`/popular`: what is read most, by edition."""

from bot.messages import replies
from bot.model import Edition, Message
from handlers.context import Effect, Turn, choice_in
from handlers.languages import edition_named


async def show(turn: Turn) -> Message:
    """Of the edition that is named, or in the chat's language, or the first that it reads."""
    if edition := edition_named(turn.words):
        return await _popular(turn, edition)
    own = Edition(turn.chat.language)
    return await _popular(turn, own if own in turn.chat.editions else min(turn.chat.editions))


async def press(turn: Turn) -> Effect:
    """Of the edition that a button names."""
    return Effect(edit=await _popular(turn, choice_in(turn, Edition)))


async def _popular(turn: Turn, edition: Edition) -> Message:
    items = await turn.services.popular.popular(edition)
    return replies.popular(turn.chat, items, edition, turn.services.chats.polled)
