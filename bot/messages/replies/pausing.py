"""Answers to `/pause` and `/resume`."""

from bot.messages.dates import clock, day, localized
from bot.messages.markup import NOTHING, Markup
from bot.messages.outside import clean
from bot.messages.phrases import message, words
from bot.model import Button, Chat, Message, Quiet

SAID = 64


def paused(chat: Chat) -> Message:
    """Nothing is told until it resumes."""
    texts, until = words(chat), _until(chat)
    if until:
        told = texts.text(
            "I'll be silent here until {time}. What comes in the meantime I keep for two days. To "
            "go on sooner: /resume",
            time=until,
        )
    else:
        told = texts.text(
            "I'll be silent here until you say /resume. What comes in the meantime I keep for two "
            "days."
        )
    return message(told, buttons=[(Button(texts.label("Resume"), data="resume:now"),)])


def pause_usage(chat: Chat, said: str) -> Message:
    """It is no length of time."""
    texts = words(chat)
    return message(
        texts.text("I don't know how long “{said}” is.", said=clean(said, SAID) or "…"),
        texts.text(
            "/pause – until you say /resume\n"
            "<code>/pause 2 hours</code> – for so long; minutes, days and weeks too, a year at most"
        ),
    )


def still_paused(chat: Chat) -> Message:
    """Something is followed, and will not be told."""
    texts = words(chat)
    if until := _until(chat):
        told = texts.text(
            "⏸ But I'm paused here: nothing comes until {time}. To go on sooner: /resume",
            time=until,
        )
    else:
        told = texts.text("⏸ But I'm paused here: nothing comes until you say /resume.")
    return message(told, buttons=[(Button(texts.label("Resume"), data="resume:here"),)])


def paused_note(chat: Chat) -> Markup:
    """Where the chat is paused, that it is; what else is shown would mislead."""
    if not chat.is_paused:
        return NOTHING
    if until := _until(chat):
        return words(chat).text("⏸ I'm paused here until {time}. /resume", time=until)
    return words(chat).text("⏸ I'm paused here. /resume")


def not_paused(chat: Chat) -> Message:
    """There was nothing to resume."""
    return message(words(chat).text("There is no pause here, all goes on as it is set: /settings"))


def resumed(chat: Chat, quiet: Quiet | None = None) -> Message:
    """It is told again. `quiet`: the hours that it is in just now."""
    texts = words(chat)
    if quiet is None:
        return message(texts.text("I'm back. If I kept something for you, it comes in a moment."))
    return message(
        texts.text(
            "I'm back. These are your quiet hours: if I kept something for you, it comes at "
            "{time}.",
            time=f"{quiet.end:%H:%M}",
        )
    )


def _until(chat: Chat) -> str:
    """When its pause ends: March 12, 15:43. Empty where that is not said."""
    if chat.paused_until is None:
        return ""
    local = localized(chat.paused_until, chat)
    return f"{day(local, chat)}, {clock(local)}"
