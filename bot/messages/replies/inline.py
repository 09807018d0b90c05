"""What `@bot words` shows while it is typed, and the cards that are sent."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from typing import NamedTuple

from bot.messages.dates import localized, moment
from bot.messages.figures import amount, day, source
from bot.messages.lengths import cut
from bot.messages.markup import address, bold, escape, link
from bot.messages.outside import clean
from bot.messages.phrases import FLAGS, message, nameless, quoted, words
from bot.messages.replies.rates import amiss, converted
from bot.messages.replies.search import TITLE
from bot.model import (
    Amiss,
    Button,
    Chat,
    ChatRef,
    Converted,
    Found,
    Hit,
    Invitation,
    Message,
    Offer,
    Offers,
)

LEAD = 300
DESCRIPTION = 200
LABEL = 64
IN_LABEL = 30
MOST = 50
"""Telegram takes no more results at once."""
LATEST_SECONDS, FOUND_SECONDS, PAGE_SECONDS, NOTHING_SECONDS = 20, 60, 300, 10
WELCOME = "search"
"""What `/start` says where there is nothing to subscribe to."""


@dataclass(frozen=True, slots=True)
class Typed:
    """What fits what was typed so far, with as many hits as there is room for."""

    chat: Chat
    """The reader's own with the bot, or what it would be."""
    words: str
    found: Found
    sums: tuple[Converted, ...] = ()
    """Where a conversion is asked for; on the first page only."""
    start: str = ""
    """The start parameter that subscribes to the words; empty where they can't be followed."""
    is_first: bool = True
    amiss: Amiss | None = None
    """What is wrong with a sum that is asked for."""


def offers(typed: Typed, now: datetime) -> Offers:
    """A conversion first, then the hits.

    All of it is in the reader's language, times are in the reader's zone, and the reader's
    editions come first. Telegram's cache knows only the words, so that answers are kept for the
    reader alone, for whom it saves a request when letters are taken back: what was found for a
    minute, the latest news for less, further pages, which nothing new shifts, for longer, and
    what may soon be otherwise, nothing or what an index that is being built has found, for
    moments.
    """
    sums = [_sum_offer(typed.chat, typed.words, typed.sums)] if typed.sums else []
    manner, today = _manner(typed.chat), _midnight(typed.chat, now)
    hits = {hit.id: replace(hit, marks=(), lead_marks=()) for hit in typed.found.hits}.values()
    found = (_hit_offer(hit, typed, _told(hit, manner, today)) for hit in hits)
    shown = (*sums, *found)[:MOST]
    return Offers(shown, typed.found.next, _invitation(typed, bool(shown)), _seconds(typed))


def _seconds(typed: Typed) -> int:
    if not typed.found.is_whole or not typed.found.hits:
        return NOTHING_SECONDS
    if not typed.is_first:
        return PAGE_SECONDS
    return FOUND_SECONDS if typed.words else LATEST_SECONDS


class Told(NamedTuple):
    """What is said of a hit, whoever asks and for what."""

    title: str
    description: str
    html: str
    url: str
    picture: str


def _hit_offer(hit: Hit, typed: Typed, told: Told) -> Offer:
    """The card may be read long after, by anybody."""
    read = (Button(words(typed.chat).label("Read"), url=told.url),) if told.url else ()
    more = Button(words(typed.chat).label("Search more"), inline=typed.words)
    card = Message(told.html, ((*read, more),), told.url)
    return Offer(str(hit.id), told.title, told.description, card, told.picture)


# The same articles are found for many words, letter by letter.
@lru_cache(maxsize=8192)
def _told(hit: Hit, manner: Chat, today: datetime) -> Told:
    """`manner`: a chat of the same language and zone as all who see this."""
    title = clean(hit.title, TITLE) or nameless(hit.url, TITLE)
    lead, url = clean(hit.lead, LEAD), address(hit.url)
    origin = f"{FLAGS[hit.edition]} {moment(hit.published, manner, today)}"
    description = cut(" · ".join(filter(None, [origin, lead])), DESCRIPTION)
    card = message(link(url, bold(escape(title))), escape(lead), escape(origin))
    return Told(title, description, card.html, url, address(hit.picture))


def _midnight(chat: Chat, now: datetime) -> datetime:
    """Of the chat's day: what is said of a time depends on no more."""
    return localized(now, chat).replace(hour=0, minute=0, second=0, microsecond=0)


def _manner(chat: Chat) -> Chat:
    return Chat(ChatRef(0), chat.language, frozenset(), chat.timezone)


def _sum_offer(chat: Chat, asked: str, sums: tuple[Converted, ...]) -> Offer:
    first = sums[0]
    results = ", ".join(amount(each.result, each.target, chat) for each in sums)
    told = converted(chat, sums)
    more = Button(words(chat).label("Another sum"), inline=asked)
    return Offer(
        "sum",
        cut(f"{amount(first.amount, first.source, chat)} = {results}", TITLE),
        _origin(chat, sums),
        Message(told.html, ((more,),)),
    )


def _origin(chat: Chat, sums: Iterable[Converted]) -> str:
    """Who says so, and of which day."""
    rates = [rate for each in sums for rate in each.by]
    return f"{source(rates[0], chat)}, {day(rates[0].day, chat)}" if rates else ""


def _invitation(typed: Typed, is_found: bool) -> Invitation | None:
    """Above the first page."""
    if not typed.is_first or not typed.words or typed.sums:
        return None
    if typed.amiss:
        return Invitation(cut(amiss(typed.chat, typed.amiss), LABEL), WELCOME)
    texts, name = words(typed.chat), quoted(typed.words, typed.chat, IN_LABEL)
    if not typed.start:
        return None if is_found else Invitation(texts.label("Nothing found"), WELCOME)
    if is_found:
        label = texts.label("Get alerts for {query}", query=name)
    else:
        label = texts.label("Nothing yet. Get alerts for {query}", query=name)
    return Invitation(cut(label, LABEL), typed.start)
