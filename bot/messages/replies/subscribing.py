"""Answers to `/subscribe`."""

from collections.abc import Sequence
from datetime import datetime

from bot.messages.catalog import marked
from bot.messages.markup import LINE, NOTHING, Markup
from bot.messages.outside import clean
from bot.messages.phrases import (
    QUERY,
    and_more,
    in_editions,
    listed,
    message,
    named,
    quoted,
    subscribe_button,
    unsubscribe_button,
    words,
)
from bot.messages.replies.cards import Card, change_button, expected, read_as, suggestions
from bot.model import Chat, Edition, Message, Subscription

MOST_BUTTONS = 3
DETAIL = 80
IN_LABEL = 30
_USAGE = marked("For example: <code>/subscribe visa</code> or <code>/subscribe visa China</code>")
_FAULTS = {
    "empty": marked("What shall I look for?"),
    "too long": marked("That's too long: 200 characters at most, please."),
    "too many words": marked(
        "That's too many words: 10 at once is the most I can look for. Try it without {query}."
    ),
    "no word": marked("There is no word in {query}: it takes letters or digits."),
    "too common": marked("{query} is in almost every article. Add a word that says more."),
    "only excluded": marked(
        "{query} only says what you don't want. Name a word that has to be there."
    ),
    "short prefix": marked("{query} is too short: I need four letters before the asterisk."),
    "unknown language": marked("I don't know the language in {query}. There are {languages}."),
    "contradiction": marked("No article can fit {query}: it rules itself out."),
}
_FAULT = marked("I can't make sense of {query}.")


def subscribed(chat: Chat, subscriptions: Sequence[tuple[Subscription, bool]]) -> Message:
    """Each with whether it is new; it may be undone by a button."""
    new = [each for each, is_new in subscriptions if is_new]
    old = [each for each, is_new in subscriptions if not is_new]
    shown = (new or old)[:MOST_BUTTONS]
    return message(
        _new(chat, new) if new else NOTHING,
        _old(chat, old) if old else NOTHING,
        buttons=[(unsubscribe_button(each, chat),) for each in shown],
    )


def followed(chat: Chat, card: Card, now: datetime, *, is_new: bool) -> Message:
    """One subscription, with what to expect of it and how to change it."""
    one = card.subscription
    told = _new(chat, [one]) if is_new else _old(chat, [one])
    change = change_button(one, words(chat).label("Change"))
    return message(
        LINE.join(filter(None, [told, read_as(chat, card)])),
        expected(chat, card, now),
        buttons=[*suggestions(chat, card), (change,), (unsubscribe_button(one, chat),)],
    )


def _new(chat: Chat, new: Sequence[Subscription]) -> Markup:
    texts = words(chat)
    if len(new) > 1:
        return texts.text("Done! I'll send you news about:") + LINE + listed(new, chat)
    done = texts.text("Done! I'll send you news about {query}.", query=named(new[0].text, chat))
    if new[0].editions == chat.editions:
        return done
    where = in_editions(new[0].editions, chat)
    return done + LINE + texts.text("I look for it in the news {languages}.", languages=where)


def _old(chat: Chat, old: Sequence[Subscription]) -> Markup:
    texts = words(chat)
    if len(old) > 1:
        return texts.text("You already follow:") + LINE + listed(old, chat)
    return texts.text("You already follow {query}.", query=named(old[0].text, chat))


def subscribe_usage(chat: Chat) -> Message:
    """`/subscribe` without a word."""
    return query_refused(chat, "empty", "")


def query_refused(
    chat: Chat, fault: str, detail: str, suggestion: str = "", *, is_alone: bool = True
) -> Message:
    """`fault`, `detail` and `suggestion` as in `QueryError`; an unknown fault gets a general
    answer. `is_alone`: nothing else is answered beside it.
    """
    texts = words(chat)
    reason = texts.text(
        _FAULTS.get(fault, _FAULT),
        query=named(detail, chat, DETAIL),
        languages=", ".join(Edition),
    )
    nearest = clean(suggestion, QUERY)
    if not nearest:
        return message(reason, texts.text(_USAGE) if is_alone else NOTHING)
    told = texts.text("Perhaps like this: <code>/subscribe {query}</code>", query=nearest)
    label = texts.label("Follow {query}", query=quoted(nearest, chat, IN_LABEL))
    return message(reason, told, buttons=[subscribe_button(suggestion, label)])


def more_refused(chat: Chat, n: int) -> Message:
    """For queries that were refused too, and why is not told."""
    return message(*and_more(n, chat))


def limit_reached(chat: Chat, limit: int) -> Message:
    """The chat has as many subscriptions as it may have."""
    texts = words(chat)
    return message(
        texts.plural(
            "You already have {n} subscription, and that is the most I can keep.",
            "You already have {n} subscriptions, and that is the most I can keep.",
            limit,
        ),
        texts.text("Drop one that you no longer need: /unsubscribe"),
    )
