"""For how long a process works: until it is told to stop, or a work of its own fails."""

import asyncio
import signal
from collections.abc import Awaitable, Iterable
from typing import Any


def stop_signal() -> asyncio.Event:
    """Set by SIGTERM and SIGINT."""
    stop = asyncio.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(name, stop.set)
    return stop


async def until(stop: asyncio.Event, works: Iterable[Awaitable[None]]) -> None:
    """Until `stop`, or the first of the works that fails, whose error is raised."""
    waiting = asyncio.create_task(stop.wait())
    tasks = {asyncio.ensure_future(work) for work in works}
    try:
        done, _ = await asyncio.wait({waiting, *tasks}, return_when=asyncio.FIRST_COMPLETED)
        for task in done - {waiting}:
            await task
    finally:
        await cancel({waiting, *tasks})


async def cancel(tasks: set[asyncio.Future[Any]]) -> None:
    """Until they are over: a library may swallow one cancellation."""
    while tasks:
        for task in tasks:
            task.cancel()
        _, tasks = await asyncio.wait(tasks, timeout=1.0)
