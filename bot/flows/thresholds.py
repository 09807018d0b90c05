"""Who waits for a rate is told when it is there: once, until it has gone back.

look: a new rate → every threshold → crossed: another state and what is owed, in one step
tell: owed → words → a slot that is left → an outcome → settled
"""

import asyncio
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

import structlog

from bot.flows.leftover import Leftover
from bot.flows.rate_table import newest
from bot.flows.rates import bank_day, known_rates
from bot.flows.tell import Tell
from bot.flows.timing import after_quiet, end_of_pause
from bot.messages import replies
from bot.model import (
    Bound,
    Chat,
    ChatState,
    Crossing,
    Moved,
    Rate,
    RetryLater,
    Threshold,
)
from bot.ports import Chats, Clock, Rates, Thresholds

HYSTERESIS = Decimal("0.002")
"""Of the level: so far it must go back before it is told again."""
BATCH = 100
"""Told together, so that the time that Telegram takes holds nobody up."""
IMPATIENT_SECONDS = 60.0
"""A crossing that waits for longer no longer lets every alert go first."""
PAUSED_SECONDS = 600.0
GIVE_UP_SECONDS = 48 * 3600.0
SHORTEST_SECONDS = 1.0

log = structlog.get_logger(__name__)


def judged(threshold: Threshold, rate: Rate) -> tuple[Threshold, bool]:
    """How it stands by this rate, and whether it is crossed. Pure."""
    value, level = rate.value * threshold.nominal / rate.nominal, threshold.level
    if threshold.bound is Bound.MOVE:
        if abs(value / threshold.base - 1) * 100 < level:
            return threshold, False
        return replace(threshold, base=value), True
    is_above = threshold.bound is Bound.ABOVE
    is_there = value > level if is_above else value < level
    if threshold.is_armed:
        return replace(threshold, is_armed=not is_there), is_there
    back = level * (1 - HYSTERESIS if is_above else 1 + HYSTERESIS)
    is_back = value <= back if is_above else value >= back
    return replace(threshold, is_armed=is_back), False


class Watch:
    """One process at a time looks and tells; what is owed outlives it."""

    def __init__(
        self,
        thresholds: Thresholds,
        rates: Rates,
        chats: Chats,
        leftover: Leftover,
        tell: Tell,
        clock: Clock,
    ) -> None:
        self._thresholds = thresholds
        self._rates = rates
        self._chats = chats
        self._leftover = leftover
        self._tell = tell
        self._clock = clock
        self._looked: Mapping[str, Rate] = {}
        self._stopped = False

    async def stop(self) -> None:
        """Tell nobody any more; what is left is told after the next start."""
        self._stopped = True

    async def look(self) -> None:
        """Find out who is to be told of what is new. Raises StoreUnavailable."""
        rates = await known_rates(self._rates, bank_day(self._clock.now()))
        latest = {code: newest(rates, code) for code in {rate.currency for rate in rates}}
        found = {code: rate for code, rate in latest.items() if rate is not None}
        if found == self._looked:
            return
        async for threshold in self._thresholds.all():
            if threshold.currency in found:
                await self._judge(threshold, found[threshold.currency])
        self._looked = found

    async def _judge(self, threshold: Threshold, rate: Rate) -> None:
        new, is_crossed = judged(threshold, rate)
        if new != threshold:
            crossing = Crossing(threshold, rate, self._now()) if is_crossed else None
            await self._thresholds.change(threshold, new, crossing)

    async def tell(self) -> None:
        """Tell what is owed, as fast as alerts leave slots for it. Raises StoreUnavailable,
        TokenRefused.
        """
        while not self._stopped and (owed := await self._thresholds.owed(self._now(), BATCH)):
            # None is cancelled for another's error: it may have been sent, and not settled yet.
            ended = await asyncio.gather(*map(self._serve, owed), return_exceptions=True)
            for error in filter(None, ended):
                raise error

    async def _serve(self, crossing: Crossing) -> None:
        ref = crossing.threshold.chat
        chat = await self._chats.get(ref)
        is_late = self._now() > crossing.at + GIVE_UP_SECONDS
        if chat is None or chat.state is ChatState.GONE or is_late:
            await self._thresholds.settle(crossing)
        elif (resumed := end_of_pause(self._now(), chat)) > self._now():
            await self._thresholds.put_off(crossing, min(resumed, self._now() + PAUSED_SECONDS))
        elif (later := after_quiet(self._now(), chat)) > self._now():
            await self._thresholds.put_off(crossing, later)
        else:
            await self._say(chat, crossing)

    async def _say(self, chat: Chat, crossing: Crossing) -> None:
        is_impatient = self._now() > crossing.at + IMPATIENT_SECONDS
        if busy := await self._leftover.next(chat.ref, is_late=is_impatient):
            await self._thresholds.put_off(crossing, busy)
            return
        if self._stopped:
            return
        outcome = await self._tell(chat.ref, replies.crossed(chat, crossing), "crossing")
        if isinstance(outcome, RetryLater):
            until = self._now() + max(outcome.seconds, SHORTEST_SECONDS)
            await self._thresholds.put_off(crossing, until)
        elif not isinstance(outcome, Moved):  # What is owed goes with the chat, and is told there.
            await self._thresholds.settle(crossing)
            log.info("crossing settled", chat=chat.ref, currency=crossing.rate.currency)

    def _now(self) -> float:
        return self._clock.now().timestamp()
