"""Answers to `/list`."""

from collections.abc import Sequence

from bot.messages.dates import date, localized
from bot.messages.keyboard import page as page_of
from bot.messages.markup import DOT, Markup, escape
from bot.messages.phrases import edition_names, message, named, quoted, words
from bot.messages.replies.cards import change_button
from bot.model import Chat, Message, Subscription


def subscription_list(chat: Chat, subscriptions: Sequence[Subscription], page: int = 0) -> Message:
    """A page of them, from 0, each with its editions and since when; its button opens its card."""
    if not subscriptions:
        return no_subscriptions(chat)
    part = page_of(subscriptions, page)
    lines = [_line(each, chat, part.first + at) for at, each in enumerate(part.shown, 1)]
    heading = words(chat).plural(
        "<b>{n} subscription</b>", "<b>{n} subscriptions</b>", len(subscriptions)
    )
    buttons = [(change_button(each, quoted(each.text, chat, 40)),) for each in part.shown]
    return message(heading, *lines, buttons=[*buttons, *part.turning("lp")])


def _line(subscription: Subscription, chat: Chat, place: int) -> Markup:
    since = words(chat).text("since {date}", date=date(localized(subscription.created, chat), chat))
    name = escape(f"{place}. ") + named(subscription.text, chat)
    return name + Markup("\n") + escape(edition_names(subscription.editions)) + DOT + since


def no_subscriptions(chat: Chat) -> Message:
    """There is none to list or to end."""
    texts = words(chat)
    return message(
        texts.text("You have no subscriptions yet."),
        texts.text("For example: <code>/subscribe visa</code>"),
    )
