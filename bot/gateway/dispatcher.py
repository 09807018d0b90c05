"""Updates to their handler: in order within a chat, side by side across chats. Of the inline
queries that one reader types the newest counts: the one before it is cut off, and none of them
waits for anything else.
"""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Hashable, Mapping
from contextlib import suppress
from functools import partial
from typing import Any, Literal

import structlog
import telegram

from bot.gateway.newest import Newest
from bot.ports import Handled, StoreUnavailable

log = structlog.get_logger(__name__)

Handler = Callable[[telegram.Update], Awaitable[None]]
Fate = Literal["handled", "repeated", "unreadable", "failed", "given up", "overtaken"]
"""What became of an update. All of them are over and done with."""
Observer = Callable[[Fate], None]
Finished = Callable[[int], None]


class Dispatcher:
    """Takes raw updates and sees each through: it is handled, or given up with a line in the log.

    What can't be read is given up at once; a handler that takes longer than `patience` seconds is
    cancelled. At most `concurrency` handlers run at a time, as many inline queries beside them, and
    at most `capacity` updates wait.
    """

    def __init__(
        self,
        handler: Handler,
        handled: Handled,
        bot: telegram.Bot | None = None,
        *,
        concurrency: int = 64,
        capacity: int = 2000,
        patience: float = 30.0,
        observe: Observer = lambda _: None,
    ) -> None:
        self._handler = handler
        self._handled = handled
        self._bot = bot
        self._newest = Newest(handler, concurrency=concurrency, patience=patience)
        self._slots = asyncio.Semaphore(concurrency)
        self._capacity = capacity
        self._patience = patience
        self._observe = observe
        self._queues: dict[Hashable, deque[tuple[telegram.Update, Finished]]] = {}
        self._workers: set[asyncio.Task[None]] = set()
        self._open: set[int] = set()
        self._idle = asyncio.Event()
        self._idle.set()
        self._closed = False

    @property
    def is_full(self) -> bool:
        """Whether as many wait as may."""
        return len(self._open) >= self._capacity

    @property
    def has_room(self) -> bool:
        """Whether another update may come: not when full, not once `drain` was called."""
        return not self._closed and not self.is_full

    def accept(self, raw: Mapping[str, Any], finished: Finished = lambda _: None) -> None:
        """Queue an update, once. `finished` is called with its id when it is over with, and not at
        all when it was cut off by `drain`. `raw` must hold an `update_id`.
        """
        update_id = raw["update_id"]
        if update_id in self._open:
            return
        update = self._read(raw)
        if update is None:
            self._end(update_id, "unreadable", finished)
            return
        self._open.add(update_id)
        self._idle.clear()
        if query := update.inline_query:
            over = partial(self._end_query, update_id, finished)
            self._newest.take(update, query.from_user.id, over)
        else:
            self._enqueue(_lane(update), update, finished)

    async def idle(self, seconds: float) -> None:
        """Wait until nothing is in work, at most so long."""
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._idle.wait()

    async def drain(self, seconds: float) -> None:
        """Take no more, let what was taken end within `seconds`, and cut off the rest."""
        self._closed = True
        workers = self._workers | self._newest.tasks
        if workers:
            await asyncio.wait(workers, timeout=seconds)
        if self._open:
            log.warning("updates left unhandled at the stop", count=len(self._open))
        for worker in workers:
            worker.cancel()
        await asyncio.gather(*workers, return_exceptions=True)

    def _read(self, raw: Mapping[str, Any]) -> telegram.Update | None:
        try:
            return telegram.Update.de_json(dict(raw), self._bot)
        except Exception as error:  # noqa: BLE001  # whatever is in it, the next one is fine
            kind = type(error).__name__
            log.warning("update unreadable, skipped", update=raw["update_id"], reason=kind)
            return None

    def _enqueue(self, lane: Hashable, update: telegram.Update, finished: Finished) -> None:
        if lane in self._queues:
            self._queues[lane].append((update, finished))
            return
        self._queues[lane] = deque([(update, finished)])
        worker = asyncio.create_task(self._work(lane))
        self._workers.add(worker)
        worker.add_done_callback(self._workers.discard)

    async def _work(self, lane: Hashable) -> None:
        queue = self._queues[lane]
        while queue:
            update, finished = queue.popleft()
            async with self._slots:
                fate = await self._see_through(update)
            self._end(update.update_id, fate, finished)
        del self._queues[lane]

    def _end(self, update_id: int, fate: Fate, finished: Finished) -> None:
        self._open.discard(update_id)
        if not self._open:
            self._idle.set()
        finished(update_id)
        self._observe(fate)

    def _end_query(self, update_id: int, finished: Finished, fate: Fate) -> None:
        """What the stop cuts off is not over."""
        if fate != "overtaken" or not self._closed:
            self._end(update_id, fate, finished)

    async def _see_through(self, update: telegram.Update) -> Fate:
        limit = asyncio.timeout(self._patience)
        try:
            if await self._was_handled(update.update_id):
                return "repeated"
            async with limit:
                await self._handler(update)
            fate: Fate = "handled"
        except Exception as error:
            fate = "given up" if limit.expired() else "failed"
            where = None if limit.expired() else error
            log.exception("update not handled", update=update.update_id, fate=fate, exc_info=where)
        await self._remember(update.update_id)
        return fate

    async def _was_handled(self, update_id: int) -> bool:
        """Where the store can't say, it is handled: twice is better than never."""
        try:
            return await self._handled.was(update_id)
        except StoreUnavailable as error:
            log.warning("can't tell whether an update is new", reason=str(error))
            return False

    async def _remember(self, update_id: int) -> None:
        try:
            await self._handled.add(update_id)
        except Exception as error:  # noqa: BLE001  # the next update must have its turn
            log.warning("can't remember an update", reason=str(error))


def _lane(update: telegram.Update) -> Hashable:
    """What must stay in order: a chat; what comes without one, its sender; what comes without
    either (a poll), itself alone.
    """
    if update.effective_chat:
        return update.effective_chat.id
    if update.effective_user:
        return "user", update.effective_user.id
    return "update", update.update_id
