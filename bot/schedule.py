"""The timetable: which flow runs when, and who leads. A job that fails is told and runs again."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Collection, Sequence
from datetime import UTC, datetime
from functools import wraps

import structlog
from apscheduler.job import Job
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.flows.collect import Collect
from bot.flows.correct import Correct
from bot.flows.poll import Poll
from bot.flows.review import Review
from bot.flows.troubles import Troubles
from bot.model import Edition
from bot.ports import Leadership, StoreUnavailable, TokenRefused

LEADER_SECONDS = 6.0
RENEW_SECONDS = 2.0
READ_SECONDS = 0.5
CORRECT_SECONDS = 1.0
JITTER = 0.1

Duty = tuple[float, Callable[[], Awaitable[None]]]
"""How often, in seconds, the leader does what."""

log = structlog.get_logger(__name__)


class Leader:
    """Whether this process leads: for as long as it renews. A frozen one finds out by itself."""

    def __init__(
        self, leadership: Leadership, monotonic: Callable[[], float] = time.monotonic
    ) -> None:
        self._leadership = leadership
        self._monotonic = monotonic
        self._until = 0.0

    @property
    def leads(self) -> bool:
        """Whether nobody else can lead just now."""
        return self._monotonic() < self._until

    async def renew(self) -> bool:
        """Become or stay the leader, if no other is; whether it has become it just now. Raises
        StoreUnavailable.
        """
        led, asked = self.leads, self._monotonic()
        holds = await self._leadership.hold(LEADER_SECONDS)
        self._until = asked + LEADER_SECONDS if holds else 0.0
        return holds and not led

    async def resign(self) -> None:
        """Let another lead at once."""
        if self.leads:
            self._until = 0.0
            await self._leadership.resign()


class Timetable:
    """Runs the leader's jobs: poll each edition, read what waits and is due, look again at what
    was read, and put right what was told of it.
    """

    def __init__(
        self,
        poll: Poll,
        collect: Collect,
        review: Review,
        correct: Correct,
        leader: Leader,
        troubles: Troubles,
        *,
        poll_seconds: float,
        also: Sequence[Duty] = (),
        at_leisure: Sequence[Callable[[], Awaitable[None]]] = (),
    ) -> None:
        self._poll = poll
        self._collect = collect
        self._review = review
        self._correct = correct
        self._leader = leader
        self._troubles = troubles
        self._poll_seconds = poll_seconds
        self._also = also
        self._at_leisure = at_leisure
        self._scheduler = AsyncIOScheduler(timezone=UTC)
        self._polls: list[Job] = []
        self._at_work: set[asyncio.Task[None] | None] = set()
        self._refused = asyncio.Event()

    def start(self, editions: Collection[Edition]) -> None:
        """Set it going in the running loop; who becomes the leader polls at once."""
        self._every(RENEW_SECONDS, self._renew, soon=True)
        self._every(READ_SECONDS, self._read)
        self._every(CORRECT_SECONDS, self._put_right)
        for seconds, duty in self._also:
            self._every(seconds, self._led(duty))
        self._polls = [self._every(self._poll_seconds, self._look, each) for each in editions]
        self._scheduler.start()

    async def refused(self) -> None:
        """Wait until a job can't go on, however often it runs again: raises TokenRefused."""
        await self._refused.wait()
        raise TokenRefused

    async def stop(self, seconds: float) -> None:
        """Start no job any more, let those at work end within `seconds`, and let another lead."""
        self._scheduler.pause()
        self._collect.stop()
        self._correct.stop()
        # A job that was handed out just now begins here, and is waited for like the others.
        await asyncio.sleep(0)
        if self._at_work:
            await asyncio.wait(filter(None, self._at_work), timeout=seconds)
        self._scheduler.shutdown(wait=False)
        await self._guarded(self._leader.resign)

    def _every(
        self,
        seconds: float,
        job: Callable[..., Awaitable[None]],
        *args: Edition,
        soon: bool = False,
    ) -> Job:
        return self._scheduler.add_job(
            self._guarded,
            "interval",
            (job, *args),
            seconds=seconds,
            jitter=seconds * JITTER,
            misfire_grace_time=None,
            coalesce=True,
            max_instances=1,
            **({"next_run_time": datetime.now(UTC)} if soon else {}),
        )

    async def _guarded(self, job: Callable[..., Awaitable[None]], *args: Edition) -> None:
        task, work = asyncio.current_task(), " ".join((job.__qualname__, *args))
        self._at_work.add(task)
        try:
            await job(*args)
            self._troubles.end("store", work=work)
        except StoreUnavailable as error:
            self._troubles.begin("store", str(error), work=work)
        except TokenRefused:
            self._refused.set()
        except Exception:
            log.exception("job failed", job=job.__qualname__)
        finally:
            self._at_work.discard(task)

    async def _renew(self) -> None:
        if await self._leader.renew():
            log.info("this process leads")
            for poll in self._polls:
                poll.modify(next_run_time=datetime.now(UTC))

    async def _look(self, edition: Edition) -> None:
        if self._leader.leads:
            await self._poll.look(edition)

    async def _read(self) -> None:
        """What is new goes first; pages are read one at a time."""
        for read in (self._collect.read, self._review.read, *self._at_leisure):
            if self._leader.leads:
                await read()

    def _led(self, duty: Callable[[], Awaitable[None]]) -> Callable[[], Awaitable[None]]:
        @wraps(duty)
        async def job() -> None:
            if self._leader.leads:
                await duty()

        return job

    async def _put_right(self) -> None:
        if self._leader.leads:
            await self._correct.run()
