"""One subscription: how it was read, what to expect of it, and how to change it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.messages.dates import date, localized, moment
from bot.messages.keyboard import Row, Rows, data, rows, short
from bot.messages.manner import deliveries, manner, mute_toggle
from bot.messages.markup import DOT, LINE, NOTHING, Markup, escape
from bot.messages.outside import clean
from bot.messages.phrases import (
    NAMES,
    QUERY,
    edition_names,
    message,
    named,
    ticked,
    titled,
    unsubscribe_button,
    words,
)
from bot.model import Button, Chat, Edition, Language, Message, Outlook, Subscription

KNOWN_DAYS = 30
TITLE = 200
MOST_WIDER = 4
MOST_OTHERS = 2
MOST_PARTS = 6


@dataclass(frozen=True, slots=True)
class Card:
    """All that is said of a subscription. What is unknown or says nothing new is empty."""

    subscription: Subscription
    reading: str = ""
    """How its query was understood."""
    editions: frozenset[Edition] = frozenset()
    """Those that it may be followed in."""
    outlook: Outlook | None = None
    is_much: bool = False
    """It brings more than one may want to read."""
    wider: tuple[str, ...] = ()
    """Words by which it may be widened."""
    narrower: tuple[str, ...] = ()
    """Words by which it may be narrowed."""
    meant: str = ""
    """How it reads where its small words, as `or`, are signs."""
    parts: tuple[str, ...] = ()
    """What may be left out of it."""
    others: tuple[tuple[str, frozenset[Edition]], ...] = ()
    """The same query in other languages, and the editions in which that would be followed."""


def subscription_card(chat: Chat, card: Card, now: datetime) -> Message:
    """To look at and to change. `now`: to tell the time of the latest article by."""
    subscription = card.subscription
    since = date(localized(subscription.created, chat), chat)
    facts = DOT.join(
        [
            escape(edition_names(subscription.editions)),
            words(chat).text("since {date}", date=since),
            *manner(chat, subscription, now),
        ]
    )
    return message(
        LINE.join(filter(None, [named(subscription.text, chat), read_as(chat, card), facts])),
        expected(chat, card, now),
        buttons=[
            _editions(card),
            *deliveries(chat, subscription),
            *suggestions(chat, card),
            *_left_out(card),
            *_ends(chat, card, now),
        ],
    )


def read_as(chat: Chat, card: Card) -> Markup:
    """How the query was understood, where its own wording does not say it."""
    reading = clean(card.reading, QUERY * 2)
    return words(chat).text("I read it as: {reading}", reading=reading) if reading else NOTHING


def expected(chat: Chat, card: Card, now: datetime) -> Markup:
    """What it would have met of late, and a warning where that is much."""
    if card.outlook is None:
        return NOTHING
    latest = _latest(chat, card.outlook, now)
    return LINE.join(filter(None, [_count(chat, card.outlook), latest, _warning(chat, card)]))


def _count(chat: Chat, outlook: Outlook) -> Markup:
    texts, days = words(chat), outlook.days
    if days < KNOWN_DAYS:
        span = texts.plural("In the {n} day that I know", "In the {n} days that I know", days)
    else:
        span = texts.plural("In the last {n} day", "In the last {n} days", days)
    if not outlook.met:
        return texts.text("{span}: nothing about it.", span=span)
    return texts.text(
        "{span}: {articles}, {rate}.",
        span=span,
        articles=_articles(chat, outlook),
        rate=_rate(chat, outlook),
    )


def _articles(chat: Chat, outlook: Outlook) -> Markup:
    texts, met = words(chat), outlook.met
    if outlook.is_rough:
        return texts.plural("about {n} article", "about {n} articles", met)
    return texts.plural("{n} article", "{n} articles", met)


def _rate(chat: Chat, outlook: Outlook) -> Markup:
    weekly = round(outlook.per_day * 7)
    if not weekly:
        return words(chat).text("less than one a week")
    return words(chat).plural("about {n} a week", "about {n} a week", weekly)


def _latest(chat: Chat, outlook: Outlook, now: datetime) -> Markup:
    if outlook.latest is None:
        return NOTHING
    title = titled(outlook.latest.title, outlook.latest.url, TITLE)
    told = words(chat).text("The latest: {title}", title=title)
    return told + DOT + escape(moment(outlook.latest.published, chat, now))


def _warning(chat: Chat, card: Card) -> Markup:
    if not card.is_much or card.outlook is None:
        return NOTHING
    texts = words(chat)
    daily = round(card.outlook.per_day)
    much = texts.plural("That is about {n} a day.", "That is about {n} a day.", daily)
    if card.narrower:
        return much + Markup(" ") + texts.text("With one more word there will be fewer:")
    return much + Markup(" ") + texts.text("Add a word, and there will be fewer.")


def suggestions(chat: Chat, card: Card) -> Rows:
    """Buttons that read it anew, make it narrower or wider, or follow it in another language."""
    key, texts = card.subscription.key, words(chat)
    narrower = [
        Button(texts.label("… and {word}", word=short(word)), data=told)
        for word in card.narrower
        if (told := data("n", f"{key}:{word}"))
    ]
    wider = [
        Button(f"+ {short(word)}", data=told)
        for word in card.wider[:MOST_WIDER]
        if (told := data("w", f"{key}:{word}"))
    ]
    meant = [Button(short(card.meant), data=f"o:{key}")] if card.meant else []
    return (*rows(meant), *rows(narrower, 3), *rows(wider, 2), *_others(card))


def _others(card: Card) -> Rows:
    shown = card.others[:MOST_OTHERS]
    return rows(
        [
            Button(
                f"+ {short(text)} ({edition_names(editions)})",
                data=f"t:{card.subscription.key}:{min(editions)}",
            )
            for text, editions in shown
        ]
    )


def _editions(card: Card) -> Row:
    subscription = card.subscription
    return tuple(
        Button(
            ticked(NAMES[Language(each)], each in subscription.editions),
            data=f"e:{subscription.key}:{each}",
        )
        for each in Edition
        if each in card.editions
    )


def _left_out(card: Card) -> Rows:
    found: Sequence[Button] = [
        Button(f"− {short(part)}", data=told)
        for part in card.parts[:MOST_PARTS]
        if (told := data("x", f"{card.subscription.key}:{part}"))
    ]
    return rows(found, 3)


def _ends(chat: Chat, card: Card, now: datetime) -> Rows:
    end = unsubscribe_button(card.subscription, chat)
    back = Button(words(chat).label("‹ Back"), data="lp:0")
    return ((end, mute_toggle(chat, card.subscription, now)), (back,))


def change_button(subscription: Subscription, label: str) -> Button:
    """Opens the subscription's card."""
    return Button(label, data=f"c:{subscription.key}")
