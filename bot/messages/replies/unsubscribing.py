"""Answers to `/unsubscribe`."""

from collections.abc import Sequence

from bot.messages.keyboard import page as page_of
from bot.messages.keyboard import rows
from bot.messages.markup import LINE
from bot.messages.phrases import listed, message, named, quoted, subscribe_button, words
from bot.messages.replies.subscriptions import no_subscriptions
from bot.model import Button, Chat, Message, Subscription

MOST_BUTTONS = 3


def unsubscribe_keyboard(
    chat: Chat, subscriptions: Sequence[Subscription], page: int = 0
) -> Message:
    """A button for each on this page, from 0."""
    if not subscriptions:
        return no_subscriptions(chat)
    part = page_of(subscriptions, page)
    buttons = [Button(quoted(each.text, chat, 40), data=f"u:{each.key}") for each in part.shown]
    return message(
        words(chat).text("What do you no longer want to follow?"),
        buttons=[*rows(buttons), *part.turning("up")],
    )


def unsubscribed(chat: Chat, removed: Sequence[Subscription]) -> Message:
    """What was ended, with buttons to begin again."""
    if not removed:
        return no_subscriptions(chat)
    texts = words(chat)
    again = [
        subscribe_button(
            each.text,
            texts.label("Follow {query} again", query=quoted(each.text, chat, 24)),
        )
        for each in removed[:MOST_BUTTONS]
    ]
    if len(removed) == 1:
        done = texts.text("Done. No more news about {query}.", query=named(removed[0].text, chat))
    else:
        done = texts.text("Done. No more news about:") + LINE + listed(removed, chat)
    return message(done, buttons=again)


def nothing_to_unsubscribe(chat: Chat, text: str) -> Message:
    """There is no such subscription."""
    texts = words(chat)
    return message(
        texts.text("You don't follow {query}.", query=named(text, chat)),
        texts.text("What you do follow: /list"),
    )
