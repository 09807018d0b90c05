"""Facts into words, at the last moment: what a bundle of alerts says to its chat."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from html import escape

import structlog

from bot.matching.query import Query, QueryError, parse
from bot.matching.why import spans
from bot.messages import render
from bot.messages.passage import around
from bot.messages.render import TITLE, Met, Story
from bot.messages.sentences import sentences
from bot.messages.summary import lead
from bot.model import Article, Bundle, Chat, ChatRef, ChatState, Message, Subscription
from bot.ports import Articles, Chats, Clock, StoreUnavailable, Subscriptions

KEPT_QUERIES = 10_000
KEPT_PASSAGES = 1000
GIVE_UP_SECONDS = 48 * 3600.0
"""What could not be told for so long is told no more."""

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Told:
    """A message, and the articles that it tells: their ids, and when the first was published."""

    message: Message
    articles: tuple[int, ...]
    published: datetime


class Compose:
    """Looks up what the words need, in one round trip a kind, and leaves the rest to `messages`."""

    def __init__(
        self, articles: Articles, subscriptions: Subscriptions, chats: Chats, clock: Clock
    ) -> None:
        self._articles = articles
        self._subscriptions = subscriptions
        self._chats = chats
        self._clock = clock

    async def of(self, bundles: Sequence[Bundle]) -> dict[ChatRef, list[Told]]:
        """What each chat is told, in order; empty where there is nothing more to say: the chat
        is gone, has unsubscribed from all that its alerts meet, or could not be told for two
        days. A chat is missing where what is known of it can't be read. Raises StoreUnavailable.
        """
        try:
            return await self._of(bundles)
        except StoreUnavailable:
            raise
        except Exception:
            if len(bundles) == 1:
                log.exception("alerts can't be looked up", chat=bundles[0].chat)
                return {}
        found = [await self.of([bundle]) for bundle in bundles]
        return {chat: told for of_one in found for chat, told in of_one.items()}

    async def _of(self, bundles: Sequence[Bundle]) -> dict[ChatRef, list[Told]]:
        refs = [bundle.chat for bundle in bundles]
        chats = await self._chats.get_many(refs)
        asked = await self._subscriptions.of_many(refs)
        articles = await self._articles.get(sorted(_ids(bundles)))
        return {
            bundle.chat: self._tell(bundle, chats.get(bundle.chat), asked[bundle.chat], articles)
            for bundle in bundles
        }

    def _tell(
        self,
        bundle: Bundle,
        chat: Chat | None,
        asked: Collection[Subscription],
        articles: Mapping[int, Article],
    ) -> list[Told]:
        if chat is None or chat.state is ChatState.GONE:
            return []
        owed = [one for one in _owed(bundle, asked, articles) if not self._is_late(one[0], bundle)]
        owed.sort(key=lambda one: one[0].published)
        try:
            return self._words([_story(article, met) for article, met in owed], chat)
        except Exception:
            log.exception("alerts can't be put into words", chat=chat.ref)
            return [_bare(article) for article, _ in owed]

    def _is_late(self, article: Article, bundle: Bundle) -> bool:
        """Whether its alert waited too long; what was published since can't have."""
        oldest = self._clock.now().timestamp() - GIVE_UP_SECONDS
        return bundle.since < oldest and article.published.timestamp() < oldest

    def _words(self, stories: Sequence[Story], chat: Chat) -> list[Told]:
        now = self._clock.now()
        published = {story.article.id: story.article.published for story in stories}
        if len(stories) == 1:
            parts = [(render.alert(stories[0], chat, now), tuple(published))]
        else:
            parts = render.bundle(stories, chat, now) if stories else []
        return [Told(message, ids, min(published[id_] for id_ in ids)) for message, ids in parts]


def _ids(bundles: Iterable[Bundle]) -> set[int]:
    return {alert.article for bundle in bundles for alert in bundle.alerts}


def _owed(
    bundle: Bundle, asked: Collection[Subscription], articles: Mapping[int, Article]
) -> Iterator[tuple[Article, list[Subscription]]]:
    """The articles that are still wanted, with the subscriptions that each meets."""
    for alert in bundle.alerts:
        article = articles.get(alert.article)
        met = [subscription for subscription in asked if subscription.key in alert.subscriptions]
        if article is not None and met:
            yield article, met


def _bare(article: Article) -> Told:
    """All that is said where a story's own words can't be put: better than nothing."""
    message = Message(f"{escape(article.title[:TITLE])}\n{escape(article.url)}")
    return Told(message, (article.id,), article.published)


def _story(article: Article, met: Collection[Subscription]) -> Story:
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
