"""Answers to `/latest`."""

from collections.abc import Collection, Sequence
from itertools import groupby

from bot.messages.dates import clock, day, localized
from bot.messages.keyboard import rows
from bot.messages.markup import LINE, Markup, bold, escape
from bot.messages.phrases import NAMES, message, titled, words
from bot.model import Button, Chat, Edition, Item, Language, Message

MOST = 15
TITLE = 200


def latest(
    chat: Chat,
    items: Sequence[Item],
    edition: Edition | None = None,
    offered: Collection[Edition] = tuple(Edition),
) -> Message:
    """The newest by day, with buttons to the other editions among `offered`. `edition`: the one
    that all of them are from; None: they are from the chat's editions.
    """
    if not items:
        return no_articles(chat)
    heading = words(chat).text("<b>The latest news</b>")
    days = groupby(items[:MOST], key=lambda item: localized(item.published, chat).date())
    others = [each for each in Edition if each in offered and each is not edition]
    buttons = [Button(NAMES[Language(each)], data=f"l:{each}") for each in others]
    return message(
        heading, *(_day(list(of_day), chat) for _, of_day in days), buttons=rows(buttons, 3)
    )


def _day(items: Sequence[Item], chat: Chat) -> Markup:
    heading = bold(escape(day(localized(items[0].published, chat), chat)))
    return LINE.join([heading, *(_line(item, chat) for item in items)])


def _line(item: Item, chat: Chat) -> Markup:
    time = escape(clock(localized(item.published, chat)))
    return time + Markup(" ") + titled(item.title, item.url, TITLE)


def no_articles(chat: Chat) -> Message:
    """Nothing was read yet."""
    return message(words(chat).text("There is no news here yet. Check back in a few minutes."))
