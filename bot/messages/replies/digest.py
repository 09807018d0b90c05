"""What a digest says."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import lru_cache

from babel.dates import get_day_names

from bot.messages import dates
from bot.messages.dates import localized, moment
from bot.messages.figures import day, line, source
from bot.messages.lengths import units
from bot.messages.markup import DOT, LINE, NOTHING, PARAGRAPH, Markup, bold, escape
from bot.messages.phrases import and_more, message, named, titled, words
from bot.messages.plain import text_of
from bot.model import Article, Button, Chat, ChatRef, Item, Message, RateTable, Subscription

TITLE = 160
CAPTION = 1024
"""UTF-16 units that Telegram lets stand under a picture."""
ROOM = 3900
"""For everything in a message without one: a little is left for "and 5 more"."""
MOST_STORIES = 60
"""Telegram shows no more than a hundred links and bold words of a message."""
Stories = Sequence[tuple[Subscription, Article]]


@dataclass(frozen=True, slots=True)
class Morning:
    """What a digest tells. What the chat does not want, or nobody knows, is None."""

    now: datetime
    rates: RateTable | None = None
    stories: Stories | None = None
    """Each under the subscription that it meets, in the order in which there must be room."""
    popular: Sequence[Item] | None = None
    count: int | None = None
    picture: bytes = field(default=b"", repr=False)
    """Of the rates."""
    asked: bool = True
    """Whether the chat has subscriptions."""


Told = tuple[tuple[Message, ...], frozenset[int]]


def digest(chat: Chat, morning: Morning) -> Told:
    """One message, or a picture and a message where its caption has no room for all; and the
    ids of the articles that they tell.
    """
    first = PARAGRAPH.join(filter(None, [_heading(chat, morning), _rates(chat, morning)]))
    rest, told = _rest(chat, morning, ROOM - _length(first))
    whole = PARAGRAPH.join(filter(None, [first, rest]))
    if not morning.picture:
        return (message(whole, buttons=_buttons(chat)),), told
    if _length(whole) <= CAPTION:
        one = message(whole, buttons=_buttons(chat))
        return (replace(one, picture=morning.picture),), told
    rest, told = _rest(chat, morning, ROOM)
    shown = replace(message(first), picture=morning.picture)
    return (shown, message(rest, buttons=_buttons(chat))), told


def _length(markup: Markup) -> int:
    return units(text_of(markup.html))


def _buttons(chat: Chat) -> list[tuple[Button, ...]]:
    return [(Button(words(chat).label("Change the digest"), data="dg:menu"),)]


def _heading(chat: Chat, morning: Morning) -> Markup:
    local = localized(morning.now, chat)
    weekday = get_day_names("wide", "stand-alone", chat.language)[local.weekday()]
    return bold(escape(f"{weekday[:1].upper()}{weekday[1:]}, {dates.day(local, chat)}"))


def _rates(chat: Chat, morning: Morning) -> Markup:
    table = morning.rates
    if table is None or not table.figures:
        return NOTHING
    lines = [line(figure, chat) for figure in table.figures]
    first = table.figures[0].rate
    since = day(table.since if table.since and not table.is_new else first.day, chat, table.day)
    lines.append(escape(f"{source(first, chat)}, {since}"))
    return LINE.join(lines)


def _rest(chat: Chat, morning: Morning, room: int) -> tuple[Markup, frozenset[int]]:
    """What comes after the rates, in so many units; stories give way to all else."""
    popular, count = _popular(chat, morning), _count(chat, morning)
    room -= _length(popular) + _length(count) + 6
    stories, told = _stories(chat, morning, room)
    return PARAGRAPH.join(filter(None, [stories, popular, count])), told


def _stories(chat: Chat, morning: Morning, room: int) -> tuple[Markup, frozenset[int]]:
    texts, found = words(chat), morning.stories
    if found is None:
        return NOTHING, frozenset()
    if not morning.asked:
        return texts.text(
            "You follow nothing yet. For example: <code>/subscribe visa</code>"
        ), frozenset()
    if not found:
        return texts.text("Nothing new about your words."), frozenset()
    heading = texts.text("<b>Your stories</b>")
    shown = list(_fitting(chat, found, morning.now, room - _length(heading) - 20))
    groups = [heading, *_grouped(shown, chat), *and_more(len(found) - len(shown), chat)]
    told = frozenset(article.id for _, article, _ in shown)
    return PARAGRAPH.join(groups), told


Shown = tuple[Subscription, Article, Markup]


def _fitting(chat: Chat, found: Stories, now: datetime, room: int) -> Iterator[Shown]:
    met: set[str] = set()
    reader = Chat(ChatRef(0), chat.language, frozenset(), chat.timezone)
    when = now.replace(minute=0, second=0, microsecond=0)
    for subscription, article in found[:MOST_STORIES]:
        entry, length = _entry(article.title, article.url, article.published, reader, when)
        room -= length + 1
        if subscription.key not in met:
            room -= _length(named(subscription.text, chat)) + 2
        if room < 0:
            return
        met.add(subscription.key)
        yield subscription, article, entry


# Of a morning's stories each is told to many.
@lru_cache(maxsize=4096)
def _entry(
    title: str, url: str, published: datetime, reader: Chat, now: datetime
) -> tuple[Markup, int]:
    """A line, and its length. `reader`: all of a chat that it depends on."""
    time = escape(moment(published, reader, now))
    entry = Markup("• ") + titled(title, url, TITLE) + DOT + time
    return entry, _length(entry)


def _grouped(shown: Sequence[Shown], chat: Chat) -> list[Markup]:
    """Under their subscriptions, of which the one with the latest story comes first, and the
    latest first in each.
    """
    latest = sorted(shown, key=lambda each: (each[1].published, each[1].id), reverse=True)
    groups: dict[str, list[Markup]] = {}
    for subscription, _, entry in latest:
        if subscription.key not in groups:
            groups[subscription.key] = [named(subscription.text, chat)]
        groups[subscription.key].append(entry)
    return [LINE.join(group) for group in groups.values()]


def _popular(chat: Chat, morning: Morning) -> Markup:
    if not morning.popular:
        return NOTHING
    titles = [titled(item.title, item.url, TITLE) for item in morning.popular]
    lines = [escape(f"{number}. ") + title for number, title in enumerate(titles, 1)]
    return LINE.join([words(chat).text("<b>Most read</b>"), *lines])


def _count(chat: Chat, morning: Morning) -> Markup:
    if morning.count is None:
        return NOTHING
    return words(chat).plural("{n} article on 24.kg", "{n} articles on 24.kg", morning.count)
