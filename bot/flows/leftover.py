"""Turns for what can wait: slots that neither replies nor alerts take."""

import asyncio

from bot.flows.pacing import Turns
from bot.model import ChatRef, Slot, Verdict
from bot.ports import Clock

LATE_AHEAD_SECONDS = 0.03
"""What has waited for too long books a little before alerts do."""
SHARE = 10
"""Of so many slots it then takes one."""


class Leftover:
    """Whoever books ahead goes first; here nothing is, so that a slot is left only where nobody
    else wants it.
    """

    def __init__(self, turns: Turns, clock: Clock, per_second: float) -> None:
        self._turns = turns
        self._clock = clock
        self._first = asyncio.Lock()
        self._distance = SHARE / per_second
        self._free = 0.0
        """When the next that is late may book ahead."""

    async def next(self, chat: ChatRef | None, *, is_late: bool = False) -> None:
        """Return when a message may go to this chat, or, None, to any. Raises StoreUnavailable."""
        while True:
            async with self._first:
                slot = await self._book(chat, is_late=is_late)
                if slot.verdict is Verdict.GRANTED:
                    if await self._turns.reach((chat, slot)):
                        return
                    continue
            await self._clock.sleep(slot.at - self._now())

    async def _book(self, chat: ChatRef | None, *, is_late: bool) -> Slot:
        """A slot, or when the chat itself can have one."""
        while True:
            is_first = is_late and self._now() >= self._free
            [slot] = await self._turns.book([chat], LATE_AHEAD_SECONDS * is_first)
            if slot.verdict is Verdict.GRANTED and is_first:
                self._free = slot.at + self._distance
            if slot.verdict is not Verdict.ALL_ARE_BUSY:
                return slot
            await self._clock.sleep(slot.at - self._now())

    def _now(self) -> float:
        return self._clock.now().timestamp()
