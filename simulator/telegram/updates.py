"""The updates that wait for the bot, and long polling for them."""

import asyncio
from collections import deque
from collections.abc import Callable, Iterable
from itertools import islice

from simulator.telegram.errors import ApiError, conflict
from simulator.telegram.events import Events
from simulator.telegram.model import Json

LIFETIME = 24 * 3600
"""Seconds for which Telegram keeps an update."""

UNASKED = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
"""Kinds that come only to a bot that asks for them by name."""

TERMINATED = (
    "terminated by other getUpdates request; make sure that only one bot instance is running"
)


class Updates:
    """A queue in order of `update_id`, confirmed by offset."""

    def __init__(self, clock: Callable[[], float], events: Events) -> None:
        self._clock = clock
        self._events = events
        self._waiting: deque[tuple[float, Json]] = deque()
        self._last_id = 100_000_000
        self._poll: asyncio.Future[ApiError | None] | None = None
        self._closed = False
        self.allowed: frozenset[str] | None = None
        """The kinds that the bot asked for; None: all but `UNASKED`."""
        self.arrived = asyncio.Event()
        """Set when there is something new; cleared by who waits for it."""

    def __len__(self) -> int:
        return len(self._waiting)

    @property
    def polling(self) -> object:
        """The poll under way; None: there is none."""
        return self._poll

    def wants(self, kind: str) -> bool:
        """Whether the bot is told of this kind."""
        return kind not in UNASKED if self.allowed is None else kind in self.allowed

    def allow(self, kinds: Iterable[str] | None) -> None:
        """Remember `allowed_updates`; None: as before; empty: the default."""
        if kinds is not None:
            self.allowed = frozenset(kinds) or None

    def add(self, kind: str, content: Json) -> None:
        """Tell the bot, where it wants to hear it."""
        if self.wants(kind):
            self.push({kind: content})

    def push(self, update: Json) -> None:
        """Tell the bot whatever this is; it is numbered where it has no number of its own."""
        number = update.get("update_id")
        self._last_id = number if isinstance(number, int) else self._last_id + 1
        self._waiting.append((self._clock(), {"update_id": self._last_id} | update))
        self.arrived.set()
        self._wake()

    def confirm(self, offset: int) -> None:
        """Forget what is below `offset`; a negative one keeps that many of the newest."""
        if offset < 0:
            while len(self._waiting) > -offset:
                self._waiting.popleft()
        while self._waiting and self._waiting[0][1]["update_id"] < offset:
            self._waiting.popleft()

    def remove(self, update: Json) -> None:
        """Forget this one."""
        self._waiting = deque(pair for pair in self._waiting if pair[1] is not update)

    def clear(self) -> None:
        """Forget all."""
        self._waiting.clear()

    def waiting(self) -> list[Json]:
        """Everything that is not yet confirmed or too old, oldest first."""
        while self._waiting and self._waiting[0][0] < self._clock() - LIFETIME:
            self._waiting.popleft()
        return [update for _, update in self._waiting]

    async def poll(self, offset: int, limit: int, seconds: float) -> list[Json]:
        """The oldest `limit` after `offset`; waits up to `seconds` for the first. Ends another
        poll under way with a 409.
        """
        self.terminate(conflict(TERMINATED))
        self.confirm(offset)
        if not self.waiting() and seconds > 0 and not self._closed:
            await self._wait(seconds)
        return list(islice(self.waiting(), limit))

    def terminate(self, error: ApiError) -> None:
        """End the poll under way with an error."""
        if self._poll and not self._poll.done():
            self._poll.set_result(error)

    def open(self) -> None:
        """Let polls wait again after `close`."""
        self._closed = False

    def close(self) -> None:
        """Answer the poll under way, and let none wait from now on."""
        self._closed = True
        self._wake()

    async def _wait(self, seconds: float) -> None:
        poll: asyncio.Future[ApiError | None]
        poll = self._poll = asyncio.get_running_loop().create_future()
        self._events.emit({"type": "polling"})
        await asyncio.wait({poll}, timeout=seconds)
        if self._poll is poll:
            self._poll = None
        if poll.done() and (error := poll.result()):
            raise error

    def _wake(self) -> None:
        if self._poll and not self._poll.done():
            self._poll.set_result(None)
