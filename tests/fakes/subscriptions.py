"""Subscriptions in memory."""

from collections.abc import AsyncIterator, Collection
from dataclasses import replace
from datetime import datetime

from bot.model import ChatRef, Following, Subscription, SubscriptionChange


class FakeSubscriptions:
    """`Subscriptions`. The log of changes reaches back to `trimmed`."""

    def __init__(self) -> None:
        self._all: dict[tuple[ChatRef, str], Subscription] = {}
        self._log: list[SubscriptionChange] = []
        self._trimmed = 0

    async def add(self, subscription: Subscription, limit: int) -> bool | None:
        name = subscription.chat, subscription.key
        known = self._all.get(name)
        if known and _manner(known) == _manner(subscription):
            return False
        if not known and len(await self.of(subscription.chat)) >= limit:
            return None
        self._put(subscription)
        return True

    async def remove(self, chat: ChatRef, key: str) -> Subscription | None:
        removed = self._all.pop((chat, key), None)
        if removed:
            self._log.append(SubscriptionChange(chat, key, None))
        return removed

    async def of(self, chat: ChatRef) -> list[Subscription]:
        mine = [one for one in self._all.values() if one.chat == chat]
        return sorted(mine, key=lambda one: (one.created, one.key))

    async def of_many(self, chats: Collection[ChatRef]) -> dict[ChatRef, list[Subscription]]:
        return {chat: await self.of(chat) for chat in chats}

    async def all(self) -> AsyncIterator[Following]:
        for one in [*self._all.values()]:
            chat = one.chat
            yield Following(one.key, one.text, one.editions, [chat.id], chat.topic)

    async def cursor(self) -> str:
        return str(len(self._log))

    async def changes(self, cursor: str) -> tuple[list[SubscriptionChange], str] | None:
        if not self._trimmed <= int(cursor) <= len(self._log):
            return None
        return self._log[int(cursor) :], str(len(self._log))

    async def trim(self) -> None:
        """Forget the log so far, as a long one does of itself."""
        self._trimmed = len(self._log)

    def move(self, old: int, new: int) -> None:
        """What `Chats.move` does."""
        for one in [*self._all.values()]:
            if one.chat.id == old:
                del self._all[one.chat, one.key]
                self._log.append(SubscriptionChange(one.chat, one.key, None))
                chat = ChatRef(new, one.chat.topic)
                if (chat, one.key) not in self._all:
                    self._put(replace(one, chat=chat))

    def _put(self, subscription: Subscription) -> None:
        self._all[subscription.chat, subscription.key] = subscription
        change = SubscriptionChange(subscription.chat, subscription.key, subscription)
        self._log.append(change)


def _manner(subscription: Subscription) -> Subscription:
    return replace(subscription, text="", created=datetime.min)  # noqa: DTZ901 - none at all
