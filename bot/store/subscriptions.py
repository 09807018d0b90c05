"""Who asked for what, and the log of changes by which every process follows."""

import asyncio
from collections.abc import AsyncIterator, Collection
from typing import Any

from bot.model import ChatRef, Following, Subscription, SubscriptionChange
from bot.store import keys, records
from bot.store.connection import Client
from bot.store.followings import Followings
from bot.store.scripts import load

SUBSCRIBE = load("subscribe")
UNSUBSCRIBE = load("unsubscribe")
CURSOR = load("cursor")
SCAN = load("scan")

BATCH = 1000
TOUCHED = (keys.SUBSCRIPTIONS, keys.CHANGES)


class RedisSubscriptions:
    """`Subscriptions`."""

    def __init__(self, client: Client) -> None:
        self._client = client

    async def add(self, subscription: Subscription, limit: int) -> bool | None:
        """One script, the log of changes included."""
        chat = subscription.chat
        value = records.dump_subscription(subscription)
        words = (chat.id, chat.topic, subscription.key, value, limit, keys.CHANGES_KEPT, str(chat))
        added = await self._client.run(SUBSCRIBE, TOUCHED, *words)
        return None if added is None else bool(added)

    async def remove(self, chat: ChatRef, key: str) -> Subscription | None:
        """One script, the log of changes included."""
        words = (chat.id, chat.topic, key, keys.CHANGES_KEPT, str(chat))
        removed = await self._client.run(UNSUBSCRIBE, TOUCHED, *words)
        return records.load_subscription(chat, key, removed.decode()) if removed else None

    async def of(self, chat: ChatRef) -> list[Subscription]:
        return (await self.of_many([chat]))[chat]

    async def of_many(self, chats: Collection[ChatRef]) -> dict[ChatRef, list[Subscription]]:
        found: dict[ChatRef, list[Subscription]] = {chat: [] for chat in chats}
        ids = sorted({chat.id for chat in chats})
        rows = await self._client.execute("HMGET", keys.SUBSCRIPTIONS, *ids) if ids else []
        for chat, row in zip(ids, rows, strict=True):
            for subscription in records.load_subscriptions(chat, row or b"{}"):
                found.setdefault(subscription.chat, []).append(subscription)
        return {chat: sorted(found[chat], key=_age) for chat in chats}

    async def all(self) -> AsyncIterator[Following]:
        """Nothing before all is read."""
        found = Followings()
        async for lines in self._pages():
            found.add(lines)
        for one in found:
            yield one

    async def _pages(self) -> AsyncIterator[str]:
        """A thousand chats a round trip; the next ones come while these are looked at."""
        coming: asyncio.Task[Any] | None = self._page(0)
        try:
            while coming:
                at, lines = await coming
                coming = self._page(at) if int(at) else None
                if lines:
                    # One byte that is damaged harms no other row.
                    yield lines.decode(errors="replace")
        finally:
            if coming:
                coming.cancel()
                await asyncio.gather(coming, return_exceptions=True)

    def _page(self, at: int | bytes) -> asyncio.Task[Any]:
        return asyncio.create_task(self._client.run(SCAN, TOUCHED[:1], at, BATCH))

    async def cursor(self) -> str:
        return str((await self._client.run(CURSOR, (keys.CHANGES,))).decode())

    async def changes(self, cursor: str) -> tuple[list[SubscriptionChange], str] | None:
        """A thousand a round trip."""
        changes: list[SubscriptionChange] = []
        while True:
            command = ("XRANGE", keys.CHANGES, cursor, "+", "COUNT", BATCH)
            rows = await self._client.execute(*command)
            if not rows or rows[0][0].decode() != cursor:
                return None
            changes += [_change(fields) for _, fields in rows[1:] if b"key" in fields]
            cursor = rows[-1][0].decode()
            if len(rows) < BATCH:
                return changes, cursor


def _age(subscription: Subscription) -> tuple[Any, str]:
    return subscription.created, subscription.key


def _change(fields: dict[bytes, bytes]) -> SubscriptionChange:
    chat, key = ChatRef.parse(fields[b"chat"].decode()), fields[b"key"].decode()
    value = fields[b"value"].decode()
    subscription = records.load_subscription(chat, key, value) if value else None
    return SubscriptionChange(chat, key, subscription)
