"""Alerts as messages. Whatever an article holds, Telegram's limits are kept."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.messages.dates import moment
from bot.messages.lengths import units
from bot.messages.markup import (
    DOT,
    LINE,
    NOTHING,
    Markup,
    address,
    bold,
    escape,
    link,
    underlined,
)
from bot.messages.outside import Span, clean, pieces
from bot.messages.phrases import (
    and_more,
    message,
    mute_button,
    nameless,
    quoted,
    titled,
    unsubscribe_button,
    words,
)
from bot.messages.plain import text_of
from bot.model import Article, Button, Chat, Message, Subscription

TITLE = 300
LEAD = 600
SECTION = 40
QUERY = 60
MOST_QUERIES = 3
TITLE_IN_BUNDLE = 200
MOST_STORIES = 40
ROOM = 4000
"""UTF-16 units for the entries of a bundle; the rest of the 4096 is for its heading."""


@dataclass(frozen=True, slots=True)
class Met:
    """A subscription that an article meets, and the words of title, lead and passage that meet
    it.
    """

    subscription: Subscription
    title: tuple[Span, ...]
    lead: tuple[Span, ...]
    passage: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Story:
    """What an alert tells. The spans in `met` are of the article's title, `lead` and `passage`."""

    article: Article
    lead: str
    met: tuple[Met, ...]
    passage: str = ""
    """From further on in the article; empty where title and lead hold what was asked for."""


Entry = tuple[Story, Markup]


def alert(story: Story, chat: Chat, now: datetime) -> Message:
    """One article."""
    url = address(story.article.url)
    return message(
        _title(story, url),
        _lead(story),
        _passage(story),
        _origin(story, chat, now),
        buttons=_buttons([story], chat, _reading(story, chat, url)),
        preview=url,
    )


def _title(story: Story, url: str) -> Markup:
    spans = [span for met in story.met for span in met.title]
    found = pieces(story.article.title, spans, TITLE) or ((nameless(url, TITLE), False),)
    parts = [underlined(escape(part)) if mark else escape(part) for part, mark in found]
    return link(url, bold(NOTHING.join(parts)))


def _lead(story: Story) -> Markup:
    return _marked(story.lead, [span for met in story.met for span in met.lead])


def _passage(story: Story) -> Markup:
    return _marked(story.passage, [span for met in story.met for span in met.passage])


def _marked(text: str, spans: Iterable[Span]) -> Markup:
    found = pieces(text, spans, LEAD)
    return NOTHING.join(bold(escape(part)) if mark else escape(part) for part, mark in found)


def _origin(story: Story, chat: Chat, now: datetime) -> Markup:
    """Why the reader gets it, and where and when it was published."""
    section = clean(story.article.section, SECTION)
    time = moment(story.article.published, chat, now)
    return DOT.join(filter(None, [_queries(story, chat), escape(section), escape(time)]))


def _queries(story: Story, chat: Chat) -> Markup:
    shown = [escape(quoted(met.subscription.text, chat, QUERY)) for met in story.met]
    more = and_more(len(shown) - MOST_QUERIES, chat)
    return Markup(" ").join([Markup(", ").join(shown[:MOST_QUERIES]), *more])


def _reading(story: Story, chat: Chat, url: str) -> tuple[Button, ...]:
    """The article, and what was written before."""
    read = [Button(words(chat).label("Read"), url=url)] * bool(url)
    return (*read, Button(words(chat).label("Related"), data=f"rl:{story.article.id}"))


def _buttons(
    stories: Iterable[Story], chat: Chat, read: tuple[Button, ...] = ()
) -> list[tuple[Button, ...]]:
    asked = {met.subscription.key: met.subscription for each in stories for met in each.met}
    shown = list(asked.values())[:MOST_QUERIES]
    ends = [unsubscribe_button(each, chat) for each in shown]
    mute = (mute_button(shown, chat),) if shown else ()
    if len(shown) == 1:
        return [read, (*ends, *mute)]
    return [read, *((each,) for each in ends), mute]


def bundle(
    stories: Sequence[Story], chat: Chat, now: datetime
) -> list[tuple[Message, tuple[int, ...]]]:
    """Several articles, in the order given, in as many messages as their length needs; with
    each message the ids of the articles that it tells.
    """
    entries = [(story, _entry(story, chat, now)) for story in stories]
    return [
        (_list(part, chat), tuple(story.article.id for story, _ in part))
        for part in _parts(entries)
    ]


def _entry(story: Story, chat: Chat, now: datetime) -> Markup:
    title = titled(story.article.title, story.article.url, TITLE_IN_BUNDLE)
    time = escape(moment(story.article.published, chat, now))
    return title + LINE + time + DOT + _queries(story, chat)


def _parts(entries: Iterable[Entry]) -> Iterator[list[Entry]]:
    part: list[Entry] = []
    room = ROOM
    for entry in entries:
        size = units(text_of(entry[1].html)) + 2
        if part and (size > room or len(part) == MOST_STORIES):
            yield part
            part, room = [], ROOM
        part.append(entry)
        room -= size
    if part:
        yield part


def _list(part: Sequence[Entry], chat: Chat) -> Message:
    heading = words(chat).plural(
        "<b>{n} new story for you</b>", "<b>{n} new stories for you</b>", len(part)
    )
    buttons = _buttons((story for story, _ in part), chat)
    return message(heading, *(entry for _, entry in part), buttons=buttons)
