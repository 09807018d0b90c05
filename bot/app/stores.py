"""What is remembered, on one connection."""

from dataclasses import dataclass

from bot.store.archive import RedisArchive
from bot.store.articles import RedisArticles
from bot.store.chats import RedisChats
from bot.store.chronicle import RedisChronicle
from bot.store.connection import Client
from bot.store.corrections import RedisCorrections
from bot.store.digests import RedisDigests
from bot.store.handled import RedisHandled
from bot.store.leadership import RedisLeadership
from bot.store.outbox import RedisOutbox
from bot.store.pacing import RedisPacing
from bot.store.popular import RedisPopularNews
from bot.store.posts import RedisPosts
from bot.store.rates import RedisRates
from bot.store.searches import RedisSearches
from bot.store.subscriptions import RedisSubscriptions
from bot.store.thresholds import RedisThresholds


@dataclass(frozen=True, slots=True)
class Stores:
    """Every port that the store stands behind."""

    client: Client
    archive: RedisArchive
    articles: RedisArticles
    chats: RedisChats
    chronicle: RedisChronicle
    corrections: RedisCorrections
    digests: RedisDigests
    handled: RedisHandled
    leadership: RedisLeadership
    outbox: RedisOutbox
    pacing: RedisPacing
    popular: RedisPopularNews
    posts: RedisPosts
    rates: RedisRates
    searches: RedisSearches
    subscriptions: RedisSubscriptions
    thresholds: RedisThresholds

    @classmethod
    def on(cls, client: Client, per_second: float) -> "Stores":
        """All of them on this connection."""
        return cls(
            client,
            RedisArchive(client),
            RedisArticles(client),
            RedisChats(client),
            RedisChronicle(client),
            RedisCorrections(client),
            RedisDigests(client),
            RedisHandled(client),
            RedisLeadership(client),
            RedisOutbox(client),
            RedisPacing(client, per_second),
            RedisPopularNews(client),
            RedisPosts(client),
            RedisRates(client),
            RedisSearches(client),
            RedisSubscriptions(client),
            RedisThresholds(client),
        )
