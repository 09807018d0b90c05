"""What a message costs, from the outbox to Telegram's answer, and how the limits are kept.

python -m benchmarks.delivery [--quick] [--no-write]
"""

import argparse
import asyncio
import logging
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter, process_time

import structlog

from benchmarks import figures
from benchmarks.bot_api import serving
from benchmarks.office import Office
from benchmarks.senders import SENDERS, Sender, send_all

SECONDS_AT_30 = 20
FAN_OUT = 100_000


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--quick", action="store_true", help="a tenth of everything")
    options.add_argument("--no-write", action="store_true", help="leave the document alone")
    options.add_argument("--full", action="store_true", help=argparse.SUPPRESS)
    given = options.parse_args()
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    text = "\n\n".join(_report(0.1 if given.quick else 1.0))
    if given.no_write:
        print(text)
    else:
        figures.write("delivery", text)


def _report(share: float) -> Iterator[str]:
    yield "## Delivery"
    yield f"{figures.machine()}. {_ABOUT}"
    yield "### A message over HTTP"
    yield _SENDERS
    header = ("sender", "at once, msg/s", "CPU, ms", "TLS and 50 ms, msg/s", "CPU, ms")
    yield figures.table(header, [_sender(sender, share) for sender in SENDERS])
    yield "### From the outbox to the answer"
    yield _END_TO_END
    rows = [_end_to_end(share), _at_thirty(share)]
    yield figures.table(("", "figure"), [line for row in rows for line in row])


_ABOUT = "The server is a process of its own on the same machine; CPU is the sender's alone."
_SENDERS = "A hundred messages at once, of 300 characters with markup."
_END_TO_END = (
    "One article for many chats with one subscription each, on the embedded store (which waits for "
    "the disk with every write): taken, put into words, sent and settled, by one process."
)


def _sender(sender: Sender, share: float) -> list[str]:
    row = [sender.__name__]
    for latency, tls in ((0.0, False), (0.05, True)):
        try:
            row += asyncio.run(_sent(sender, latency, tls, int(3000 * share)))
        except ImportError as error:
            row += [f"not run: {error.name} is missing", ""]
    return row


async def _sent(sender: Sender, latency: float, tls: bool, count: int) -> list[str]:
    with serving(latency, tls=tls) as server:
        async with sender(server) as send:
            await send_all(send, 200)
            start, cpu = perf_counter(), process_time()
            await send_all(send, count)
            seconds, cpu = perf_counter() - start, process_time() - cpu
    return [f"{count / seconds:.0f}", f"{cpu / count * 1000:.2f}"]


def _end_to_end(share: float) -> list[tuple[str, str]]:
    return asyncio.run(_fan_out(int(FAN_OUT * share), int(10_000 * share)))


async def _fan_out(owed: int, sent: int) -> list[tuple[str, str]]:
    with serving() as server, TemporaryDirectory(prefix="d-") as folder:
        async with Office.open(Path(folder), server.url, per_second=1000) as office:
            await office.settle_in(owed)
            before = await office.memory()
            start = perf_counter()
            await office.owe(owed)
            seconds = perf_counter() - start
            size = (await office.memory() - before) / owed
            rate, cpu = await office.deliver(sent)
            replies = await office.replies(300)
    pair = f"{figures.percentile(replies, 0.5):.0f} / {figures.percentile(replies, 0.99):.0f} ms"
    return [
        (f"{owed:,} alerts put in", f"{seconds:.1f} s, {size:.0f} bytes each"),
        ("taken, told and settled, at 1000/s", f"{rate:.0f} msg/s, {cpu:.2f} ms CPU a message"),
        ("a reply's turn meanwhile, p50 / p99", pair),
    ]


def _at_thirty(share: float) -> list[tuple[str, str]]:
    return asyncio.run(_kept(SECONDS_AT_30 * (min(1, share))))


async def _kept(seconds: float) -> list[tuple[str, str]]:
    with serving() as server, TemporaryDirectory(prefix="d-") as folder:
        async with Office.open(Path(folder), server.url, per_second=30) as office:
            await office.settle_in(2000)
            await office.owe(2000)
            server.arrivals()
            await office.deliver(int(30 * seconds))
            arrivals = sorted(server.arrivals())
            replies = await office.replies(60)
    most = max(_in_a_second(arrivals))
    share = (len(arrivals) - 1) / (arrivals[-1] - arrivals[0]) / 30
    pair = f"{figures.percentile(replies, 0.5):.0f} / {figures.percentile(replies, 0.99):.0f} ms"
    return [
        ("at 30/s: most in any second, as they arrived", str(most)),
        ("at 30/s: used of what is allowed", f"{share:.1%}"),
        ("at 30/s: a reply's turn during the fan-out, p50 / p99", pair),
    ]


def _in_a_second(arrivals: list[float]) -> Iterator[int]:
    first = 0
    for number, moment in enumerate(arrivals):
        while arrivals[first] <= moment - 1:
            first += 1
        yield number - first + 1


if __name__ == "__main__":
    main()
