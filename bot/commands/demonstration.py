"""`demo`: the bot against the simulator, with a store that is thrown away."""

import asyncio
import sys
from contextlib import AsyncExitStack
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from bot import app, logs
from bot.commands.rate_import import keep
from bot.model import Rate
from bot.settings import Settings, load

if TYPE_CHECKING:
    from simulator import Simulation


def demo(settings: Settings, port: int, *, live: bool) -> int:
    """The bot against the simulator, with a store that is thrown away."""
    return asyncio.run(_demo(settings, port, live=live))


async def _demo(settings: Settings, port: int, *, live: bool) -> int:
    from simulator import simulation  # noqa: PLC0415 - an operator's bot never loads it

    async with AsyncExitStack() as stack:
        try:
            world = await stack.enter_async_context(simulation(port))
        except OSError as error:
            print(f"{error}; choose another: --port", file=sys.stderr)
            return 1
        data = stack.enter_context(TemporaryDirectory(prefix="jarchy-"))
        chosen = load(**_as_simulated(world), **_site(settings, world, live=live), data_dir=data)
        logs.configure(chosen)
        if not live:
            await keep(chosen, _history(world))
        print(f"\n  Open {world.page_url} in a browser. Ctrl+C stops it.\n", flush=True)
        return await app.run(chosen)


def _as_simulated(world: "Simulation") -> dict[str, object]:
    return {
        "telegram_bot_token": world.token,
        "telegram_api_url": world.telegram_url,
        "redis_url": "",
        "webhook_url": "",
        "port": 0,
        "admin_chats": (),
    }


def _site(settings: Settings, world: "Simulation", *, live: bool) -> dict[str, object]:
    if live:
        return {"site_url": settings.site_url}
    return {
        "site_url": world.site_url,
        "rates_url": world.rates_url,
        "poll_seconds": 1,
        "read_pause_seconds": 0,
    }


def _history(world: "Simulation") -> list[Rate]:
    """A year of rates, which a bot has only after a year or an import."""
    found = world.site.bank.history()
    return [
        Rate(code, value, day.isoformat(), "bank", nominal) for day, code, nominal, value in found
    ]
