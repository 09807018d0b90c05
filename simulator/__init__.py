"""A Bot API server, a 24.kg and a chat page in the browser, for tests and for trying a bot."""

import asyncio
import errno
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass

from aiohttp import web

from simulator import page
from simulator.site import Site
from simulator.telegram import Limits, Telegram

TOKEN = "42:simulated-token"  # noqa: S105 - it opens nothing
NEWS_EVERY = 6.0
"""Seconds between two articles; each edition has every third."""


@dataclass(frozen=True, slots=True)
class Simulation:
    """Everything that runs. Addresses are without a slash at the end but the page's."""

    token: str
    telegram_url: str
    site_url: str
    rates_url: str
    """The National Bank's daily file."""
    page_url: str
    telegram: Telegram
    site: Site


@asynccontextmanager
async def simulation(
    port: int = 8024,
    host: str = "127.0.0.1",
    news_every: float = NEWS_EVERY,
    limits: Limits | None = None,
) -> AsyncIterator[Simulation]:
    """The page and the Bot API on `port` (0: a free one), the site on a free port of its own, so
    that it is at the root. `news_every`: seconds; 0: nothing is published by itself. A reader
    named Aida is there, who has not written yet. Raises OSError where the port is taken.
    """
    telegram = Telegram(token=TOKEN, username="jarchy_bot", name="Jarchy", limits=limits)
    telegram.person("Aida", "en")
    site = Site()
    async with AsyncExitStack() as stack:
        site_url = await _serve(stack, site.app(), host, 0)
        app = telegram.app()
        page.attach(app, telegram, site, site_url)
        url = await _serve(stack, app, host, port)
        if news_every:
            await _keep_running(stack, site, news_every)
        rates_url = f"{site_url}/XML/daily.xml"
        yield Simulation(TOKEN, url, site_url, rates_url, f"{url}/", telegram, site)


async def _serve(stack: AsyncExitStack, app: web.Application, host: str, port: int) -> str:
    # A connection that is kept open must not hold up the end.
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.5)
    await runner.setup()
    stack.push_async_callback(runner.cleanup)
    try:
        await web.TCPSite(runner, host, port).start()
    except OSError as error:
        if error.errno != errno.EADDRINUSE:
            raise
        raise OSError(f"port {port} of {host} is taken") from error
    return f"http://{host}:{runner.addresses[0][1]}"


async def _keep_running(stack: AsyncExitStack, site: Site, news_every: float) -> None:
    task = asyncio.create_task(site.run(news_every))

    async def stop() -> None:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)

    stack.push_async_callback(stop)
