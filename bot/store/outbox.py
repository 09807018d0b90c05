"""What is owed, paced over all processes. The scripts do it; here values become words and back."""

import secrets
from collections.abc import Collection, Sequence

from bot.model import Alert, Bundle, ChatRef
from bot.store import keys
from bot.store.connection import Argument, Client
from bot.store.scripts import load

TAKE = load("outbox", "take")
SETTLE = load("outbox", "settle")
POSTPONE = load("outbox", "postpone")
SPEND = load("outbox", "spend")
HOLD = load("outbox", "hold")


class RedisOutbox:
    """`Outbox`. `per_second`: how many messages all processes together may send."""

    def __init__(self, client: Client, per_second: float) -> None:
        self._client = client
        self._spacing = 1 / per_second

    async def take(self, now: float, lease: float, limit: int) -> list[Bundle]:
        """One script; its bundles share a token."""
        token = secrets.token_urlsafe(9)
        rows = await self._client.run(TAKE, keys.OUTBOX, now, lease, limit, self._spacing, token)
        return [_bundle(row, token, now + lease) for row in rows]

    async def settle(
        self, bundle: Bundle, now: float, articles: Collection[int] | None = None
    ) -> bool:
        settled = [alert.article for alert in bundle.alerts] if articles is None else articles
        words: tuple[Argument, ...] = (bundle.chat.id, bundle.lease, now, *settled)
        return bool(await self._client.run(SETTLE, keys.OUTBOX, *words))

    async def postpone(self, bundle: Bundle, until: float) -> bool:
        words = (bundle.chat.id, bundle.lease, until)
        return bool(await self._client.run(POSTPONE, keys.OUTBOX, *words))

    async def hold_all(self, until: float) -> None:
        """A longer hold stands."""
        await self._client.run(HOLD, keys.OUTBOX, until)

    async def waiting(self) -> int:
        """Counted as they come and go."""
        return int(await self._client.execute("HGET", keys.PACING, "unsettled") or 0)

    async def spend(self, chat: ChatRef, now: float) -> None:
        await self._client.run(SPEND, keys.OUTBOX, chat.id, now, self._spacing)


def _bundle(row: Sequence[bytes], token: str, until: float) -> Bundle:
    chat, topic, attempts, slot, lines = row
    ref = ChatRef(int(chat), int(topic))
    words = [line.split() for line in lines.decode().split("\n")]
    return Bundle(
        chat=ref,
        alerts=tuple(Alert(ref, int(article), tuple(met)) for _, article, _, *met in words),
        lease=token,
        until=until,
        at=float(slot),
        attempts=int(attempts),
        since=min(float(since) for since, *_ in words),
    )
