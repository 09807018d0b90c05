"""Answers to `/search` and `/related`."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.messages.dates import moment
from bot.messages.keyboard import Rows, data
from bot.messages.markup import DOT, LINE, NOTHING, Markup, bold, escape, link
from bot.messages.outside import Span, pieces
from bot.messages.phrases import FLAGS, message, named, nameless, subscribe_button, words
from bot.messages.replies.rates import sums
from bot.model import Button, Chat, Converted, Found, Hit, Message

TITLE = 200
LEAD = 160
MOST_MARKS = 6
"""Of one line: Telegram takes 100 entities in a message."""
MOST_HITS = 6


@dataclass(frozen=True, slots=True)
class Shown:
    """A page of a search, and the key by which buttons name it."""

    key: str
    words: str
    page: int
    """From 0."""
    found: Found
    can_follow: bool = True
    """Whether the words are a query, too."""


def found(chat: Chat, shown: Shown, now: datetime, converted: Sequence[Converted] = ()) -> Message:
    """A page, with buttons to the pages beside it and one to follow what is searched for.
    `converted`: what comes first, where the words are a sum of money, too.
    """
    texts, name, first = words(chat), named(shown.words, chat), sums(chat, converted)
    hits = shown.found.hits[:MOST_HITS]
    follow = [(_follow_button(chat, shown),)] * shown.can_follow
    place = DOT + texts.text("page {n}", n=shown.page + 1) if shown.page else NOTHING
    if not hits and (shown.found.next or not shown.page):
        nothing = texts.text("I have found nothing about {query}.", query=name)
        offer = texts.text("Shall I write when there is news about it?") if follow else NOTHING
        buttons = [*_turning(chat, shown), *follow]
        return message(*first, nothing + place, _partly(chat, shown.found), offer, buttons=buttons)
    heading = texts.text("Found: {query}", query=name) if hits else texts.text("That was all.")
    return message(
        *first,
        heading + place,
        *(hit_lines(hit, chat, now) for hit in hits),
        _partly(chat, shown.found),
        buttons=[*_turning(chat, shown), *follow],
    )


def hit_lines(hit: Hit, chat: Chat, now: datetime) -> Markup:
    """Title, lead, and where and when it was published; the words that were asked for in bold."""
    title = link(hit.url, marked_text(hit.title, hit.marks, TITLE) or escape(_nameless(hit)))
    origin = FLAGS[hit.edition] + " " + moment(hit.published, chat, now)
    lead = marked_text(hit.lead, hit.lead_marks, LEAD)
    return LINE.join(filter(None, [title, lead, escape(origin)]))


def _nameless(hit: Hit) -> str:
    return nameless(hit.url, TITLE)


def marked_text(text: str, marks: Iterable[Span], limit: int) -> Markup:
    """In bold what is marked, of which the first few count."""
    parts = pieces(text, [*marks][:MOST_MARKS], limit)
    return NOTHING.join(
        bold(escape(part)) if mark and part.strip() else escape(part) for part, mark in parts
    )


def _partly(chat: Chat, of: Found) -> Markup:
    if of.is_whole:
        return NOTHING
    return words(chat).text("I am still putting the older news in order: there may be more.")


def _turning(chat: Chat, shown: Shown) -> Rows:
    newer, older = words(chat).label("‹ Newer"), words(chat).label("Older ›")
    before = [Button(newer, data=f"sp:{shown.key}:{shown.page - 1}")] * bool(shown.page)
    after = [Button(older, data=f"sp:{shown.key}:{shown.page + 1}")] * bool(shown.found.next)
    return (row,) if (row := (*before, *after)) else ()


def _follow_button(chat: Chat, shown: Shown) -> Button:
    """It holds the words or, where they are too long, the key."""
    label = words(chat).label("Subscribe to this search")
    held = subscribe_button(shown.words, label)
    return held[0] if held else Button(label, data=data("sq", shown.key))


def search_usage(chat: Chat) -> Message:
    """`/search` without a word."""
    texts = words(chat)
    return message(
        texts.text("What shall I look for in the news of all times?"),
        texts.text(
            "<code>/search visa China</code> – both words, in any form\n"
            '<code>/search "exact words"</code> – next to each other\n'
            "<code>/search visa -Korea</code> – without a word"
        ),
        texts.text("In any other chat, type my name, beginning with @, and the words."),
    )


def related(chat: Chat, hits: Sequence[Hit], now: datetime) -> Message:
    """Earlier articles, the closest first."""
    texts = words(chat)
    if not hits:
        return message(texts.text("I know of nothing earlier about this."))
    heading = texts.text("<b>Earlier about this</b>")
    return message(heading, *(_short(hit, chat, now) for hit in hits[:MOST_HITS]))


def _short(hit: Hit, chat: Chat, now: datetime) -> Markup:
    title = link(hit.url, marked_text(hit.title, (), TITLE) or escape(_nameless(hit)))
    return title + LINE + escape(FLAGS[hit.edition] + " " + moment(hit.published, chat, now))


def related_usage(chat: Chat) -> Message:
    """`/related` that is no reply to a message with news."""
    return message(
        words(chat).text(
            "Reply with /related to a message of mine that tells news, and I'll show what was "
            "written about it before."
        )
    )
