"""A clock for what runs at once: time passes when everybody sleeps, to the next who wakes."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime
from heapq import heappop, heappush

from tests.fakes.clock import START

QUIET_TURNS = 60
"""After so many turns of the loop whoever can go on without time has done so."""


class VirtualClock:
    """`Clock`. Nobody wakes but within `until` and `pass_time`."""

    def __init__(self, now: datetime = START) -> None:
        self._now = now.timestamp()
        self._wrong = 0.0
        self._sleepers: list[tuple[float, int, asyncio.Future[None]]] = []
        self._count = 0

    def now(self) -> datetime:
        return datetime.fromtimestamp(self.seconds, UTC)

    @property
    def seconds(self) -> float:
        """Now, in seconds since the epoch."""
        return self._now + self._wrong

    @property
    def steady(self) -> float:
        """Seconds that pass whatever the clock is set to."""
        return self._now

    def set(self, seconds: float) -> None:
        """Set the clock forward by so many seconds, or, below 0, back: no time passes."""
        self._wrong += seconds

    async def sleep(self, seconds: float) -> None:
        self._count += 1
        woken = asyncio.get_running_loop().create_future()
        heappush(self._sleepers, (self._now + max(0.0, seconds), self._count, woken))
        await woken

    def skip(self, seconds: float) -> None:
        """Let it be later without waking anybody: what a process that is frozen sees."""
        self._now += seconds

    async def pass_time(self, seconds: float) -> None:
        """Let so much time pass, and everything happen that happens in it."""
        end = self._now + seconds
        await self.until(lambda: not self._wakes_by(end), seconds)
        self._now = max(self._now, end)

    async def until(self, condition: Callable[[], object], patience: float = 200_000) -> None:
        """Let time pass until this is so; fails where it is not so after `patience` seconds."""
        end = self._now + patience
        await self._quiet()
        while not condition():
            assert self._wakes_by(end), "it never came to that"
            moment, _, woken = heappop(self._sleepers)
            if not woken.done():
                self._now = max(self._now, moment)
                woken.set_result(None)
                await self._quiet()

    def _wakes_by(self, end: float) -> bool:
        return bool(self._sleepers) and self._sleepers[0][0] <= end

    async def _quiet(self) -> None:
        for _ in range(QUIET_TURNS):
            await asyncio.sleep(0)
