"""`/pause [LENGTH]` and `/resume`: be told nothing for a while."""

from bot.flows.timing import quiet_now
from bot.messages import replies
from bot.model import Message
from handlers import durations
from handlers.context import Effect, Outdated, Turn


async def pause(turn: Turn) -> Message:
    """Until it resumes, or for as long as the words say."""
    length = durations.read(turn.words) if turn.words else None
    if turn.words and length is None:
        return replies.pause_usage(turn.chat, turn.words)
    until = turn.services.clock.now() + length if length else None
    return replies.paused(await turn.services.chats.pause(turn.chat, is_paused=True, until=until))


async def resume(turn: Turn) -> Message:
    """What was kept meanwhile comes at once, or after quiet hours."""
    was_paused = turn.chat.is_paused
    chat = await turn.services.chats.pause(turn.chat, is_paused=False)
    if not was_paused:
        return replies.not_paused(chat)
    return replies.resumed(chat, quiet_now(turn.services.clock.now(), chat))


async def press_resume(turn: Turn) -> Effect:
    """The same by the button under the answer to `/pause`, or under one that stays."""
    if turn.words == "here":
        return Effect(say=await resume(turn), is_spent=True)
    return Effect(edit=await resume(turn))


async def press(turn: Turn) -> Effect:
    """Either by the button of the settings."""
    if turn.words not in ("on", "off"):
        raise Outdated
    chat = await turn.services.chats.pause(turn.chat, is_paused=turn.words == "on")
    return Effect(replies.toast_saved(chat), edit=replies.settings(chat))
