"""What is owed. The scripts do it; here values become words and back."""

import secrets
from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

from bot.model import Alert, Bundle, ChatRef, Telling
from bot.store import keys
from bot.store.connection import Argument, Client
from bot.store.scripts import load
from bot.store.together import Together

TAKE = load("outbox", "pace", "clock", "take")
SETTLE = load("outbox", "pace", "settle")
POSTPONE = load("outbox", "postpone")
PUT_ASIDE = load("outbox", "put_aside")
WAKE = load("outbox", "wake")
OLDEST = load("outbox", "oldest")

MOST_HELD = 200
"""Alerts that are put aside for a chat."""
PACED = (*keys.OUTBOX, keys.PACES)
LIFETIMES: tuple[Argument, ...] = (keys.POST_SECONDS, keys.TOLD_SECONDS)


class Settling(NamedTuple):
    """What `Outbox.settle` was given."""

    chat: int
    lease: str
    now: float
    articles: tuple[int, ...]
    telling: Telling | None


class RedisOutbox:
    """`Outbox`."""

    def __init__(self, client: Client) -> None:
        self._client = client
        self._settlings = Together(self._settle)

    async def take(self, now: float, lease: float, limit: int) -> list[Bundle]:
        """One script; its bundles share a token."""
        token = secrets.token_urlsafe(9)
        rows = await self._client.run(TAKE, (*PACED, keys.SLOTS), now, lease, limit, token)
        return [_bundle(row, token, now + lease) for row in rows.decode().split("\n\n") if row]

    async def settle(
        self,
        bundle: Bundle,
        now: float,
        articles: Collection[int] | None = None,
        telling: Telling | None = None,
    ) -> bool:
        """Together with others, in one script."""
        settled = [alert.article for alert in bundle.alerts] if articles is None else articles
        done = Settling(bundle.chat.id, bundle.lease, now, tuple(settled), telling)
        return await self._settlings.ask(done)

    async def _settle(self, settlings: Sequence[Settling]) -> list[bool]:
        touched, words = [*PACED], []
        for each in settlings:
            words += _settled(each, touched)
        now = max(each.now for each in settlings)
        told = (now, *LIFETIMES, " ".join(map(str, words)))
        return [done == b"1"[0] for done in await self._client.run(SETTLE, touched, *told)]

    async def postpone(self, bundle: Bundle, until: float, *, has_failed: bool = True) -> bool:
        words = (bundle.chat.id, bundle.lease, until, int(has_failed))
        return bool(await self._client.run(POSTPONE, keys.OUTBOX, *words))

    async def hold(self, bundle: Bundle, until: Mapping[int, float]) -> bool:
        words: list[Argument] = [bundle.chat.id, bundle.lease, MOST_HELD]
        for article, time in until.items():
            words += (article, time)
        return bool(await self._client.run(PUT_ASIDE, keys.OUTBOX, *words))

    async def release(self, chat: ChatRef) -> None:
        await self._client.run(WAKE, keys.OUTBOX, chat.id)

    async def waiting(self) -> int:
        """Counted as they come and go."""
        return int(await self._client.execute("HGET", keys.PACING, "unsettled") or 0)

    async def oldest(self) -> float | None:
        found = await self._client.run(OLDEST, keys.OUTBOX)
        return float(found) if found else None


def _settled(settling: Settling, touched: list[str]) -> list[int | str]:
    """As `settle.lua` takes it; the keys that it names are put to those that are touched."""
    telling = settling.telling or Telling(0, ())
    day = _place(keys.told(telling.day), touched) if telling.day else 0
    posts = [_place(keys.posts(article), touched) for article in telling.articles]
    words = (settling.chat, settling.lease, telling.message_id, day)
    return [*words, len(posts), *posts, len(settling.articles), *settling.articles]


def _place(key: str, touched: list[str]) -> int:
    """In KEYS, counted from 1."""
    if key not in touched:
        touched.append(key)
    return touched.index(key) + 1


def _bundle(row: str, token: str, until: float) -> Bundle:
    head, *lines = row.split("\n")
    chat, topic, attempts = map(int, head.split())
    ref = ChatRef(chat, topic)
    alerts = tuple(_alert(ref, line) for line in lines)
    since = min(alert.since for alert in alerts)
    return Bundle(ref, alerts, token, until, attempts, since)


def _alert(chat: ChatRef, line: str) -> Alert:
    since, article, _, *met = line.split(" ")
    return Alert(chat, int(article), tuple(met), float(since))
