"""A simulated Telegram that holds each request against the Bot API."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from aiohttp import web

from simulator.telegram import Limits, Telegram


@asynccontextmanager
async def simulated() -> AsyncIterator[Telegram]:
    """At its `address`; fails at the end where a request was not as described."""
    telegram = Telegram(strict=True, limits=Limits.off())
    runner = web.AppRunner(telegram.app(), shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    telegram.address = "http://127.0.0.1:{1}".format(*runner.addresses[0])
    yield telegram
    await runner.cleanup()
    assert telegram.ledger.violations() == []
