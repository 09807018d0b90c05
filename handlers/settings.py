"""`/settings [LANGUAGE | TIME ZONE | HH:MM-HH:MM | off | HH:MM | NUMBER]`: what is set."""

import re
from collections.abc import Callable

from bot.flows.zones import timezone_like, timezone_named
from bot.messages import replies
from bot.model import Chat, Edition, Language, Message, Quiet, Repeats
from handlers import clock
from handlers.context import Effect, Outdated, Turn, choice_in
from handlers.languages import language_named

CHOICES: dict[str, Callable[[Chat], Message]] = {
    "menu": replies.settings,
    "language": replies.choose_language,
    "timezone": replies.choose_timezone,
    "quiet": replies.choose_quiet,
    "daily": replies.choose_daily,
    "most": replies.choose_most,
    "repeats": replies.choose_repeats,
}
MOST_A_DAY = 999
NUMBER = re.compile(r"[-−+]?[0-9]+")
"""Meant for a limit."""
OFF = frozenset({"off", "выкл", "өчүк"})
"""No quiet hours."""


async def settings(turn: Turn) -> Message:
    """Show them, or set the one that the words name."""
    if not turn.words:
        return replies.settings(turn.chat)
    span = clock.span(turn.words)
    if span and span.begin == span.end:
        return replies.no_quiet_hours(turn.chat)
    if chat := await _changed(turn, span):
        return replies.saved(chat)
    return await _set_timezone(turn)


async def _changed(turn: Turn, span: Quiet | None) -> Chat | None:
    """The chat with what the words set; None: they are none of these."""
    chats, said = turn.services.chats, turn.words
    if span or said.casefold() in OFF:
        return await chats.be_quiet(turn.chat, span)
    if language := language_named(said):
        return await chats.change_language(turn.chat, language)
    if daily_at := clock.read(said):
        return await chats.change_daily(turn.chat, daily_at)
    if said.isascii() and said.isdigit() and int(said[:6]) <= MOST_A_DAY:
        return await chats.limit(turn.chat, int(said))
    return None


async def _set_timezone(turn: Turn) -> Message:
    timezone = timezone_named(turn.words)
    if timezone is None and NUMBER.fullmatch(turn.words):
        return replies.not_a_limit(turn.chat, turn.words, MOST_A_DAY)
    if timezone is None and (example := clock.example(turn.words)):
        return replies.not_a_time(turn.chat, turn.words, f"settings {example}")
    if timezone is None:
        return replies.not_a_setting(turn.chat, turn.words, timezone_like(turn.words))
    chat = await turn.services.chats.change_timezone(turn.chat, timezone)
    return replies.timezone_saved(chat)


async def open_choice(turn: Turn) -> Effect:
    """One of the settings, to choose from, or all of them."""
    if turn.words == "editions":
        return Effect(edit=_editions(turn, turn.chat))
    if turn.words not in CHOICES:
        raise Outdated
    return Effect(edit=CHOICES[turn.words](turn.chat))


def _editions(turn: Turn, chat: Chat) -> Message:
    return replies.choose_editions(chat, turn.services.chats.polled)


async def press_language(turn: Turn) -> Effect:
    """Speak it from now on."""
    return _saved(await turn.services.chats.change_language(turn.chat, choice_in(turn, Language)))


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
    return _saved(await turn.services.chats.change_timezone(turn.chat, timezone))


async def press_quiet(turn: Turn) -> Effect:
    """Be quiet in these hours, or never."""
    span = clock.span(turn.words)
    if span is None and turn.words != "off":
        raise Outdated
    return _saved(await turn.services.chats.be_quiet(turn.chat, span))


async def press_daily(turn: Turn) -> Effect:
    """When the daily message comes."""
    daily_at = clock.read(turn.words)
    if daily_at is None:
        raise Outdated
    return _saved(await turn.services.chats.change_daily(turn.chat, daily_at))


async def press_most(turn: Turn) -> Effect:
    """How many messages a day."""
    if not turn.words.isascii() or not turn.words.isdigit():
        raise Outdated
    return _saved(await turn.services.chats.limit(turn.chat, int(turn.words[:3])))


async def press_repeats(turn: Turn) -> Effect:
    """What becomes of a story that is told again."""
    return _saved(await turn.services.chats.change_repeats(turn.chat, choice_in(turn, Repeats)))


def _saved(chat: Chat) -> Effect:
    return Effect(replies.toast_saved(chat), edit=replies.settings(chat))
