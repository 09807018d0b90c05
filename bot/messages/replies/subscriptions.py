"""Answers to `/list`."""

from collections.abc import Sequence
from datetime import datetime

from bot.messages.dates import date, localized
from bot.messages.keyboard import page as page_of
from bot.messages.manner import manner
from bot.messages.markup import DOT, LINE, Markup, escape
from bot.messages.phrases import edition_names, message, named, quoted, words
from bot.messages.replies.cards import change_button
from bot.messages.replies.settings import paused_note
from bot.model import Chat, Message, Subscription


def subscription_list(
    chat: Chat, subscriptions: Sequence[Subscription], now: datetime, page: int = 0
) -> Message:
    """A page of them, from 0, each with its editions and since when; its button opens its card."""
    if not subscriptions:
        return no_subscriptions(chat)
    part = page_of(subscriptions, page)
    lines = [_line(each, chat, now, part.first + at) for at, each in enumerate(part.shown, 1)]
    heading = words(chat).plural(
        "<b>{n} subscription</b>", "<b>{n} subscriptions</b>", len(subscriptions)
    )
    buttons = [(change_button(each, quoted(each.text, chat, 40)),) for each in part.shown]
    return message(heading, *lines, paused_note(chat), buttons=[*buttons, *part.turning("lp")])


def _line(subscription: Subscription, chat: Chat, now: datetime, place: int) -> Markup:
    since = words(chat).text("since {date}", date=date(localized(subscription.created, chat), chat))
    name = escape(f"{place}. ") + named(subscription.text, chat)
    editions = escape(edition_names(subscription.editions))
    return name + LINE + DOT.join([editions, since, *manner(chat, subscription, now)])


def no_subscriptions(chat: Chat) -> Message:
    """There is none to list or to end."""
    texts = words(chat)
    return message(
        texts.text("You have no subscriptions yet."),
        texts.text("For example: <code>/subscribe visa</code>"),
        paused_note(chat),
    )
