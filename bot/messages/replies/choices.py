"""The choices that `/settings` offers."""

from collections.abc import Collection, Sequence
from datetime import time

from bot.messages.dates import city
from bot.messages.keyboard import rows
from bot.messages.markup import LINE, Markup
from bot.messages.phrases import NAMES, message, ticked, words
from bot.messages.replies.settings import hours, limit, repeats
from bot.model import Button, Chat, Edition, Language, Message, Quiet, Repeats

TIMEZONES = (
    "Asia/Bishkek",
    "Asia/Almaty",
    "Europe/Moscow",
    "Asia/Yekaterinburg",
    "Asia/Novosibirsk",
    "Europe/Istanbul",
    "Asia/Dubai",
    "Asia/Seoul",
    "Europe/Berlin",
    "Europe/London",
    "America/New_York",
    "America/Chicago",
)
"""Where most readers live."""
QUIET = tuple(
    Quiet(time(begin), time(end)) for begin, end in ((21, 7), (22, 7), (22, 8), (23, 7), (23, 9))
)
DAILY = (6, 7, 8, 9, 10, 12, 18, 20, 21)
LIMITS = (0, 3, 5, 10, 20)


def choose_language(chat: Chat) -> Message:
    """A button for each language, the chosen one ticked."""
    buttons = [
        Button(ticked(NAMES[each], each is chat.language), data=f"lang:{each}") for each in Language
    ]
    return _choice(chat, words(chat).text("Which language shall I speak?"), rows(buttons))


def choose_editions(chat: Chat, offered: Collection[Edition] = tuple(Edition)) -> Message:
    """A toggle for each edition that is offered, the chosen ones ticked."""
    buttons = [
        Button(ticked(NAMES[Language(each)], each in chat.editions), data=f"ed:{each}")
        for each in Edition
        if each in offered
    ]
    asked = words(chat).text("In which languages do you read the news? Choose at least one.")
    return _choice(chat, asked, rows(buttons))


def choose_timezone(chat: Chat) -> Message:
    """A button for each of the common zones, the chosen one ticked."""
    buttons = [
        Button(ticked(city(each, chat), each == chat.timezone), data=f"tz:{each}")
        for each in TIMEZONES
    ]
    texts = words(chat)
    asked = texts.text("Where are you? I'll show times as they are there.")
    hint = texts.text("Another place: <code>/settings Europe/Paris</code>")
    return _choice(chat, asked + LINE + hint, rows(buttons, 2))


def _choice(chat: Chat, asked: Markup, buttons: Sequence[Sequence[Button]]) -> Message:
    back = (Button(words(chat).label("‹ Back"), data="set:menu"),)
    return message(asked, buttons=[*buttons, back])


def choose_quiet(chat: Chat) -> Message:
    """A button for each of the usual hours, and for none."""
    buttons = [
        Button(
            ticked(hours(chat, each), each == chat.quiet),
            data=f"quiet:{each.begin:%H:%M}-{each.end:%H:%M}" if each else "quiet:off",
        )
        for each in (None, *QUIET)
    ]
    texts = words(chat)
    asked = texts.text("When shall I be quiet? What comes then, you get together afterwards.")
    hint = texts.text("Other hours: <code>/settings 22:30-06:30</code>")
    return _choice(chat, asked + LINE + hint, rows(buttons, 2))


def choose_daily(chat: Chat) -> Message:
    """A button for each of the usual hours."""
    offered = [time(hour) for hour in DAILY]
    buttons = [
        Button(ticked(f"{each:%H:%M}", each == chat.daily_at), data=f"daily:{each:%H:%M}")
        for each in offered
    ]
    texts = words(chat)
    asked = texts.text(
        "When shall I send what comes once a day: the digest, what you follow daily, and what was "
        "over your limit?"
    )
    hint = texts.text("Another time: <code>/settings 07:30</code>")
    digest = (Button(texts.label("Daily digest"), data="dg:menu"),)
    return _choice(chat, asked + LINE + hint, [*rows(buttons, 3), digest])


def choose_most(chat: Chat) -> Message:
    """A button for each of the usual numbers."""
    buttons = [
        Button(ticked(limit(chat, each), each == chat.most_a_day), data=f"most:{each}")
        for each in LIMITS
    ]
    texts = words(chat)
    asked = texts.text(
        "How many messages a day do you want at most? What is more comes together, at {time}.",
        time=f"{chat.daily_at:%H:%M}",
    )
    hint = texts.text("Another number: <code>/settings 7</code>")
    return _choice(chat, asked + LINE + hint, rows(buttons, 2))


def choose_repeats(chat: Chat) -> Message:
    """A button for each way."""
    buttons = [
        Button(ticked(repeats(chat, each), each is chat.repeats), data=f"rep:{each}")
        for each in Repeats
    ]
    asked = words(chat).text(
        "When a story is told again, in another language or with other words, how shall I tell it?"
    )
    return _choice(chat, asked, rows(buttons, 2))
