"""Drafts articles in a process of its own, so that a build has two processors."""

import asyncio
import os
import signal
from collections.abc import AsyncGenerator, Awaitable, Callable, Iterable, Sequence
from contextlib import suppress
from multiprocessing import get_context
from multiprocessing.connection import Connection
from typing import TypeVar

from bot.model import Article
from bot.search.drafts import Draft, Unreadable, drafted

S = TypeVar("S")
T = TypeVar("T")
Drafts = list[Draft | Unreadable]
_NICE = 5
"""What is to be answered now goes before what is built."""
_SECONDS = 5.0
"""To end in."""


class Drafter:
    """`drafted`, apart or not. A process that fails is done without."""

    def __init__(self, *, is_apart: bool) -> None:
        self._pipe: Connection | None = None
        if is_apart:
            # Spawned: a fork of a process that has threads may wait for a lock forever.
            context = get_context("spawn")
            self._pipe, there = context.Pipe()
            self._process = context.Process(target=_serve, args=(there,), daemon=True)
            with suppress(OSError):
                self._process.start()
            there.close()

    async def draft(self, articles: Sequence[Article]) -> Drafts:
        """One call at a time."""
        return await asyncio.to_thread(self._draft, articles)

    def close(self) -> None:
        """End the process. A call that is under way ends, too. It blocks for a moment."""
        if self._pipe is not None and self._process.pid is not None:
            self._process.terminate()
            self._process.join(_SECONDS)

    def _draft(self, articles: Sequence[Article]) -> Drafts:
        if self._pipe is not None:
            with suppress(EOFError, OSError):
                self._pipe.send(articles)
                found: Drafts = self._pipe.recv()
                return found
        return drafted(articles)


def _serve(pipe: Connection) -> None:
    """Until nobody asks any more: the pipe ends with the process that has its other end."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    os.nice(_NICE)
    with suppress(EOFError, OSError):
        while True:
            pipe.send(drafted(pipe.recv()))


async def ahead(work: Callable[[S], Awaitable[T]], given: Iterable[S]) -> AsyncGenerator[T, None]:
    """What comes of each in turn; the next is worked on while one is made use of."""
    begun: asyncio.Future[T] | None = None
    try:
        for each in given:
            done = [await begun] if begun else []
            begun = asyncio.ensure_future(work(each))
            for one in done:
                yield one
        if begun:
            yield await begun
    finally:
        if begun:
            begun.cancel()
            await asyncio.gather(begun, return_exceptions=True)
