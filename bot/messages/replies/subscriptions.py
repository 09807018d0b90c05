"""Answers to `/list`."""

from collections.abc import Sequence
from datetime import datetime

from bot.messages.dates import date, localized
from bot.messages.keyboard import page as page_of
from bot.messages.manner import manner
from bot.messages.markup import DOT, LINE, NOTHING, Markup, escape
from bot.messages.phrases import edition_names, message, named, quoted, words
from bot.messages.replies.cards import change_button
from bot.messages.replies.pausing import paused_note
from bot.messages.replies.thresholds import all_waited_for, remove_button
from bot.model import Chat, Message, Subscription, Threshold


def subscription_list(
    chat: Chat,
    subscriptions: Sequence[Subscription],
    now: datetime,
    page: int = 0,
    thresholds: Sequence[Threshold] = (),
) -> Message:
    """A page of all, from 0: subscriptions, each with its editions and since when, then the rates
    that are waited for. The button of a subscription opens its card, a threshold's ends it.
    """
    if not subscriptions and not thresholds:
        return no_subscriptions(chat)
    part = page_of([*subscriptions, *thresholds], page)
    asked = [each for each in part.shown if isinstance(each, Subscription)]
    waited = [each for each in part.shown if isinstance(each, Threshold)]
    lines = [_line(each, chat, now, part.first + at) for at, each in enumerate(asked, 1)]
    buttons = [(change_button(each, quoted(each.text, chat, 40)),) for each in asked]
    buttons += [(remove_button(each, chat),) for each in waited]
    return message(
        _heading(subscriptions, chat) if asked or not subscriptions else NOTHING,
        *lines,
        all_waited_for(chat, waited),
        paused_note(chat),
        buttons=[*buttons, *part.turning("lp")],
    )


def _heading(subscriptions: Sequence[Subscription], chat: Chat) -> Markup:
    if not subscriptions:
        return words(chat).text("You have no subscriptions yet.")
    return words(chat).plural(
        "<b>{n} subscription</b>", "<b>{n} subscriptions</b>", len(subscriptions)
    )


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
