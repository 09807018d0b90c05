"""Digests in memory."""

import math
from collections.abc import Collection
from dataclasses import dataclass, replace

from bot.model import ChatRef, DueDigest
from tests.fakes.outbox import FakeOutbox


@dataclass(frozen=True, slots=True)
class Record:
    """What is known of a chat's last digest."""

    done: str = ""
    since: float = 0.0
    begun: str = ""
    sent: int = 0


class FakeDigests:
    """`Digests`. What is put aside is the outbox's."""

    def __init__(self, outbox: FakeOutbox | None = None) -> None:
        self._outbox = outbox or FakeOutbox()
        self.due: dict[ChatRef, float] = {}
        self.records: dict[ChatRef, Record] = {}

    async def schedule(self, chat: ChatRef, at: float | None, stands: float = 0.0) -> None:
        if at is None:
            self.due.pop(chat, None)
        elif self.due.get(chat, math.inf) > stands:
            self.due[chat] = at

    async def take(self, now: float, lease: float, limit: int) -> list[DueDigest]:
        waiting = sorted((at, str(chat), chat) for chat, at in self.due.items() if at <= now)
        taken = [chat for _, _, chat in waiting[:limit]]
        self.due |= dict.fromkeys(taken, now + lease)
        return [self._due(chat, now + lease) for chat in taken]

    def _due(self, chat: ChatRef, until: float) -> DueDigest:
        known = self.records.get(chat, Record())
        held = tuple(alert for alert in self._outbox.aside if alert.chat == chat)
        return DueDigest(chat, until, known.done, known.since, known.begun, known.sent, held)

    async def begun(self, due: DueDigest, day: str, sent: int) -> None:
        known = Record(due.done, due.since)
        self.records[due.chat] = replace(known, begun=day, sent=sent)

    async def settle(
        self, due: DueDigest, at: float | None, *, day: str, now: float, told: Collection[int]
    ) -> bool:
        self.records[due.chat] = Record(day, now)
        self._outbox.discard(due.chat, told)
        return await self.put_off(due, at)

    async def put_off(self, due: DueDigest, at: float | None) -> bool:
        if self.due.get(due.chat) != due.until:
            return False
        await self.schedule(due.chat, at)
        return True

    def move(self, old: ChatRef, new: ChatRef, *, is_new: bool) -> None:
        """What `Chats.move` does. `is_new`: the new chat has no settings of its own."""
        due, record = self.due.pop(old, None), self.records.pop(old, None)
        if due is not None and is_new:
            self.due[new] = due
        if record is not None and is_new:
            self.records.setdefault(new, record)
