"""Who reads, and what they asked for."""

from collections.abc import AsyncIterator, Collection
from typing import Protocol

from bot.model import Chat, ChatRef, Following, Subscription, SubscriptionChange


class Subscriptions(Protocol):
    """Who asked for what. Every method raises StoreUnavailable."""

    async def add(self, subscription: Subscription, limit: int) -> bool | None:
        """True: added or, with other editions, delivery or mute, changed. False: was there as it
        is. None: the chat already has `limit` of them, and nothing is changed.
        """

    async def remove(self, chat: ChatRef, key: str) -> Subscription | None:
        """What was removed."""

    async def of(self, chat: ChatRef) -> list[Subscription]:
        """A chat's subscriptions, oldest first."""

    async def of_many(self, chats: Collection[ChatRef]) -> dict[ChatRef, list[Subscription]]:
        """`of` for many, in one round trip."""

    def all(self) -> AsyncIterator[Following]:
        """Every subscription, in no order. One added or removed meanwhile may be missing or not:
        take `cursor` before and `changes` after.
        """

    async def cursor(self) -> str:
        """The end of the log of changes."""

    async def changes(self, cursor: str) -> tuple[list[SubscriptionChange], str] | None:
        """What was changed after `cursor`, in order, and the new cursor. None: the log no
        longer reaches back to it, so that all must be read again.
        """


class Chats(Protocol):
    """The chats' settings. Every method raises StoreUnavailable."""

    async def get(self, ref: ChatRef) -> Chat | None:
        """None: never met."""

    async def get_many(self, refs: Collection[ChatRef]) -> dict[ChatRef, Chat]:
        """Those that are known."""

    async def save(self, chat: Chat) -> None:
        """Keep these settings."""

    async def mark_gone(self, ref: ChatRef) -> None:
        """Write to it no more, all its topics included, and owe it nothing new; nothing else is
        lost.
        """

    async def mark_back(self, ref: ChatRef) -> None:
        """The opposite."""

    async def move(self, old: int, new: int) -> None:
        """A group has a new id: settings, subscriptions and what is owed, its topics' included,
        go over to it, merged with what is there, and so does what is put in the outbox for the
        old id in the next 30 days.
        """
