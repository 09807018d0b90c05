"""Subscribe to a query, or no longer."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.flows.chats import following
from bot.matching import query
from bot.matching.query import Query, QueryError
from bot.model import Chat, ChatRef, Delivery, Edition, Subscription
from bot.ports import Clock, Subscriptions

LIMIT = 100
"""How many subscriptions a chat may have."""
MUTED = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Subscribed:
    """It is followed."""

    subscription: Subscription
    is_new: bool
    """False: it was before."""


@dataclass(frozen=True, slots=True)
class Refused:
    """The query is wrong, and why: as in `QueryError`."""

    fault: str
    detail: str
    suggestion: str = ""


@dataclass(frozen=True, slots=True)
class Full:
    """The chat has as many as it may have."""

    limit: int


Result = Subscribed | Refused | Full


def understood(text: str) -> list[Query | Refused]:
    """What is asked for, query by query; each meaning and each fault once."""
    found: dict[str | Refused, Query | Refused] = {}
    for part in query.split(text)[: LIMIT + 1]:
        asked = _understood(part)
        found.setdefault(asked.key if isinstance(asked, Query) else asked, asked)
    return list(found.values())


def _understood(part: str) -> Query | Refused:
    try:
        return query.parse(part)
    except QueryError as error:
        return Refused(error.fault, error.detail, error.suggestion)


def meant(text: str, subscriptions: list[Subscription]) -> list[Subscription]:
    """Those with the meaning or, in any case, the wording of one of the queries in `text`."""
    parts = query.split(text)[: LIMIT + 1]
    keys = {asked.key for asked in map(_understood, parts) if isinstance(asked, Query)}
    texts = {_folded(part) for part in parts}
    return [each for each in subscriptions if each.key in keys or _folded(each.text) in texts]


def _folded(text: str) -> str:
    return " ".join(text.split()).casefold()


class Subscribing:
    """What a chat is subscribed to. Every method raises StoreUnavailable."""

    def __init__(
        self,
        subscriptions: Subscriptions,
        clock: Clock,
        release: Callable[[ChatRef], Awaitable[None]],
        limit: int = LIMIT,
    ) -> None:
        """`release`: `Outbox.release`, since what is set decides what is told when."""
        self._release = release
        self._subscriptions = subscriptions
        self._clock = clock
        self._limit = limit

    async def subscribe(self, chat: Chat, text: str) -> list[Result]:
        """Follow each query in `text`; a comma or a new line separates them."""
        results: list[Result] = []
        for place, asked in enumerate(understood(text)):
            # So that they are listed in the order in which they were asked for.
            now = self._clock.now() + timedelta(microseconds=place)
            result = asked if isinstance(asked, Refused) else await self._add(chat, asked, now)
            results.append(result)
            if isinstance(result, Full):
                break
        return results

    async def _add(self, chat: Chat, asked: Query, now: datetime) -> Subscribed | Full:
        known = await self.get(chat.ref, asked.key)
        if known is not None and known.is_pinned:
            return Subscribed(known, is_new=False)
        editions = query.followed_in(asked, chat.editions)
        new = known or Subscription(chat.ref, asked.key, asked.text, editions, now)
        return await self._follow(chat, asked, editions, new)

    async def _follow(
        self, chat: Chat, asked: Query, editions: frozenset[Edition], new: Subscription
    ) -> Subscribed | Full:
        """What was set for it before stands."""
        is_pinned = editions != query.followed_in(asked, chat.editions)
        new = replace(new, text=asked.text, editions=editions, is_pinned=is_pinned)
        added = await self._subscriptions.add(new, self._limit)
        return Full(self._limit) if added is None else Subscribed(new, added)

    async def follow_in(
        self, chat: Chat, asked: Query, editions: frozenset[Edition]
    ) -> Subscribed | Full:
        """Follow a query in these editions, wherever the chat reads."""
        new = await self.get(chat.ref, asked.key) or Subscription(
            chat.ref, asked.key, asked.text, editions, self._clock.now()
        )
        return await self._follow(chat, asked, editions, new)

    async def change(self, chat: Chat, old: Subscription, asked: Query) -> Subscription:
        """Follow this query in place of another, in the editions chosen for that one if any."""
        if asked.key == old.key:
            return old
        editions = old.editions if old.is_pinned else query.followed_in(asked, chat.editions)
        new = replace(old, key=asked.key, text=asked.text, editions=editions)
        # The new one comes first: where this is broken off, nothing is missed.
        await self._subscriptions.add(new, self._limit + 1)
        await self._subscriptions.remove(chat.ref, old.key)
        return new

    async def choose_editions(
        self, chat: Chat, old: Subscription, editions: frozenset[Edition]
    ) -> Subscription:
        """Follow it in these editions. They stay when the chat's change, unless they are those
        that it would be followed in anyway.
        """
        free = following(replace(old, is_pinned=False), chat.editions)
        is_pinned = editions != free.editions
        new = replace(old, editions=editions, is_pinned=is_pinned)
        await self._subscriptions.add(new, self._limit + 1)
        return new

    async def deliver(self, old: Subscription, delivery: Delivery) -> Subscription:
        """Tell it so from now on, what waits included."""
        return await self._set(old, replace(old, delivery=delivery))

    async def mute(self, old: Subscription, *, is_muted: bool) -> Subscription:
        """Tell nothing under it that is published within a day, or tell it again."""
        until = self._clock.now() + MUTED if is_muted else None
        return await self._set(old, replace(old, muted_until=until))

    async def _set(self, old: Subscription, new: Subscription) -> Subscription:
        if new != old:
            await self._subscriptions.add(new, self._limit + 1)
        # Perhaps it was set before, and then broken off.
        await self._release(new.chat)
        return new

    async def get(self, chat: ChatRef, key: str) -> Subscription | None:
        """The subscription with this key."""
        found = (each for each in await self.of(chat) if each.key == key)
        return next(found, None)

    async def unsubscribe(self, chat: ChatRef, text: str) -> list[Subscription]:
        """What was removed: all that `text` means."""
        found = meant(text, await self.of(chat))
        removed = [await self._subscriptions.remove(chat, each.key) for each in found]
        return [each for each in removed if each is not None]

    async def unsubscribe_key(self, chat: ChatRef, key: str) -> Subscription | None:
        """What was removed."""
        return await self._subscriptions.remove(chat, key)

    async def of(self, chat: ChatRef) -> list[Subscription]:
        """The chat's subscriptions, oldest first."""
        return await self._subscriptions.of(chat)
