"""Inline queries to their handler: of those that one reader types the newest counts."""

import asyncio
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Literal

import structlog
import telegram

log = structlog.get_logger(__name__)

Ending = Literal["handled", "failed", "given up", "overtaken"]
Over = Callable[[Ending], None]
Task = asyncio.Task[Ending]


class Newest:
    """Cuts off what a reader typed before as soon as there is more. At most `concurrency` run at
    a time, each for at most `patience` seconds.
    """

    def __init__(
        self,
        handler: Callable[[telegram.Update], Awaitable[None]],
        *,
        concurrency: int,
        patience: float,
    ) -> None:
        self._handler = handler
        self._slots = asyncio.Semaphore(concurrency)
        self._patience = patience
        self._tasks: dict[int, Task] = {}

    @property
    def tasks(self) -> set[Task]:
        """Those in work, of each reader the newest."""
        return {*self._tasks.values()}

    def take(self, update: telegram.Update, reader: int, over: Over) -> None:
        """`over` is called with what became of it."""
        if before := self._tasks.get(reader):
            before.cancel()
        task = self._tasks[reader] = asyncio.create_task(self._see_through(update))
        # A task that is cut off before its first step runs none of its own lines.
        task.add_done_callback(partial(self._end, reader, over))

    def _end(self, reader: int, over: Over, task: Task) -> None:
        if self._tasks.get(reader) is task:
            del self._tasks[reader]
        over("overtaken" if task.cancelled() else task.result())

    async def _see_through(self, update: telegram.Update) -> Ending:
        limit = asyncio.timeout(self._patience)
        try:
            async with self._slots, limit:
                await self._handler(update)
        except Exception as error:  # noqa: BLE001  # the next letter must have its turn
            kind = type(error).__name__
            log.warning("inline query not handled", update=update.update_id, reason=kind)
            return "given up" if limit.expired() else "failed"
        return "handled"
