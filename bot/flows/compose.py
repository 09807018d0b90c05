"""Facts into words, at the last moment: what a bundle of alerts says to its chat."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from bot.matching.query import Query, QueryError, parse
from bot.matching.why import spans
from bot.messages import render
from bot.messages.render import Met, Story
from bot.messages.summary import lead
from bot.model import Alert, Article, Bundle, Chat, ChatRef, ChatState, Message, Subscription
from bot.ports import Articles, Chats, Clock, Subscriptions

KEPT_QUERIES = 10_000


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
        is gone, or has unsubscribed from all that its alerts meet. Raises StoreUnavailable.
        """
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
        found = [_story(alert, asked, articles) for alert in bundle.alerts]
        stories = sorted(filter(None, found), key=lambda story: story.article.published)
        return self._words(stories, chat)

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


def _story(
    alert: Alert, asked: Collection[Subscription], articles: Mapping[int, Article]
) -> Story | None:
    article = articles.get(alert.article)
    met = [subscription for subscription in asked if subscription.key in alert.subscriptions]
    if article is None or not met:
        return None
    text = lead(article)
    return Story(article, text, tuple(_met(subscription, article, text) for subscription in met))


def _met(subscription: Subscription, article: Article, text: str) -> Met:
    query = _query(subscription.text)
    if query is None:
        return Met(subscription, (), ())
    title = spans(query, article.title, article.edition)
    return Met(subscription, tuple(title), tuple(spans(query, text, article.edition)))


@lru_cache(maxsize=KEPT_QUERIES)
def _query(text: str) -> Query | None:
    try:
        return parse(text)
    except QueryError:
        return None
