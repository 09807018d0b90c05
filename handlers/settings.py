"""`/settings [LANGUAGE | TIME ZONE]`: language, editions, time zone."""

from bot.flows.chats import timezone_named
from bot.messages import replies
from bot.messages.phrases import NAMES
from bot.model import Chat, Edition, Language, Message
from handlers.context import Effect, Outdated, Turn, choice_in

LANGUAGES = {name.casefold(): language for language, name in NAMES.items()}
LANGUAGES |= {language.value: language for language in Language}
"""By tag and by the name that its own speakers use."""


async def settings(turn: Turn) -> Message:
    """Show them, or set the one that the words name."""
    if not turn.words:
        return replies.settings(turn.chat)
    language = LANGUAGES.get(turn.words.casefold())
    if language:
        return replies.saved(await turn.services.chats.change_language(turn.chat, language))
    return await _set_timezone(turn)


async def _set_timezone(turn: Turn) -> Message:
    timezone = timezone_named(turn.words)
    if timezone is None:
        return replies.bad_timezone(turn.chat, turn.words)
    chat = await turn.services.chats.change_timezone(turn.chat, timezone)
    return replies.timezone_saved(chat)


async def open_choice(turn: Turn) -> Effect:
    """One of the settings, to choose from, or all of them."""
    match turn.words:
        case "menu":
            return Effect(edit=replies.settings(turn.chat))
        case "language":
            return Effect(edit=replies.choose_language(turn.chat))
        case "editions":
            return Effect(edit=_editions(turn, turn.chat))
        case "timezone":
            return Effect(edit=replies.choose_timezone(turn.chat))
    raise Outdated


def _editions(turn: Turn, chat: Chat) -> Message:
    return replies.choose_editions(chat, turn.services.chats.polled)


async def press_language(turn: Turn) -> Effect:
    """Speak it from now on."""
    chat = await turn.services.chats.change_language(turn.chat, choice_in(turn, Language))
    return Effect(replies.toast_saved(chat), edit=replies.settings(chat))


async def press_edition(turn: Turn) -> Effect:
    """Read it, or no longer."""
    edition = choice_in(turn, Edition)
    chat = await turn.services.chats.toggle_edition(turn.chat, edition)
    if chat == turn.chat:
        return Effect(replies.toast_last_edition(chat))
    return Effect(replies.toast_saved(chat), edit=_editions(turn, chat))


async def press_timezone(turn: Turn) -> Effect:
    """Tell time by it."""
    timezone = timezone_named(turn.words)
    if timezone is None:
        raise Outdated
    chat = await turn.services.chats.change_timezone(turn.chat, timezone)
    return Effect(replies.toast_saved(chat), edit=replies.settings(chat))
