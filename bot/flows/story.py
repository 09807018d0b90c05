"""An article and what a chat asked for, as the story that it is told."""

from collections.abc import Collection
from dataclasses import replace
from functools import lru_cache

from bot.matching.query import Query, QueryError, parse
from bot.matching.why import spans
from bot.messages.passage import around
from bot.messages.render import Met, Story
from bot.messages.sentences import sentences
from bot.messages.summary import lead
from bot.model import Article, Subscription

KEPT_QUERIES = 10_000
KEPT_PASSAGES = 1000


def story(article: Article, met: Collection[Subscription]) -> Story:
    """Where the words that each subscription wants stand; in a passage further on, where title
    and lead have none of them.
    """
    text = lead(article)
    found = tuple(_met(subscription, article, text) for subscription in met)
    unseen = [each for each in found if not each.title and not each.lead]
    passages = (_passage(each.subscription.text, article) for each in unseen)
    passage = next(filter(None, passages), "")
    if not passage:
        return Story(article, text, found)
    return Story(article, text, tuple(_within(each, passage, article) for each in found), passage)


def _within(met: Met, passage: str, article: Article) -> Met:
    query = _query(met.subscription.text)
    found = spans(query, passage, article.edition, "body") if query else ()
    return replace(met, passage=tuple(found))


# An article goes to many readers, and many of them asked for the same words.
@lru_cache(maxsize=KEPT_PASSAGES)
def _passage(text: str, article: Article) -> str:
    """The first sentence that holds what a query wants, shortened; empty where none does."""
    if (query := _query(text)) is None:
        return ""
    for paragraph in article.body:
        line = " ".join(paragraph.split())
        if not spans(query, line, article.edition, "body"):
            continue
        for sentence in sentences(line):
            if found := spans(query, sentence, article.edition, "body"):
                return around(sentence, found[0])
    return ""


def _met(subscription: Subscription, article: Article, text: str) -> Met:
    query = _query(subscription.text)
    if query is None:
        return Met(subscription, (), ())
    title = spans(query, article.title, article.edition, "title")
    return Met(subscription, tuple(title), tuple(spans(query, text, article.edition, "body")))


@lru_cache(maxsize=KEPT_QUERIES)
def _query(text: str) -> Query | None:
    try:
        return parse(text)
    except QueryError:
        return None
