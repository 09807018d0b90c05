"""A turn to send, for what does not go through the outbox: replies, edits, words to operators."""

import asyncio

from bot.model import ChatRef, Slot, Verdict
from bot.ports import Clock, Pacing

AHEAD_SECONDS = 0.06
"""Further than alerts are booked: a reply gets the next slot."""
LATE_SECONDS = 0.008
MOST_TRIES = 3
"""To be in time: a process without breath sends all the same, lest it never does."""


class Turns:
    """Those who wait are let through in the order in which they came, each chat at its pace."""

    def __init__(self, pacing: Pacing, clock: Clock) -> None:
        self._pacing = pacing
        self._clock = clock
        self._first = asyncio.Lock()

    async def next(self, chat: ChatRef | None) -> None:
        """Return when a message may go to this chat, or, None, to any. Raises StoreUnavailable."""
        while True:
            async with self._first:
                slot = await self._overall(chat)
                if slot.verdict is Verdict.GRANTED:
                    return await self.reach(slot.at)
            await self._clock.sleep(slot.at - self._now())

    async def reach(self, at: float) -> None:
        """Wait for a slot's moment; who missed it books another. Raises StoreUnavailable."""
        for _ in range(MOST_TRIES):
            if (left := at - self._now()) > 0:
                await self._clock.sleep(left)
            if self._now() <= at + LATE_SECONDS:
                return
            at = (await self._overall(None)).at

    async def _overall(self, chat: ChatRef | None) -> Slot:
        """A slot, or the moment at which the chat itself can have one."""
        while True:
            [slot] = await self._pacing.book([chat], self._now(), AHEAD_SECONDS)
            if slot.verdict is not Verdict.ALL_ARE_BUSY:
                return slot
            await self._clock.sleep(slot.at - self._now())

    def _now(self) -> float:
        return self._clock.now().timestamp()
