"""A turn to send, within the limits of all processes and of this one."""

import asyncio
from collections import deque
from collections.abc import Sequence

from bot.model import Booked, ChatRef, Slot, Verdict
from bot.ports import Clock, Pacing

AHEAD_SECONDS = 0.06
"""Further than alerts are booked: a reply gets the next slot."""
BREATH = 0.6
"""Of the distance of two slots: between two replies alerts may book, lest a flood starves them."""
EARLY_SECONDS, SHORTEST_SECONDS = 0.004, 0.001
"""Not worth a sleep: whoever comes so early for a slot goes. And the shortest sleep."""
WAKE_SECONDS = 0.002
"""Whoever does sleep wakes so long before, so that those next in line are early, and go along."""
SET_BACK_SECONDS = 60.0
"""No slot is so far ahead: whoever sees one has a clock that was set back, and does not wait."""
LATE_SECONDS = 0.012
"""What the window of the slots has to spare, less what comes early: a slot that is reached later is
booked anew, lest too many go together with those of other processes."""
LATER_SECONDS = 0.0, 0.02, 0.05, 0.1, 0.2
"""How far ahead a slot is asked for, by how many in a row were late; after these it is used."""
WINDOW_SECONDS = 1.016
"""A second, and a little for what happens on the way to Telegram."""


class Turns:
    """Those who wait are let through in the order in which they came, each chat at its pace."""

    def __init__(self, pacing: Pacing, clock: Clock, per_second: float) -> None:
        self._pacing = pacing
        self._clock = clock
        self._first = asyncio.Lock()
        most = max(1, int(per_second))
        self._window = WINDOW_SECONDS * most / per_second
        self._breath = BREATH * self._window / most
        self._free = 0.0
        """When the next reply may book."""
        self._sent: deque[float] = deque([0.0] * most, most)
        """When the last ones went, as many as a window may have."""
        self._missed = 0

    async def next(self, chat: ChatRef | None) -> None:
        """Return when a message may go to this chat, or, None, to any. Raises StoreUnavailable."""
        while True:
            async with self._first:
                await self._until(self._free)
                slot = await self._book(chat)
                if slot.verdict is Verdict.GRANTED:
                    self._free = slot.at + self._breath
                    if await self.reach((chat, slot)):
                        return
                    continue
            await self._clock.sleep(slot.at - self._now())

    async def _book(self, chat: ChatRef | None) -> Slot:
        """A slot, or when the chat itself can have one: the first in line waits for the rate."""
        while True:
            [slot] = await self.book([chat], AHEAD_SECONDS)
            if slot.verdict is not Verdict.ALL_ARE_BUSY:
                return slot
            await self._clock.sleep(slot.at - self._now())

    async def book(self, chats: Sequence[ChatRef | None], ahead: float) -> list[Slot]:
        """As `Pacing.book`, and later where that was late of late."""
        now = self._now() + LATER_SECONDS[self._missed]
        return await self._pacing.book(chats, now, ahead)

    async def reach(self, *booked: Booked) -> bool:
        """Wait for the moment of the first of these. Where it was missed, all are given up and to
        be booked anew, and the answer is False. Where too many in a row were, it is used, though
        this process sends no more together than the rate allows.
        """
        at = booked[0][1].at
        now = await self._until_free(at)
        if now > at + LATE_SECONDS and self._missed < len(LATER_SECONDS) - 1:
            self._missed += 1
            granted = [each for each in booked if each[1].verdict is Verdict.GRANTED]
            await self._pacing.give_up(granted)
            return False
        self._missed = 0
        self._sent.append(now)
        return True

    async def _until_free(self, at: float) -> float:
        """Wait, too, until the window has room: others who waited may have gone first. Answers
        what the time is.
        """
        now = self._now()
        self._mind_the_clock(now)
        while 0 < self._free_at(at - EARLY_SECONDS) - now < SET_BACK_SECONDS:
            await self._clock.sleep(max(self._free_at(at - WAKE_SECONDS) - now, SHORTEST_SECONDS))
            now = self._now()
        return now

    def _free_at(self, moment: float) -> float:
        return max(moment, self._sent[0] + self._window)

    async def _until(self, moment: float) -> None:
        while 0 < (left := moment - self._now()) < SET_BACK_SECONDS:
            await self._clock.sleep(max(left, SHORTEST_SECONDS))

    def _mind_the_clock(self, now: float) -> None:
        """What went by the clock as it was counts from now on."""
        back = self._sent[-1] - now
        if back > SET_BACK_SECONDS:
            self._sent.extend([at - back for at in self._sent])

    def _now(self) -> float:
        return self._clock.now().timestamp()
