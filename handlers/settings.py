"""`/settings [LANGUAGE | TIME ZONE]`: language, editions, time zone."""

from bot.flows.chats import timezone_named
from bot.messages import replies
from bot.model import Edition, Language, Message
from handlers.context import Effect, Outdated, Turn, choice_in


async def settings(turn: Turn) -> Message:
    """Show them, or set the one that the words name."""
    if not turn.words:
        return replies.settings(turn.chat)
    if turn.words.casefold() in frozenset(Language):
        language = Language(turn.words.casefold())
        return replies.saved(await turn.services.chats.change_language(turn.chat, language))
    return await _set_timezone(turn)


async def _set_timezone(turn: Turn) -> Message:
    timezone = timezone_named(turn.words)
    if timezone is None:
        return replies.bad_timezone(turn.chat, turn.words)
    return replies.saved(await turn.services.chats.change_timezone(turn.chat, timezone))


async def open_choice(turn: Turn) -> Effect:
    """One of the settings, to choose from."""
    match turn.words:
        case "lang":
            return Effect(edit=replies.choose_language(turn.chat))
        case "ed":
            return Effect(edit=replies.choose_editions(turn.chat))
        case "tz":
            return Effect(edit=replies.choose_timezone(turn.chat))
        case "":
            return Effect(edit=replies.settings(turn.chat))
    raise Outdated


async def press_language(turn: Turn) -> Effect:
    """Speak it from now on."""
    chat = await turn.services.chats.change_language(turn.chat, choice_in(turn, Language))
    return Effect(replies.toast_saved(chat), edit=replies.settings(chat))


async def press_edition(turn: Turn) -> Effect:
    """Read it, or no longer."""
    edition = choice_in(turn, Edition)
    chat = await turn.services.chats.toggle_edition(turn.chat, edition)
    return Effect(replies.toast_saved(chat), edit=replies.choose_editions(chat))


async def press_timezone(turn: Turn) -> Effect:
    """Tell time by it."""
    timezone = timezone_named(turn.words)
    if timezone is None:
        raise Outdated
    chat = await turn.services.chats.change_timezone(turn.chat, timezone)
    return Effect(replies.toast_saved(chat), edit=replies.settings(chat))
