"""Answers to `/latest` and `/popular`."""

from collections.abc import Collection, Sequence
from itertools import groupby

from bot.messages.dates import clock, day, localized
from bot.messages.keyboard import rows
from bot.messages.markup import DOT, LINE, Markup, bold, escape
from bot.messages.phrases import NAMES, message, titled, words
from bot.model import Button, Chat, Edition, Item, Language, Message

MOST = 15
TITLE = 200


def latest(
    chat: Chat,
    items: Sequence[Item],
    edition: Edition | None = None,
    offered: Collection[Edition] = tuple(Edition),
    *,
    has_newer: bool = False,
    has_older: bool = False,
) -> Message:
    """Headlines, newest first, by day, with buttons to those around them and to the other
    editions among `offered`. `edition`: the one that all of them are from; None: they are from
    the chat's editions.
    """
    others = _others("l", edition, offered)
    if edition is not None and chat.editions != {edition}:
        others.append(Button(words(chat).label("All mine"), data="l:"))
    if not items:
        return message(_nothing(chat), buttons=rows(others, 3) if edition else ())
    heading = words(chat).text("<b>The latest news</b>")
    days = groupby(items[:MOST], key=lambda item: localized(item.published, chat).date())
    turning = _turning(chat, items, edition, has_newer=has_newer, has_older=has_older)
    return message(
        heading,
        *(_day(list(of_day), chat) for _, of_day in days),
        buttons=[turning, *rows(others, 3)],
    )


def _turning(
    chat: Chat, items: Sequence[Item], edition: Edition | None, *, has_newer: bool, has_older: bool
) -> list[Button]:
    """What is turned from is the first or last place shown."""
    texts, scope = words(chat), edition or ""
    newer = Button(texts.label("‹ Newer"), data=f"l:{scope}:>{_place(items[0])}")
    older = Button(texts.label("Older ›"), data=f"l:{scope}:<{_place(items[:MOST][-1])}")
    return [newer] * has_newer + [older] * has_older


def _place(item: Item) -> str:
    return f"{int(item.published.timestamp())}.{item.id}"


def popular(
    chat: Chat,
    items: Sequence[Item],
    edition: Edition,
    offered: Collection[Edition] = tuple(Edition),
) -> Message:
    """What is read most in this edition, and buttons to the others among `offered`."""
    buttons = rows(_others("pop", edition, offered), 3)
    if not items:
        unknown = words(chat).text(
            "I don't know yet what is read most here. Check back in a few minutes."
        )
        return message(unknown, buttons=buttons)
    heading = words(chat).text("<b>What is read most</b>") + DOT + escape(NAMES[Language(edition)])
    lines = [
        escape(f"{number}. ") + titled(item.title, item.url, TITLE)
        for number, item in enumerate(items[:MOST], 1)
    ]
    return message(heading, LINE.join(lines), buttons=buttons)


def _others(kind: str, edition: Edition | None, offered: Collection[Edition]) -> list[Button]:
    others = (each for each in Edition if each in offered and each is not edition)
    return [Button(NAMES[Language(each)], data=f"{kind}:{each}") for each in others]


def _day(items: Sequence[Item], chat: Chat) -> Markup:
    heading = bold(escape(day(localized(items[0].published, chat), chat)))
    return LINE.join([heading, *(_line(item, chat) for item in items)])


def _line(item: Item, chat: Chat) -> Markup:
    time = escape(clock(localized(item.published, chat)))
    return time + Markup(" ") + titled(item.title, item.url, TITLE)


def no_articles(chat: Chat) -> Message:
    """Nothing was read yet."""
    return message(_nothing(chat))


def _nothing(chat: Chat) -> Markup:
    return words(chat).text("There is no news here yet. Check back in a few minutes.")
