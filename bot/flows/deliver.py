"""What is owed: taken, put into words, and sent at its moment.

take → compose → put aside what is for later, or let the rest stand in line → a slot → send
"""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Coroutine
from itertools import islice

import structlog

from bot.flows.backlog import Backlog
from bot.flows.compose import Compose, Composed
from bot.flows.pacing import Turns
from bot.flows.plan import GIVE_UP_SECONDS
from bot.flows.send import Ready, Send
from bot.flows.troubles import Troubles
from bot.model import Bundle, Verdict
from bot.ports import Clock, Meter, Outbox, Pacing, StoreUnavailable, TokenRefused

LEASE_SECONDS = 30.0
IN_LINE_SECONDS = 0.5
"""So much of what the rate allows stands in line, so that the store is asked in time."""
AHEAD_SECONDS = 0.02
"""Slots are booked so shortly before that a reply need not wait for many."""
IDLE_SECONDS, BUSY_SECONDS = 0.2, 0.05
"""Until the store is asked for more."""
SENDING_SECONDS = 14.0
"""How long a send may take: its end must lie within the lease."""
WITHOUT_STORE_SECONDS = 1.0
UNREADABLE_SECONDS = 60.0
MOST_OUT = 500
"""Sends at once: with more than a thousand, Telegram refuses all."""

log = structlog.get_logger(__name__)


class Deliver:
    """Sends what is owed until it is stopped."""

    def __init__(
        self,
        outbox: Outbox,
        pacing: Pacing,
        compose: Compose,
        send: Send,
        turns: Turns,
        clock: Clock,
        troubles: Troubles,
        meter: Meter,
        *,
        per_second: float,
    ) -> None:
        self._outbox = outbox
        self._pacing = pacing
        self._turns = turns
        self._compose = compose
        self._send = send
        self._clock = clock
        self._troubles = troubles
        self._meter = meter
        self._backlog = Backlog(outbox, clock, troubles)
        self._enough = max(2, round(per_second * IN_LINE_SECONDS))
        self._at_once = max(2, round(per_second * AHEAD_SECONDS))
        self._line: deque[Ready] = deque()
        self._out: set[asyncio.Task[None]] = set()
        self._news = asyncio.Event()
        self._refused: TokenRefused | None = None

    async def run(self) -> None:
        """Send until cancelled. Raises TokenRefused; what the store can't do is waited out."""
        beside = [("taking", self._take), ("watching", self._backlog.watch)]
        tasks = [asyncio.create_task(self._for_ever(*work)) for work in beside]
        try:
            await self._for_ever("sending", self._let_go)
        finally:
            for task in tasks:
                task.cancel()

    async def drain(self, seconds: float) -> None:
        """Give back what stands in line, and wait for what is being sent, `seconds` at most."""
        while self._line:
            ready = self._line.popleft()
            self._begin(ready.bundle, self._put_back(ready, self._now()))
        if self._out:
            await asyncio.wait(self._out, timeout=seconds)
        for task in self._out:
            task.cancel()

    async def _for_ever(self, work: str, step: Callable[[], Awaitable[float]]) -> None:
        """One step after the other; each says for how many seconds to pause."""
        while self._refused is None:
            try:
                pause = await step()
                self._troubles.end("store", work=work)
            except StoreUnavailable as error:
                pause = WITHOUT_STORE_SECONDS
                self._troubles.begin("store", str(error), work=work)
            except Exception:
                pause = WITHOUT_STORE_SECONDS
                log.exception("delivery stumbles", work=work)
            await self._clock.sleep(pause)
        raise self._refused

    async def _take(self) -> float:
        """Let as much stand in line as will soon be sent."""
        room = min(self._enough, MOST_OUT - len(self._out)) - len(self._line)
        if room < self._enough / 2:
            return BUSY_SECONDS
        bundles = await self._outbox.take(self._now(), LEASE_SECONDS, room)
        if not bundles:
            return IDLE_SECONDS
        composed = await self._compose.of(bundles)
        rest = []
        for bundle in bundles:
            made = composed.get(bundle.chat)
            if made and made.told and not made.plan.held:
                self._stand_in_line(bundle, made)
            else:
                rest.append(self._sort(bundle, made))
        await asyncio.gather(*rest)
        return BUSY_SECONDS

    async def _sort(self, bundle: Bundle, composed: Composed | None) -> None:
        if composed is None:
            await self._set_apart(bundle)
            return
        held = composed.plan.held
        if held:
            await self._outbox.hold(bundle, held)
        if composed.told:
            self._stand_in_line(bundle, composed)
            return
        self._meter.dropped(composed.plan.late)
        if len(held) < len(bundle.alerts):
            await self._outbox.settle(bundle, self._now())

    def _stand_in_line(self, bundle: Bundle, composed: Composed) -> None:
        """What is held back must be so in the store by now: its end settles the rest."""
        first, plan = composed.told[0], composed.plan
        self._meter.dropped(plan.late)
        self._line.append(Ready(bundle, first, len(composed.told) == 1, plan.day))
        self._news.set()

    async def _set_apart(self, bundle: Bundle) -> None:
        """What can't be looked up is tried again, but not for ever."""
        now = self._now()
        if now - bundle.since < GIVE_UP_SECONDS:
            await self._outbox.postpone(bundle, now + UNREADABLE_SECONDS)
            return
        self._meter.dropped(len(bundle.alerts))
        await self._outbox.settle(bundle, now)

    async def _let_go(self) -> float:
        """Send those at the head of the line that have a slot now."""
        if not self._line:
            self._news.clear()
            await self._news.wait()
        first = list(islice(self._line, self._at_once))
        chats = [ready.bundle.chat for ready in first]
        slots = await self._turns.book(chats, AHEAD_SECONDS)
        booked = [*zip(chats, slots, strict=False)]
        for number, slot in enumerate(slots):
            if slot.verdict is Verdict.ALL_ARE_BUSY:
                return slot.at - self._now()
            if slot.verdict is Verdict.GRANTED and not await self._turns.reach(*booked[number:]):
                return 0.0
            ready = self._line.popleft()
            is_on = slot.verdict is Verdict.GRANTED and self._is_in_time(ready.bundle)
            work = self._send(ready) if is_on else self._put_back(ready, slot.at)
            self._begin(ready.bundle, work)
        return 0.0

    def _is_in_time(self, bundle: Bundle) -> bool:
        return self._now() < bundle.until - SENDING_SECONDS

    async def _put_back(self, ready: Ready, until: float) -> None:
        await self._outbox.postpone(ready.bundle, until, has_failed=False)

    def _begin(self, bundle: Bundle, work: Coroutine[None, None, None]) -> None:
        task = asyncio.create_task(self._guarded(bundle, work))
        self._out.add(task)
        task.add_done_callback(self._out.discard)

    async def _guarded(self, bundle: Bundle, work: Coroutine[None, None, None]) -> None:
        """One bad recipient must not stop the next: its lease runs out, and it is tried again."""
        try:
            await work
        except TokenRefused as error:
            self._refused = error
            self._news.set()
        except StoreUnavailable as error:
            log.warning("delivery not settled", chat=bundle.chat, reason=str(error))
        except Exception:
            log.exception("delivery failed", chat=bundle.chat, attempts=bundle.attempts)

    def _now(self) -> float:
        return self._clock.now().timestamp()
