"""Answers to `/settings`."""

from collections.abc import Collection, Sequence

from bot.messages.dates import city
from bot.messages.keyboard import rows
from bot.messages.markup import LINE, Markup
from bot.messages.outside import clean
from bot.messages.phrases import NAMES, edition_names, message, ticked, words
from bot.model import Button, Chat, Edition, Language, Message

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
SAID = 64


def settings(chat: Chat) -> Message:
    """What is set, with a button for each setting."""
    texts = words(chat)
    buttons = [
        (Button(texts.label("Language"), data="set:language"),),
        (Button(texts.label("News languages"), data="set:editions"),),
        (Button(texts.label("Time zone"), data="set:timezone"),),
    ]
    return message(texts.text("<b>Settings</b>"), _summary(chat), buttons=buttons)


def _summary(chat: Chat) -> Markup:
    texts = words(chat)
    return LINE.join(
        [
            texts.text("Language: {language}", language=NAMES[chat.language]),
            texts.text("News: {editions}", editions=edition_names(chat.editions)),
            texts.text("Time zone: {zone}", zone=_zone(chat)),
        ]
    )


def _zone(chat: Chat) -> str:
    name = city(chat.timezone, chat)
    return name if name == chat.timezone else f"{name} ({chat.timezone})"


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


def saved(chat: Chat) -> Message:
    """A setting was changed, and this is how all of them stand."""
    return message(words(chat).text("Saved.") + LINE + _summary(chat))


def timezone_saved(chat: Chat) -> Message:
    """The time zone was changed."""
    return message(words(chat).text("Saved. Time zone: {zone}", zone=_zone(chat)))


def bad_timezone(chat: Chat, said: str) -> Message:
    """There is no such zone."""
    texts = words(chat)
    return message(
        texts.text("I don't know the time zone “{said}”.", said=clean(said, SAID) or "…"),
        texts.text("Name it by continent and city: <code>/settings Asia/Bishkek</code>"),
    )
