"""How long a process takes to know who asked for what, from the store and from its snapshot.

python -m benchmarks.start [--quick] [--no-write]
"""

import argparse
import asyncio
import json
import logging
from collections import defaultdict
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter, process_time

import structlog

from benchmarks import figures, workload
from benchmarks.matching import DISTINCT
from bot.flows.audience import SAVE_AFTER, Audience
from bot.matching import analysis
from bot.model import Article, Edition
from bot.store import keys, records
from bot.store.connection import connect
from bot.store.snapshot import FileSnapshot
from bot.store.subscriptions import RedisSubscriptions

Clocks = tuple[float, float]
"""Seconds on the clock, and of the process on a processor."""
FIELDS = 2_000
"""Written at once."""
NOBODYS = Article(Edition.EN, 0, "", "", (), workload.NOW)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--quick", action="store_true", help="10,000 only")
    options.add_argument("--no-write", action="store_true", help="leave the document alone")
    # What `make bench` hands to all of them.
    options.add_argument("--full", action="store_true", help=argparse.SUPPRESS)
    given = options.parse_args()
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    with TemporaryDirectory(prefix="start-") as folder:
        text = _report(10_000 if given.quick else 1_000_000, Path(folder))
    if given.no_write:
        print(text)
    else:
        figures.write("start", text)


def _report(size: int, folder: Path) -> str:
    # Each in a process of its own: what one has read must not help the next.
    count = figures.apart(_fill, size, folder)
    starts = {"store": figures.apart(_start, folder), "snapshot": figures.apart(_start, folder)}
    figures.apart(_change, folder)
    starts[f"snapshot, {SAVE_AFTER:,} changes later"] = figures.apart(_start, folder)
    reading = figures.apart(_read, folder)
    file = _snapshot_in(folder).stat().st_size
    header = ("from the", "store opens, s", "subscriptions known, s", "kept for the next start, s")
    rows = [[name, *map(_told, clocks)] for name, clocks in starts.items()]
    told = _TOLD.format(
        machine=figures.machine(), count=count, file=file / 1e6, reading=_told(reading)
    )
    return f"## Start\n\n{told}\n\n{figures.table(header, rows)}"


def _told(seconds: Clocks) -> str:
    return " / ".join(f"{each:.1f}" for each in seconds)


_TOLD = (
    "`make bench`: {machine}. A process that starts on the embedded store with {count:,} "
    "subscriptions (chosen as above), until it can say who wants an article. Of each, the "
    "seconds on the clock and those of the process's own processor time: what else runs beside "
    "it weighs on the first. Reading and decoding all rows alone: {reading} s; the rest of a "
    "start from the store is spent on parsing each distinct query once, and on the index. The "
    "snapshot has {file:.0f} MB; it is written in a thread, while all but matching goes on."
)


def _fill(size: int, folder: Path) -> int:
    """Write the rows as the scripts do; how many."""
    chats: dict[int, dict[str, str]] = defaultdict(dict)
    asked = workload.queries(min(size, DISTINCT))
    for one in workload.subscriptions(asked, size, distinct=False):
        chats[one.chat.id][f"{one.chat.topic}/{one.key}"] = records.dump_subscription(one)
    asyncio.run(_write(chats, folder))
    return sum(map(len, chats.values()))


async def _write(chats: dict[int, dict[str, str]], folder: Path) -> None:
    client = await connect("", folder)
    words = [word for chat, rows in chats.items() for word in (chat, _dumped(rows))]
    for begin in range(0, len(words), FIELDS):
        await client.execute("HSET", keys.SUBSCRIPTIONS, *words[begin : begin + FIELDS])
    await client.close()


def _dumped(rows: dict[str, str]) -> str:
    """As the server's own JSON is, which escapes slashes."""
    return json.dumps(rows, ensure_ascii=False, separators=(",", ":")).replace("/", "\\/")


def _snapshot_in(folder: Path) -> Path:
    return folder / "subscriptions.snapshot"


def _clocks() -> Clocks:
    return perf_counter(), process_time()


def _since(begin: Clocks, end: Clocks) -> Clocks:
    return end[0] - begin[0], end[1] - begin[1]


def _start(folder: Path) -> tuple[Clocks, Clocks, Clocks]:
    """The time until the store answers, then until the subscriptions are known, then until a
    snapshot is kept where that is due.
    """
    return asyncio.run(_started(folder))


async def _started(folder: Path) -> tuple[Clocks, Clocks, Clocks]:
    start = _clocks()
    client = await connect("", folder)
    opened = _clocks()
    analysis.warm()
    audience = Audience(RedisSubscriptions(client), FileSnapshot(_snapshot_in(folder)))
    await audience.wanting(NOBODYS)
    known = _clocks()
    await audience.close()
    kept = _clocks()
    await client.close()
    return _since(start, opened), _since(opened, known), _since(known, kept)


def _change(folder: Path) -> None:
    asyncio.run(_changed(folder))


async def _changed(folder: Path) -> None:
    """Let others subscribe meanwhile."""
    client = await connect("", folder)
    subscriptions = RedisSubscriptions(client)
    added = 0
    for one in workload.subscriptions(workload.queries(1_000), SAVE_AFTER * 2, distinct=False):
        if added < SAVE_AFTER:
            added += bool(await subscriptions.add(workload.moved(one), 100))
    await client.close()


def _read(folder: Path) -> Clocks:
    """The time for reading and decoding all."""
    return asyncio.run(_all_read(folder))


async def _all_read(folder: Path) -> Clocks:
    client = await connect("", folder)
    start = _clocks()
    async for _ in RedisSubscriptions(client).all():
        pass
    taken = _since(start, _clocks())
    await client.close()
    return taken


if __name__ == "__main__":
    main()
