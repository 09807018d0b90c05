"""Who wants an article: the matcher, kept up to date from the log of changes."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Protocol

import structlog

from bot.flows.uncollected import uncollected
from bot.matching.matcher import Matcher
from bot.matching.query import QueryError
from bot.model import Alert, Article, SubscriptionChange
from bot.ports import StoreUnavailable, Subscriptions

SAVE_AFTER = 10_000
"""Changes: a tenth of what the log keeps, so that it reaches back to every snapshot."""

AT_ONCE = 64
"""Queries or changes, before others get their turn: to parse a query takes up to a millisecond."""

log = structlog.get_logger(__name__)


class Snapshot(Protocol):
    """A matcher as it was at a cursor of the log of changes, kept for the next start. Its methods
    block, and raise nothing: the store has it all.
    """

    def load(self) -> tuple[Matcher, str] | None:
        """What was saved last; None where that can't be used, which is logged with the reason."""

    def save(self, matcher: Matcher, cursor: str) -> None:
        """Keep it in place of the last one. The matcher must not be used meanwhile."""


class Audience:
    """All readers, as one process sees them. What changed anywhere holds from the next article."""

    def __init__(self, subscriptions: Subscriptions, snapshot: Snapshot | None = None) -> None:
        self._subscriptions = subscriptions
        self._snapshot = snapshot
        self._matcher = Matcher()
        self._cursor: str | None = None
        self._is_loaded = snapshot is None
        self._unsaved = 0
        self._saving: asyncio.Task[None] | None = None
        # Held by who uses the matcher: a snapshot is written in a thread.
        self._turn = asyncio.Lock()

    async def open(self) -> None:
        """Know them all before the first article. A store that is away is asked again then."""
        with suppress(StoreUnavailable):
            async with self._turn:
                await self._catch_up()
            self._save_if_due()

    async def wanting(self, article: Article) -> list[Alert]:
        """An alert for each chat whose subscriptions it meets. Raises StoreUnavailable."""
        async with self._turn:
            await self._catch_up()
            found = self._matcher.match(article)
            alerts = [Alert(chat, article.id, keys) for chat, keys in found.items()]
        self._save_if_due()
        return alerts

    async def close(self) -> None:
        """Keep a snapshot for the next start. Nothing is to be asked any more."""
        if self._cursor:
            await asyncio.wait({self._save()})

    def _save_if_due(self) -> None:
        if self._unsaved >= SAVE_AFTER:
            self._save()

    def _save(self) -> asyncio.Task[None]:
        """Begin to, unless it is being done. Nobody cancels this, which is what keeps the matcher
        still until the thread has written it.
        """
        if self._saving is None or self._saving.done():
            self._saving = asyncio.create_task(self._save_all())
        return self._saving

    async def _save_all(self) -> None:
        async with self._turn:
            if self._snapshot and self._cursor and self._unsaved:
                self._unsaved = 0
                await asyncio.to_thread(self._snapshot.save, self._matcher, self._cursor)

    async def _catch_up(self) -> None:
        if not self._is_loaded:
            await self._load()
        changed = await self._subscriptions.changes(self._cursor) if self._cursor else None
        if changed is None:
            await self._read_all()
            return
        changes, cursor = changed
        for number, change in enumerate(changes):
            await _rest(number)
            self._follow(change)
        # Not before: what is broken off is followed again, which changes nothing twice.
        self._cursor = cursor
        self._unsaved += len(changes)

    def _follow(self, change: SubscriptionChange) -> None:
        if change.subscription is None:
            self._matcher.remove(change.chat, change.key)
        else:
            with _tolerant(change.key):
                self._matcher.put(change.subscription)

    async def _load(self) -> None:
        loaded = await asyncio.to_thread(self._snapshot.load) if self._snapshot else None
        self._is_loaded = True
        if loaded is not None:
            self._matcher, self._cursor = loaded
            log.info("snapshot of the subscriptions loaded", count=len(self._matcher))

    async def _read_all(self) -> None:
        if self._cursor:
            log.info("subscriptions are read anew", reason="the log of changes does not reach back")
        # No cursor until the end: what is broken off is begun again.
        self._matcher, self._cursor = Matcher(), None
        cursor = await self._subscriptions.cursor()
        with uncollected():
            await self._put_all()
        self._cursor, self._unsaved = cursor, SAVE_AFTER
        log.info("subscriptions read", count=len(self._matcher))

    async def _put_all(self) -> None:
        number = 0
        async for following in self._subscriptions.all():
            number += 1
            await _rest(number)
            with _tolerant(following.key):
                self._matcher.put_all(following)


@contextmanager
def _tolerant(key: str) -> Iterator[None]:
    """What can't be read harms nothing beside it."""
    try:
        yield
    except QueryError as error:
        log.warning("subscription unreadable", key=key, reason=error.fault)
    except Exception:
        log.exception("subscription unreadable", key=key)


async def _rest(number: int) -> None:
    if number % AT_ONCE == AT_ONCE - 1:
        await asyncio.sleep(0)
