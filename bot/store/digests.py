"""Whose daily message is due."""

from collections.abc import Collection, Iterator

from bot.model import Alert, ChatRef, DueDigest
from bot.store import keys
from bot.store.connection import Client
from bot.store.scripts import load

SCHEDULE = load("schedule_digest")
TAKE = load("take_digests")
SETTLE = load("outbox", "settle_digest")
NEVER = ""


class RedisDigests:
    """`Digests`. The end of a lease is its token: whoever schedules puts another time there."""

    def __init__(self, client: Client) -> None:
        self._client = client

    async def schedule(self, chat: ChatRef, at: float | None, stands: float = 0.0) -> None:
        words = (str(chat), NEVER if at is None else at, stands)
        await self._client.run(SCHEDULE, (keys.DIGESTS,), *words)

    async def take(self, now: float, lease: float, limit: int) -> list[DueDigest]:
        touched = (keys.DIGESTS, keys.DIGESTED, keys.HELD)
        rows = await self._client.run(TAKE, touched, now, lease, limit)
        return [_due(now + lease, *(cell.decode() for cell in row)) for row in rows]

    async def begun(self, due: DueDigest, day: str, sent: int) -> None:
        record = f"{due.done} {due.since} {day} {sent}"
        await self._client.execute("HSET", keys.DIGESTED, str(due.chat), record)

    async def settle(
        self, due: DueDigest, at: float | None, *, day: str, now: float, told: Collection[int]
    ) -> bool:
        return await self._settle(due, at, f"{day} {now}  0", told)

    async def put_off(self, due: DueDigest, at: float | None) -> bool:
        return await self._settle(due, at, "", ())

    async def _settle(
        self, due: DueDigest, at: float | None, record: str, told: Collection[int]
    ) -> bool:
        touched = (*keys.OUTBOX, keys.DIGESTS, keys.DIGESTED)
        words = (str(due.chat), due.until, NEVER if at is None else at, record, *told)
        return bool(await self._client.run(SETTLE, touched, *words))


def _due(until: float, name: str, record: str, held: str) -> DueDigest:
    chat = ChatRef.parse(name)
    done, since, begun, sent = record.split(" ") if record else ("", "0", "", "0")
    aside = tuple(alert for alert in _held(chat.id, held) if alert.chat == chat)
    return DueDigest(chat, until, done, float(since), begun, int(sent), aside)


def _held(chat: int, text: str) -> Iterator[Alert]:
    """The lines of what is put aside, as `outbox.lua` writes them."""
    for line in text.splitlines():
        _, since, article, topic, *met = line.split(" ")
        yield Alert(ChatRef(chat, int(topic)), int(article), tuple(met), float(since))
