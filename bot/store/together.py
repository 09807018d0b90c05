"""Scripts that are run at the same moment, in one round trip: a third of the time of each alone."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Any, NamedTuple

from bot.store.scripts import Script

MOST = 200
"""Scripts in one round trip."""


class Run(NamedTuple):
    """A script to run, with what it is given."""

    script: Script
    keys: Sequence[str]
    arguments: Sequence[Any]


class Together:
    """Gathers what is asked for while the last round trip is under way."""

    def __init__(self, run_all: Callable[[Sequence[Run]], Awaitable[list[Any]]]) -> None:
        """`run_all`: answers each run, with an exception where it failed alone."""
        self._run_all = run_all
        self._waiting: list[tuple[Run, asyncio.Future[Any]]] = []
        self._task: asyncio.Task[None] | None = None

    async def run(self, script: Script, keys: Sequence[str], *arguments: Any) -> Any:
        """Its answer. Raises what running it raises."""
        future: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        self._waiting.append((Run(script, keys, arguments), future))
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._work())
        return await future

    async def _work(self) -> None:
        while self._waiting:
            batch, self._waiting = self._waiting[:MOST], self._waiting[MOST:]
            futures = [future for _, future in batch]
            try:
                answers = await self._run_all([run for run, _ in batch])
            except Exception as error:  # noqa: BLE001 whoever waits gets it
                _settle(futures, [error] * len(futures))
            else:
                _settle(futures, answers)


def _settle(futures: Sequence["asyncio.Future[Any]"], answers: Sequence[Any]) -> None:
    for future, answer in zip(futures, answers, strict=True):
        if future.done():
            continue
        if isinstance(answer, BaseException):
            future.set_exception(answer)
        else:
            future.set_result(answer)
