"""The timetable: which flow runs when, and who leads. A job that fails is told and runs again."""

import random
from collections.abc import Awaitable, Callable, Collection
from datetime import UTC, datetime, timedelta

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.flows.collect import Collect
from bot.flows.troubles import Troubles
from bot.model import Edition
from bot.ports import Leadership, StoreUnavailable

LEADER_SECONDS = 6.0
RENEW_SECONDS = 2.0
READ_SECONDS = 0.5
JITTER = 0.1

log = structlog.get_logger(__name__)


class Leader:
    """Whether this process leads. It does for as long as it renews; a frozen one finds out."""

    def __init__(self, leadership: Leadership) -> None:
        self._leadership = leadership
        self.leads = False

    async def renew(self) -> None:
        """Become or stay the leader, if no other is. Raises StoreUnavailable."""
        leads, self.leads = self.leads, False
        self.leads = await self._leadership.hold(LEADER_SECONDS)
        if self.leads and not leads:
            log.info("this process leads")

    async def resign(self) -> None:
        """Let another lead at once."""
        if self.leads:
            self.leads = False
            await self._leadership.resign()


class Timetable:
    """Runs the leader's jobs: poll each edition, and read what waits and is due."""

    def __init__(
        self, collect: Collect, leader: Leader, troubles: Troubles, *, poll_seconds: float
    ) -> None:
        self._collect = collect
        self._leader = leader
        self._troubles = troubles
        self._poll_seconds = poll_seconds
        self._scheduler = AsyncIOScheduler(timezone=UTC)

    def start(self, editions: Collection[Edition]) -> None:
        """Set it going in the running loop; the first poll is at once."""
        self._every(RENEW_SECONDS, self._leader.renew)
        for edition in editions:
            self._every(self._poll_seconds, self._poll, edition)
        self._every(READ_SECONDS, self._read)
        self._scheduler.start()

    async def stop(self) -> None:
        """Start no job any more, and let another lead."""
        self._scheduler.shutdown(wait=False)
        await self._guarded(self._leader.resign)

    def _every(self, seconds: float, job: Callable[..., Awaitable[None]], *args: Edition) -> None:
        self._scheduler.add_job(
            self._guarded,
            "interval",
            (job, *args),
            seconds=seconds,
            jitter=seconds * JITTER,
            next_run_time=datetime.now(UTC) + timedelta(seconds=random.random() * 0.1),  # noqa: S311 - spreads load, keeps no secret
            misfire_grace_time=None,
            coalesce=True,
            max_instances=1,
        )

    async def _guarded(self, job: Callable[..., Awaitable[None]], *args: Edition) -> None:
        try:
            await job(*args)
            await self._troubles.end("store")
        except StoreUnavailable as error:
            await self._troubles.begin("store", str(error))
        except Exception:
            log.exception("job failed", job=job.__name__)

    async def _poll(self, edition: Edition) -> None:
        if not self._leader.leads:
            await self._leader.renew()
        if self._leader.leads:
            await self._collect.poll(edition)

    async def _read(self) -> None:
        if self._leader.leads:
            await self._collect.read()
