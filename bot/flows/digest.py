"""The daily message of each chat: once a day, at the minute that it chose.

due → put into words → a slot that nobody else wants → sent → due again tomorrow
"""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial

import structlog

from bot.flows.brief import Brief, Briefing
from bot.flows.leftover import Leftover
from bot.flows.tell import Tell
from bot.flows.timing import LATE_SECONDS, day, end_of_pause, last_digest, next_digest
from bot.flows.troubles import Troubles
from bot.model import Chat, ChatState, DueDigest, Gone, Message, Moved, RetryLater
from bot.ports import Chats, Clock, Digests, Meter, StoreUnavailable, TokenRefused

LEASE_SECONDS = 60.0
SENDING_SECONDS = 40.0
"""How long a send may take, with a picture that is uploaded anew and then left out: its end must
lie within the lease.
"""
AT_ONCE_SECONDS = 1.0
"""So much of what the rate allows is at work."""
MOST_AT_WORK = 200
IDLE_SECONDS, BUSY_SECONDS, WITHOUT_STORE_SECONDS = 0.5, 0.05, 1.0
IMPATIENT_SECONDS = 600.0
"""A digest that waits for longer no longer lets every alert go first."""
SHORTEST_SECONDS = 5.0
"""Until a send that failed is tried again."""

log = structlog.get_logger(__name__)


def is_wanted(due: DueDigest, chat: Chat, now: float) -> bool:
    """Whether it is sent: the day had none yet, and the chat is not paused."""
    return end_of_pause(now, chat) == now and day(last_digest(now, chat), chat) != due.done


def is_late(chat: Chat, now: float) -> bool:
    """Whether it is too late for it."""
    return now - last_digest(now, chat) > LATE_SECONDS


def _left(messages: tuple[Message, ...], sent: int) -> tuple[Message, ...]:
    """Those still to be sent. Where what was left has room in the first by now, that one again,
    without its picture.
    """
    return messages[sent:] or (replace(messages[-1], picture=b""),)


class SendDigests:
    """Sends what is due until it is stopped. Any number of processes may."""

    def __init__(
        self,
        digests: Digests,
        chats: Chats,
        brief: Brief,
        leftover: Leftover,
        send: Tell,
        clock: Clock,
        troubles: Troubles,
        meter: Meter,
        *,
        per_second: float,
    ) -> None:
        self._digests = digests
        self._chats = chats
        self._brief = brief
        self._leftover = leftover
        self._send = send
        self._clock = clock
        self._troubles = troubles
        self._meter = meter
        self._most = min(MOST_AT_WORK, max(2, round(per_second * AT_ONCE_SECONDS)))
        self._at_work: set[asyncio.Task[None]] = set()
        self._refused: TokenRefused | None = None
        self._is_stopped = False

    @property
    def at_work(self) -> int:
        """How many are being sent."""
        return len(self._at_work)

    async def run(self) -> None:
        """Send until cancelled. Raises TokenRefused; what the store can't do is waited out."""
        while self._refused is None:
            try:
                pause = await self._take()
                self._troubles.end("store", work="digests")
            except StoreUnavailable as error:
                pause = WITHOUT_STORE_SECONDS
                self._troubles.begin("store", str(error), work="digests")
            except Exception:
                pause = WITHOUT_STORE_SECONDS
                log.exception("digests stumble")
            await self._clock.sleep(pause)
        raise self._refused

    async def drain(self, seconds: float) -> None:
        """Let what is being sent end; what is not, is due again when its lease is over."""
        self._most, self._is_stopped = 0, True
        if self._at_work:
            await asyncio.wait(self._at_work, timeout=seconds)
        for task in self._at_work:
            task.cancel()

    async def _take(self) -> float:
        room = self._most - len(self._at_work)
        if room <= 0:
            return BUSY_SECONDS
        found = await self._digests.take(self._now(), LEASE_SECONDS, room)
        for due in found:
            task = asyncio.create_task(self._guarded(due))
            self._at_work.add(task)
            task.add_done_callback(self._at_work.discard)
        return BUSY_SECONDS if found else IDLE_SECONDS

    async def _guarded(self, due: DueDigest) -> None:
        """One bad recipient must not stop the next: its lease runs out, and it is tried again."""
        try:
            await self._serve(due)
        except TokenRefused as error:
            self._refused = error
        except StoreUnavailable as error:
            log.warning("digest not settled", chat=due.chat, reason=str(error))
        except Exception:
            log.exception("digest failed", chat=due.chat)

    async def _serve(self, due: DueDigest) -> None:
        chat, now = await self._chats.get(due.chat), self._now()
        if chat is None or chat.digest is None or chat.state is ChatState.GONE:
            await self._digests.put_off(due, None)
        elif not is_wanted(due, chat, now):
            await self._digests.put_off(due, next_digest(now, chat, due.done))
        elif is_late(chat, now):
            self._meter.skipped()
            log.warning("digest left out", chat=due.chat)
            await self._digests.put_off(due, next_digest(now, chat))
        else:
            await self._tell(due, chat, day(last_digest(now, chat), chat))

    async def _tell(self, due: DueDigest, chat: Chat, today: str) -> None:
        last = datetime.fromtimestamp(due.since, UTC) if due.since else None
        briefing = await self._brief.of(chat, last, due.held)
        begin = due.sent if due.begun == today else 0
        for number, message in enumerate(_left(briefing.messages, begin), begin + 1):
            if not await self._went(due, chat, message):
                return
            if number < len(briefing.messages):
                await self._surely(due, partial(self._digests.begun, due, today, number))
        await self._surely(due, partial(self._settle, due, chat, today, briefing))
        log.info("digest sent", chat=due.chat)

    async def _settle(self, due: DueDigest, chat: Chat, today: str, briefing: Briefing) -> None:
        at = briefing.at.timestamp()
        next_ = next_digest(self._now(), chat, today)
        await self._digests.settle(due, next_, day=today, now=at, told=briefing.told)

    async def _went(self, due: DueDigest, chat: Chat, message: Message) -> bool:
        """Whether a message of it went out, or never will; else what becomes of it is settled."""
        if busy := await self._leftover.next(due.chat, is_late=self._is_impatient(chat)):
            await self._digests.put_off(due, busy)
            return False
        if self._is_stopped or self._now() > due.until - SENDING_SECONDS:
            await self._digests.put_off(due, self._now())
            return False
        outcome = await self._send(due.chat, message, "digest")
        if isinstance(outcome, RetryLater):
            await self._digests.put_off(due, self._now() + max(outcome.seconds, SHORTEST_SECONDS))
        elif isinstance(outcome, Gone):
            await self._digests.put_off(due, None)
        return not isinstance(outcome, RetryLater | Moved | Gone)

    async def _surely(self, due: DueDigest, step: Callable[[], Awaitable[None]]) -> None:
        """While the lease lasts, a store that is away must not make a message go out twice."""
        while True:
            try:
                return await step()
            except StoreUnavailable:
                if self._now() + WITHOUT_STORE_SECONDS >= due.until:
                    raise
                await self._clock.sleep(WITHOUT_STORE_SECONDS)

    def _is_impatient(self, chat: Chat) -> bool:
        now = self._now()
        return now - last_digest(now, chat) > IMPATIENT_SECONDS

    def _now(self) -> float:
        return self._clock.now().timestamp()
