"""What 100,000 digests that are due do to an alert and to a reply, and what each costs.

python -m benchmarks.digests [--quick] [--no-write]
"""

import argparse
import asyncio
import json
import logging
import os
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import datetime, time
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter, process_time
from zoneinfo import ZoneInfo

import structlog

from benchmarks import figures
from benchmarks.bot_api import TOKEN, serving
from bot.app.delivery import deliver, send_digests
from bot.app.parts import Parts
from bot.matching import query
from bot.model import (
    Alert,
    Article,
    Chat,
    ChatRef,
    Digest,
    Edition,
    Item,
    Language,
    Rate,
    Subscription,
)
from bot.settings import load
from bot.store import keys, records
from bot.store.connection import connect

FIRST, READER = 10**9, 5 * 10**8
VISA = query.parse("visa").key
ARTICLES = 600
ALERTS, SECONDS = 60, 15


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--quick", action="store_true", help="a tenth of the digests")
    options.add_argument("--no-write", action="store_true", help="leave the document alone")
    options.add_argument("--full", action="store_true", help=argparse.SUPPRESS)
    given = options.parse_args()
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    os.chdir("/")  # where no .env is
    text = "\n\n".join(_report(10_000 if given.quick else 100_000))
    if given.no_write:
        print(text)
    else:
        figures.write("digests", text)


def _report(due: int) -> Iterator[str]:
    yield "## Digests"
    yield f"{figures.machine()}. {_ABOUT.format(due=due)}"
    rows = [asyncio.run(_latencies(count)) for count in (0, due)]
    header = ("digests due", "an alert, p50 / p95, ms", "a reply's turn, p50 / p95, ms")
    yield figures.table(header, rows)
    yield asyncio.run(_cost(due))


_ABOUT = (
    "The whole role *deliver* on the embedded store, at 30 messages a second: alerts to one chat "
    "each, one after the other, from the store to Telegram's answer, with no digest due and with "
    "{due:,}. Each digest has all parts but the picture: rates, the stories of one subscription "
    "among 600 articles of two days, how many articles there were."
)


async def _latencies(due: int) -> tuple[str, str, str]:
    async with _desk(30, due) as parts:
        await asyncio.sleep(2)
        alerts = [await _alert(parts, number) for number in range(ALERTS)]
        replies = [await _reply(parts, number) for number in range(ALERTS)]
    return f"{due:,}", _pair(alerts), _pair(replies)


async def _cost(due: int) -> str:
    async with _desk(1000, due) as parts:
        await asyncio.sleep(3)
        before, cpu, start = await _done(parts), process_time(), perf_counter()
        await asyncio.sleep(SECONDS)
        sent = await _done(parts) - before
        cpu, seconds = process_time() - cpu, perf_counter() - start
    return (
        f"At 1000 a second (paid broadcast): {sent / seconds:.0f} digests a second go out, "
        f"{cpu / sent * 1000:.2f} ms CPU each."
    )


def _pair(seconds: list[float]) -> str:
    return " / ".join(f"{figures.percentile(seconds, share):.0f}" for share in (0.5, 0.95))


@asynccontextmanager
async def _desk(per_second: float, due: int) -> AsyncIterator[Parts]:
    with serving() as server, TemporaryDirectory(prefix="d-") as folder:
        settings = load(
            telegram_bot_token=TOKEN,
            telegram_api_url=server.url,
            data_dir=Path(folder),
            messages_per_second=per_second,
            paid_broadcast=per_second > 30,
        )
        client = await connect("", Path(folder))
        parts = Parts.of(settings, client)
        await parts.request.initialize()
        await _fill(parts, due)
        tasks = [asyncio.ensure_future(work) for work in (deliver(parts), send_digests(parts))]
        yield parts
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, *(end() for end in parts.ends), return_exceptions=True)
        await parts.request.shutdown()
        await client.close()


async def _fill(parts: Parts, due: int) -> None:
    """Articles, rates, and so many chats whose digest is due."""
    now = parts.clock.now()
    for number in range(1, ARTICLES + 1):
        title = f"{'Visa' if number % 20 == 0 else 'Road'} news of the day, number {number}"
        await _keep(parts, number, title, [])
    await parts.stores.rates.keep([Rate("USD", Decimal("87.45"), now.date().isoformat(), "bank")])
    local = datetime.now(ZoneInfo("Asia/Bishkek"))
    parted = frozenset(Digest().parts) - {"chart"}
    chat = _chat(replace(Digest(), parts=parted), time(local.hour, local.minute))
    await _put(parts, chat, range(FIRST, FIRST + due))
    await _put(parts, replace(chat, digest=None), range(READER, READER + ALERTS))
    for first in range(FIRST, FIRST + due, 1000):
        scores = [
            x for n in range(first, min(first + 1000, FIRST + due)) for x in (now.timestamp(), n)
        ]
        await parts.stores.client.execute("ZADD", keys.DIGESTS, *scores)


def _chat(digest: Digest, at: time) -> Chat:
    editions = frozenset({Edition.EN})
    zone = "Asia/Bishkek"
    return Chat(ChatRef(1), Language.EN, editions, zone, digest=digest, daily_at=at)


async def _put(parts: Parts, chat: Chat, numbers: range) -> None:
    asked = Subscription(chat.ref, VISA, "visa", chat.editions, parts.clock.now())
    settings = json.dumps({"0": records.dump_chat(chat)})
    subscription = json.dumps({f"0/{VISA}": records.dump_subscription(asked)})
    for first in range(numbers.start, numbers.stop, 5000):
        part = range(first, min(first + 5000, numbers.stop))
        for key, value in ((keys.CHATS, settings), (keys.SUBSCRIPTIONS, subscription)):
            await parts.stores.client.execute("HSET", key, *(x for n in part for x in (n, value)))


async def _keep(parts: Parts, number: int, title: str, alerts: list[Alert]) -> None:
    now, url = parts.clock.now(), f"https://24.kg/english/{number}/"
    body = ("It was said in the capital. " * 20,)
    article = Article(Edition.EN, number, url, title, body, now, section="Society")
    articles = parts.stores.articles
    await articles.discover(Edition.EN, [Item(Edition.EN, number, url, title, now)], None, 0)
    [(_, token, _)] = await articles.claim(now.timestamp(), 60, 1)
    assert await articles.keep(article, alerts, token, now.timestamp())


async def _alert(parts: Parts, number: int) -> float:
    """Seconds from the store to Telegram's answer."""
    article = ARTICLES + 1 + number
    await _keep(
        parts, article, "Visas get cheaper", [Alert(ChatRef(READER + number), article, (VISA,))]
    )
    start = perf_counter()
    while await parts.stores.outbox.waiting():  # noqa: ASYNC110 - it is in the store
        await asyncio.sleep(0.005)
    return perf_counter() - start


async def _reply(parts: Parts, number: int) -> float:
    start = perf_counter()
    await parts.turns.next(ChatRef(number + 1))
    await asyncio.sleep(0.05)
    return perf_counter() - start - 0.05


async def _done(parts: Parts) -> int:
    return int(await parts.stores.client.execute("HLEN", keys.DIGESTED))


if __name__ == "__main__":
    main()
