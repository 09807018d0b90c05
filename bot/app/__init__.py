"""The composition root: knows the concrete classes; starts and stops everything."""

import asyncio
from collections.abc import Awaitable, Iterable
from contextlib import AsyncExitStack
from functools import partial

import structlog

from bot import __version__
from bot.app.collection import collect
from bot.app.delivery import deliver, send_digests
from bot.app.parts import DRAIN_SECONDS, Parts
from bot.app.reception import receive
from bot.app.serving import be_called
from bot.app.waiting import stop_signal, until
from bot.matching import analysis
from bot.ports import StoreUnavailable, TokenRefused
from bot.settings import Settings
from bot.store.connection import connect, persistence
from bot.web.server import PortTaken

ROLES = frozenset({"receive", "collect", "deliver"})

log = structlog.get_logger(__name__)


async def run(settings: Settings, roles: Iterable[str] = ROLES) -> int:
    """Run until SIGTERM or SIGINT; the exit code. What can't be mended here is said in a line."""
    stop = stop_signal()
    try:
        async with AsyncExitStack() as stack:
            client = await connect(settings.redis_url.get_secret_value(), settings.data_dir)
            stack.push_async_callback(client.close)
            await play(Parts.of(settings, client), frozenset(roles), stop)
    except (StoreUnavailable, TokenRefused, PortTaken, ValueError) as error:
        log.error("can't go on", reason=str(error))  # noqa: TRY400 - one clear line
        return 1
    return 0


async def play(parts: Parts, roles: frozenset[str], stop: asyncio.Event) -> None:
    """Play these roles until `stop`. Raises TokenRefused, PortTaken."""
    log.info("started", version=__version__, roles=",".join(sorted(roles)))
    async with AsyncExitStack() as stack:
        await _prepare(parts, stack)
        works = await _works(parts, roles, stack)
        try:
            await until(stop, works)
        finally:
            log.info("stopping")
            await asyncio.gather(*(end() for end in parts.ends), return_exceptions=True)


async def _prepare(parts: Parts, stack: AsyncExitStack) -> None:
    warming = asyncio.create_task(asyncio.to_thread(analysis.warm))
    stack.push_async_callback(asyncio.wait, {warming})
    await parts.request.initialize()
    stack.push_async_callback(parts.request.shutdown)
    await _warn_of_loss(parts)


async def _works(
    parts: Parts, roles: frozenset[str], stack: AsyncExitStack
) -> list[Awaitable[None]]:
    reception = receive(parts) if "receive" in roles else None
    await be_called(parts, reception.receiver if reception else None, stack)
    works: list[Awaitable[None]] = [parts.tell_operators()]
    if "collect" in roles:
        works.append(await collect(parts, stack))
    if "deliver" in roles:
        works += [deliver(parts), send_digests(parts)]
    if reception:
        parts.ends.append(partial(reception.receiver.stop, DRAIN_SECONDS))
        works.append(reception.run())
    return works


async def _warn_of_loss(parts: Parts) -> None:
    try:
        loss = await persistence(parts.stores.client)
    except StoreUnavailable as error:
        parts.troubles.begin("store", str(error))
        return
    if loss is not None:
        parts.troubles.begin("persistence", loss)
