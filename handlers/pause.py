"""`/pause` and `/resume`: be told nothing for a while."""

from bot.messages import replies
from bot.model import Message
from handlers.context import Effect, Outdated, Turn


async def pause(turn: Turn) -> Message:
    """Until it resumes."""
    return replies.paused(await turn.services.chats.pause(turn.chat, is_paused=True))


async def resume(turn: Turn) -> Message:
    """What was kept meanwhile comes at once."""
    return replies.resumed(await turn.services.chats.pause(turn.chat, is_paused=False))


async def press(turn: Turn) -> Effect:
    """The same by a button of the settings."""
    if turn.words not in ("on", "off"):
        raise Outdated
    chat = await turn.services.chats.pause(turn.chat, is_paused=turn.words == "on")
    return Effect(replies.toast_saved(chat), edit=replies.settings(chat))
