"""Keeps the index as the store is: one process at a time does, whoever holds a file's lock."""

import asyncio
import sqlite3
import time
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import aclosing, suppress
from functools import partial
from pathlib import Path
from typing import TypeVar

import structlog

from bot.ports import Chronicle, StoreUnavailable
from bot.search.drafter import Drafter, Drafts, ahead
from bot.search.index import DAMAGES, is_damage
from bot.search.pen import Pen
from bot.search.writer import Writer

SECONDS = 0.5
"""Between two looks at the log."""
COMPARED_SECONDS = 60.0
"""Between two looks at whether index and store have as many."""
READ, BATCH = 500, 30_000
"""Articles in one answer of the store, and in one step of a build: the first are found at once."""
MANY = 5_000
"""Articles that are put in at once, from which on another process helps, and the file is written
anew afterwards."""
OVERLAP = 24 * 60
"""Minutes before the newest known, whose articles may have changed since."""

FOREIGN = {sqlite3.SQLITE_ERROR, sqlite3.SQLITE_CONSTRAINT}
"""What a database raises that has other tables, or other rows, than ours."""

T = TypeVar("T")

log = structlog.get_logger(__name__)


class Follow:
    """Run in every process that searches: one of them writes, and another when that one ends."""

    def __init__(self, data_dir: Path, chronicle: Chronicle) -> None:
        self._pen = Pen(data_dir)
        self._chronicle = chronicle
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="index")
        self._compared = 0.0
        self._settled: tuple[int, int] | None = None
        self._told: set[tuple[str, str]] = set()

    async def run(self) -> None:
        """Until it is cancelled. Troubles are told in the log, and waited out."""
        try:
            while True:
                await self.step()
                await asyncio.sleep(SECONDS)
        finally:
            self.close()

    def close(self) -> None:
        """Let another process write, once what is under way is done."""
        with suppress(RuntimeError):  # It was closed before.
            self._thread.submit(self._pen.close)
        self._thread.shutdown(wait=False)

    def wait(self) -> None:
        """Until `close` is done. It blocks."""
        self._thread.shutdown()

    async def step(self) -> None:
        """Catch up once, unless another process does."""
        try:
            writer = await self._in_thread(self._pen.take)
            if writer is not None:
                await self._catch_up(writer)
                self._told.clear()
        except StoreUnavailable as error:
            log.debug("search index waits for the store", reason=str(error))
        except DAMAGES as error:
            await self._in_thread(partial(self._bear, error))
        except Exception:
            log.exception("search index not followed")
            await self._in_thread(self._pen.drop)

    def _bear(self, error: Exception) -> None:
        """Begin anew with a file that is of no use; wait for a disk that has room again."""
        reason = f"{type(error).__name__}: {error}"
        if is_damage(error) or getattr(error, "sqlite_errorcode", 0) in FOREIGN:
            self._tell("search index is made anew", reason)
            self._discard()
            return
        self._pen.drop()
        self._tell("search index can't be written", reason)

    def _discard(self) -> None:
        """What can't be removed is tried again with the next step."""
        try:
            self._pen.discard()
        except OSError as error:
            self._tell("search index can't be removed", str(error))

    def _tell(self, event: str, reason: str) -> None:
        """Once, until the index is followed again."""
        if (event, reason) not in self._told:
            log.warning(event, reason=reason, file=str(self._pen.path))
        self._told.add((event, reason))

    async def _catch_up(self, writer: Writer) -> None:
        cursor = await self._in_thread(lambda: writer.contents.cursor)
        changed = await self._chronicle.changes(cursor) if cursor else None
        if changed is None:
            await self._scan(writer)
            return
        ids, after = changed
        if ids:
            await self._put(writer, ids, after)
        if time.monotonic() - self._compared >= COMPARED_SECONDS:
            await self._compare(writer)

    async def _compare(self, writer: Writer) -> None:
        """Forget what the store forgot; where there are not as many then, look at all."""
        count, oldest = await self._chronicle.extent()
        there = await self._in_thread(lambda: _without_older(writer, int(oldest) // 60))
        if count != there and self._settled != (count, there):
            await self._scan(writer)
            self._settled = count, await self._in_thread(writer.contents.count)
        self._compared = time.monotonic()

    async def _scan(self, writer: Writer) -> None:
        """Hold the index to all that the store has."""
        cursor = await self._chronicle.cursor()
        ids = await self._chronicle.ids()
        missing = await self._in_thread(lambda: _missing(writer, ids))
        await self._put(writer, missing, cursor)
        if len(missing) > MANY:
            await self._in_thread(writer.compact)
        log.info("search index is whole", articles=len(ids), added=len(missing))

    async def _put(self, writer: Writer, ids: Sequence[int], cursor: str) -> None:
        is_long = len(ids) > MANY
        drafter = await asyncio.to_thread(partial(Drafter, is_apart=is_long))
        try:
            async with aclosing(ahead(partial(self._read, drafter), _parts(ids))) as batches:
                await self._enter(writer, batches, len(ids))
        finally:
            await asyncio.to_thread(drafter.close)
        await self._in_thread(partial(writer.flush, cursor))
        await self._in_thread(writer.settle)

    async def _read(self, drafter: Drafter, ids: Sequence[int]) -> Drafts:
        return await drafter.draft(await self._chronicle.read(ids))

    async def _enter(self, writer: Writer, batches: AsyncIterator[Drafts], count: int) -> None:
        done, shown = 0, -BATCH
        async for batch in batches:
            await self._in_thread(partial(writer.enter, batch))
            done += len(batch)
            if done - shown >= BATCH:
                shown = done
                await self._in_thread(writer.flush)
                await self._in_thread(writer.settle)
                if count > READ:
                    log.info("search index is built", articles=done, of=count)

    async def _in_thread(self, work: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._thread, work)


def _parts(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    return (ids[at : at + READ] for at in range(0, len(ids), READ))


def _missing(writer: Writer, ids: Sequence[int]) -> list[int]:
    """What is to be put in, in this order; what is there and not among these is taken out."""
    known = writer.contents.known()
    writer.remove(known.difference(ids))
    writer.flush("")
    known.difference_update(writer.contents.since(writer.contents.newest() - OVERLAP))
    return [each for each in ids if each not in known]


def _without_older(writer: Writer, minutes: int) -> int:
    """How many there are when those from before are taken out."""
    if old := writer.contents.older(minutes):
        writer.remove(old)
        writer.flush()
    return writer.contents.count()
