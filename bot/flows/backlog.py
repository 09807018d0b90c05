"""Whether more is owed than can be sent."""

from bot.flows.troubles import Troubles
from bot.ports import Clock, Outbox

LATE_SECONDS = 600.0
WATCH_SECONDS = 15.0
"""Until it is looked at again."""


class Backlog:
    """A trouble, where what is owed waits for too long."""

    def __init__(self, outbox: Outbox, clock: Clock, troubles: Troubles) -> None:
        self._outbox = outbox
        self._clock = clock
        self._troubles = troubles

    async def watch(self) -> float:
        """Say so, or that it is over; for how many seconds to pause. Raises StoreUnavailable."""
        oldest = await self._outbox.oldest()
        late = self._clock.now().timestamp() - oldest if oldest is not None else 0.0
        if late > LATE_SECONDS:
            waiting = await self._outbox.waiting()
            reason = f"{waiting} alerts wait, the oldest for {late / 60:.0f} minutes"
            self._troubles.begin("backlog", reason)
        else:
            self._troubles.end("backlog")
        return WATCH_SECONDS
