"""`rates import`: rates of former years, from a file."""

import asyncio
import sys
from collections.abc import Sequence
from contextlib import AsyncExitStack
from datetime import UTC, datetime

from bot.commands.pages import opened
from bot.flows.rate_checks import believed
from bot.model import Rate
from bot.ports import StoreUnavailable
from bot.settings import Settings
from bot.sites import rate_file
from bot.store.connection import connect
from bot.store.rates import RedisRates

MATCH, NONE, ERROR = 0, 1, 2
MOST_BAD, RATES_AT_ONCE = 20, 1000


def import_rates(settings: Settings, file: str) -> int:
    """Keep the rates of a file, and print how many. 1: some can't be read; 2: the file can't."""
    try:
        with opened(file) as source:
            found = rate_file.read(source.read(), file)
        good, bad = believed(found.rates, datetime.now(UTC).date())
        asyncio.run(keep(settings, good))
    except (rate_file.FileUnreadable, StoreUnavailable, OSError) as error:
        print(error, file=sys.stderr)
        return ERROR
    refused = [*found.bad, *bad]
    for line in refused[:MOST_BAD]:
        print(line, file=sys.stderr)
    print(f"{len(good)} rates kept, {len(refused)} refused")
    return NONE if refused else MATCH


async def keep(settings: Settings, rates: Sequence[Rate]) -> None:
    """Keep them, however many. Raises StoreUnavailable."""
    client = await connect(settings.redis_url.get_secret_value(), settings.data_dir)
    async with AsyncExitStack() as stack:
        stack.push_async_callback(client.close)
        for at in range(0, len(rates), RATES_AT_ONCE):
            await RedisRates(client).keep(rates[at : at + RATES_AT_ONCE])
