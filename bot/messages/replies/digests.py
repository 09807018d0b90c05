"""Answers to `/digest`."""

from bot.messages.catalog import marked
from bot.messages.keyboard import rows
from bot.messages.markup import Markup
from bot.messages.outside import clean
from bot.messages.phrases import message, ticked, words
from bot.model import Button, Chat, Digest, Message, Part

SAID = 64
_PARTS = {
    Part.RATES: marked("Rates"),
    Part.CHART: marked("Chart"),
    Part.STORIES: marked("My stories"),
    Part.POPULAR: marked("Most read"),
    Part.COUNT: marked("Number of articles"),
}
_TIMES = ("07:00", "08:00", "09:00", "20:00")


def digest_settings(chat: Chat) -> Message:
    """What is set, with buttons that change it."""
    texts = words(chat)
    if chat.digest is None:
        on = Button(texts.label("Yes, at {time}", time=f"{chat.daily_at:%H:%M}"), data="dg:on")
        now = Button(texts.label("Show me one"), data="dg:now")
        return message(_about(chat), _when(chat), buttons=[(on,), (now,)])
    return message(_about(chat), _when(chat), buttons=_choices(chat, chat.digest))


def _choices(chat: Chat, chosen: Digest) -> list[tuple[Button, ...]]:
    texts = words(chat)
    parts = [
        Button(ticked(texts.label(name), part in chosen.parts), data=f"dg:{part}")
        for part, name in _PARTS.items()
    ]
    at = f"{chat.daily_at:%H:%M}"
    times = [Button(ticked(each, each == at), data=f"dg:{each}") for each in _TIMES]
    days = Button(ticked(texts.label("Weekdays only"), chosen.weekdays_only), data="dg:days")
    now = Button(texts.label("Show me one"), data="dg:now")
    off = Button(texts.label("Turn off"), data="dg:off")
    return [*rows(parts, 2), *rows(times, 2), (days,), (now, off)]


def _about(chat: Chat) -> Markup:
    return words(chat).text(
        "<b>Daily digest</b>: the exchange rates, what there was about your words, and what others "
        "read most, in one message."
    )


def _when(chat: Chat) -> Markup:
    texts, at = words(chat), f"{chat.daily_at:%H:%M}"
    if chat.digest is None:
        return texts.text("It is off. To turn it on: <code>/digest {time}</code>", time=at)
    if chat.digest.weekdays_only:
        return texts.text(
            "It comes on weekdays at {time}. To stop it: <code>/digest off</code>", time=at
        )
    return texts.text("It comes every day at {time}. To stop it: <code>/digest off</code>", time=at)


def digest_saved(chat: Chat) -> Message:
    """How it stands now."""
    button = Button(words(chat).label("Change the digest"), data="dg:menu")
    buttons = [(button,)] if chat.digest else []
    return message(words(chat).text("Saved.") + Markup(" ") + _when(chat), buttons=buttons)


def digest_usage(chat: Chat, said: str) -> Message:
    """What was said sets nothing."""
    texts = words(chat)
    return message(
        texts.text("I don't know what “{said}” should set.", said=clean(said, SAID) or "…"),
        texts.text(
            "<code>/digest 08:00</code> – every day at this time\n"
            "<code>/digest weekdays</code> – not at the weekend\n"
            "<code>/digest now</code> – one at once\n"
            "<code>/digest off</code> – none"
        ),
    )


def digest_offer(chat: Chat) -> Message:
    """Whether a new reader wants one; asked once."""
    texts, at = words(chat), f"{chat.daily_at:%H:%M}"
    asked = texts.text(
        "Shall I also send you a digest, the exchange rates and your news, every day at {time}?",
        time=at,
    )
    return message(
        asked, buttons=[(Button(texts.label("Yes, at {time}", time=at), data="dg:yes"),)]
    )
