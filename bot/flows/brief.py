"""Facts into words: what a digest says to its chat at this moment."""

from collections.abc import Awaitable, Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.flows.exchange import Exchange
from bot.flows.lately import Lately
from bot.messages import replies
from bot.messages.replies import Morning
from bot.model import Alert, Article, Chat, Digest, Edition, Item, Message, Part, Subscription
from bot.ports import Clock, Subscriptions

FIRST = timedelta(days=1)
"""What a first digest looks back to."""
LONGEST = timedelta(days=4)
MOST_POPULAR = 5


@dataclass(frozen=True, slots=True)
class Briefing:
    """A digest in words."""

    messages: tuple[Message, ...]
    told: frozenset[int]
    """Ids of the articles that it tells as the chat's stories."""
    at: datetime
    """What became known later is for the next."""


class Brief:
    """Looks up what the parts that a chat chose need. Raises StoreUnavailable."""

    def __init__(
        self,
        subscriptions: Subscriptions,
        lately: Lately,
        exchange: Exchange,
        popular: Callable[[Edition], Awaitable[Iterable[Item]]],
        clock: Clock,
    ) -> None:
        self._subscriptions = subscriptions
        self._lately = lately
        self._exchange = exchange
        self._popular = popular
        self._clock = clock

    async def of(
        self, chat: Chat, last: datetime | None = None, held: Collection[Alert] = ()
    ) -> Briefing:
        """`last`: when the chat had its last digest; `held`: what is put aside for it."""
        now = self._clock.now()
        since = max(last or now - FIRST, now - LONGEST)
        parts = (chat.digest or Digest()).parts
        asked = await self._subscriptions.of(chat.ref)
        morning = Morning(
            now,
            await self._exchange.table(chat) if Part.RATES in parts else None,
            await self._stories(asked, since, held) if Part.STORIES in parts else None,
            await self._most_read(chat) if Part.POPULAR in parts else None,
            await self._lately.count(chat.editions, since) if Part.COUNT in parts else None,
            await self._exchange.overview(chat) if Part.CHART in parts else b"",
            asked=bool(asked),
        )
        messages, told = replies.digest(chat, morning)
        return Briefing(messages, told | await self._again(held, told), now)

    async def _again(self, held: Collection[Alert], told: frozenset[int]) -> set[int]:
        """What is put aside and tells again what was told."""
        articles = await self._lately.get([alert.article for alert in held])
        return {each.id for each in articles.values() if each.repeats in told}

    async def _stories(
        self, asked: Collection[Subscription], since: datetime, held: Collection[Alert]
    ) -> list[tuple[Subscription, Article]]:
        """Each once, told by no other of them: what was put aside first, then the latest."""
        found: dict[int, tuple[Subscription, Article]] = {}
        for subscription in asked:
            for article in await self._lately.met(subscription, since):
                if not _is_muted(subscription, article):
                    found.setdefault(article.id, (subscription, article))
        aside = await self._aside(asked, held)
        found = aside | found
        once = [each for each in found.values() if each[1].repeats not in found]
        return sorted(once, key=lambda each: (each[1].id in aside, _age(each[1])), reverse=True)

    async def _aside(
        self, asked: Collection[Subscription], held: Collection[Alert]
    ) -> dict[int, tuple[Subscription, Article]]:
        """What still is wanted of it."""
        articles = await self._lately.get([alert.article for alert in held])
        return {
            alert.article: (subscription, articles[alert.article])
            for alert in held
            if alert.article in articles
            for subscription in asked
            if subscription.key in alert.subscriptions
            and not _is_muted(subscription, articles[alert.article])
        }

    async def _most_read(self, chat: Chat) -> list[Item]:
        found = [item for each in sorted(chat.editions) for item in await self._popular(each)]
        return found[:MOST_POPULAR]


def _is_muted(subscription: Subscription, article: Article) -> bool:
    until = subscription.muted_until
    return until is not None and article.published < until


def _age(article: Article) -> tuple[datetime, int]:
    return article.published, article.id
