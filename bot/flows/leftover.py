"""Turns for what can wait: slots that neither replies nor alerts take."""

import asyncio
from collections import deque
from dataclasses import dataclass, field
from itertools import islice

from bot.flows.pacing import SHORTEST_SECONDS, Turns
from bot.model import ChatRef, Slot, Verdict
from bot.ports import Clock

AHEAD_SECONDS = 0.01
"""Less than alerts book ahead, so that a slot is left only where they want none."""
LATE_AHEAD_SECONDS = 0.03
"""What has waited for too long books a little before alerts do."""
PATIENCE_SECONDS = 5.0
"""Whoever waits for one chat takes up a place that others could have."""
SHARE = 10
"""Of so many slots it then takes one."""


@dataclass(frozen=True, slots=True, eq=False)
class Waiting:
    """Somebody who stands in line."""

    chat: ChatRef | None
    is_late: bool
    answer: asyncio.Future[Slot] = field(default_factory=asyncio.Future)


class Leftover:
    """Those who wait at the same moment book together."""

    def __init__(self, turns: Turns, clock: Clock, per_second: float) -> None:
        self._turns = turns
        self._clock = clock
        self._at_once = max(1, round(per_second * AHEAD_SECONDS))
        self._distance = SHARE / per_second
        self._free = 0.0
        """When the next that is late may book before alerts."""
        self._line: deque[Waiting] = deque()
        self._leading: asyncio.Task[None] | None = None

    async def next(self, chat: ChatRef | None, *, is_late: bool = False) -> float:
        """Return 0 when a message may go to this chat, or, None, to any; where the chat may not be
        written to for long, at once when it may be, in seconds since the epoch. Raises
        StoreUnavailable.
        """
        while True:
            waiting = Waiting(chat, is_late)
            self._line.append(waiting)
            if self._leading is None or self._leading.done():
                self._leading = asyncio.create_task(self._lead())
            slot = await waiting.answer
            if slot.verdict is Verdict.GRANTED:
                return 0.0
            if slot.at > self._now() + PATIENCE_SECONDS:
                return slot.at
            await self._clock.sleep(max(slot.at - self._now(), SHORTEST_SECONDS))

    async def _lead(self) -> None:
        try:
            while self._line:
                await self._clock.sleep(await self._let_go())
        except Exception as error:  # noqa: BLE001 - whoever waits is told
            while self._line:
                _tell(self._line.popleft(), error)

    async def _let_go(self) -> float:
        """Answer those at the head of the line; in so many seconds the next."""
        first, ahead = self._first()
        chats = [waiting.chat for waiting in first]
        slots = await self._turns.book(chats, ahead)
        booked = [*zip(chats, slots, strict=False)]
        for number, slot in enumerate(slots):
            if slot.verdict is Verdict.ALL_ARE_BUSY:
                return max(slot.at - self._now(), SHORTEST_SECONDS)
            if slot.verdict is Verdict.GRANTED and not await self._turns.reach(*booked[number:]):
                return 0.0
            _tell(self._line.popleft(), slot)
        return 0.0

    def _first(self) -> tuple[list[Waiting], float]:
        """Who books now, and how far ahead."""
        now = self._now()
        if self._line[0].is_late and now >= self._free:
            self._free = now + self._distance
            return [self._line[0]], LATE_AHEAD_SECONDS
        return [*islice(self._line, self._at_once)], AHEAD_SECONDS

    def _now(self) -> float:
        return self._clock.now().timestamp()


def _tell(waiting: Waiting, answer: Slot | Exception) -> None:
    if waiting.answer.done():
        return
    if isinstance(answer, Exception):
        waiting.answer.set_exception(answer)
    else:
        waiting.answer.set_result(answer)
