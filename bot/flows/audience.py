"""Who wants an article: the matcher, kept up to date from the log of changes."""

import structlog

from bot.matching.matcher import Matcher
from bot.matching.query import QueryError
from bot.model import Alert, Article, Subscription
from bot.ports import Subscriptions

log = structlog.get_logger(__name__)


class Audience:
    """All readers, as one process sees them. What changed anywhere holds from the next article."""

    def __init__(self, subscriptions: Subscriptions) -> None:
        self._subscriptions = subscriptions
        self._matcher = Matcher()
        self._cursor: str | None = None

    async def wanting(self, article: Article) -> list[Alert]:
        """An alert for each chat whose subscriptions it meets. Raises StoreUnavailable."""
        await self._catch_up()
        return [
            Alert(chat, article.id, keys) for chat, keys in self._matcher.match(article).items()
        ]

    async def _catch_up(self) -> None:
        changed = await self._subscriptions.changes(self._cursor) if self._cursor else None
        if changed is None:
            await self._read_all()
            return
        changes, self._cursor = changed
        for change in changes:
            if change.subscription is None:
                self._matcher.remove(change.chat, change.key)
            else:
                self._put(change.subscription)

    async def _read_all(self) -> None:
        # No cursor until the end: what is broken off is begun again.
        self._matcher, self._cursor = Matcher(), None
        cursor = await self._subscriptions.cursor()
        async for subscription in self._subscriptions.all():
            self._put(subscription)
        self._cursor = cursor
        log.info("subscriptions read", count=len(self._matcher))

    def _put(self, subscription: Subscription) -> None:
        try:
            self._matcher.put(subscription)
        except QueryError as error:
            log.warning("subscription unreadable", chat=subscription.chat, reason=error.fault)
        except Exception:
            log.exception("subscription unreadable", chat=subscription.chat)
