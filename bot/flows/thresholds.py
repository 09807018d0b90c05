"""Who waits for a rate is told when it is there: once, until it has gone back.

look: a new rate → every threshold → crossed: another state and what is owed, in one step
tell: owed → words → a turn → an outcome → settled
"""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

import structlog

from bot.flows.pacing import Turns
from bot.flows.rate_table import newest
from bot.flows.rates import bank_day, known_rates
from bot.messages import replies
from bot.model import (
    Bound,
    ChatRef,
    ChatState,
    Crossing,
    Gone,
    Message,
    Moved,
    Outcome,
    Rate,
    Rejected,
    RetryLater,
    Sent,
    Threshold,
)
from bot.ports import Chats, Clock, Messenger, Outbox, Pacing, Rates, Thresholds

HYSTERESIS = Decimal("0.002")
"""Of the level: so far it must go back before it is told again."""
BATCH = 20
YIELD_SECONDS = 2.0
"""Where an alert has waited for longer, crossings wait."""
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
        outbox: Outbox,
        pacing: Pacing,
        turns: Turns,
        messenger: Messenger,
        clock: Clock,
    ) -> None:
        self._thresholds = thresholds
        self._rates = rates
        self._chats = chats
        self._outbox = outbox
        self._pacing = pacing
        self._turns = turns
        self._messenger = messenger
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
        """Tell what is owed, as far as alerts leave time for it. Raises StoreUnavailable,
        TokenRefused.
        """
        for crossing in await self._thresholds.owed(self._now(), BATCH):
            if self._stopped or await self._must_yield():
                return
            await self._tell(crossing)

    async def _tell(self, crossing: Crossing) -> None:
        ref = crossing.threshold.chat
        chat = await self._chats.get(ref)
        is_late = self._now() > crossing.at + GIVE_UP_SECONDS
        if chat is None or chat.state is ChatState.GONE or is_late:
            await self._thresholds.settle(crossing)
        elif chat.is_paused:
            await self._thresholds.put_off(crossing, self._now() + PAUSED_SECONDS)
        else:
            await self._act(await self._send(ref, replies.crossed(chat, crossing)), crossing)

    async def _send(self, ref: ChatRef, message: Message) -> Outcome:
        await self._turns.next(ref)
        outcome = await self._messenger.send(ref, message)
        if isinstance(outcome, Rejected):
            log.error("crossing rejected", chat=ref, reason=outcome.reason)
            outcome = await self._messenger.send_plain(ref, message)
        return outcome

    async def _act(self, outcome: Outcome, crossing: Crossing) -> None:
        chat = crossing.threshold.chat
        match outcome:
            case RetryLater():
                await self._put_off(crossing, outcome)
                return
            case Moved(to):
                # What is owed goes with the chat, and is told there.
                await self._chats.move(chat.id, to)
                return
            case Gone(reason):
                await self._chats.mark_gone(chat)
                log.info("chat gone", chat=chat, reason=reason)
            case Sent():
                log.info("crossing told", chat=chat, currency=crossing.rate.currency)
            case Rejected(reason):
                log.error("crossing dropped", chat=chat, reason=reason)
        await self._thresholds.settle(crossing)

    async def _put_off(self, crossing: Crossing, outcome: RetryLater) -> None:
        until = self._now() + max(outcome.seconds, SHORTEST_SECONDS)
        if outcome.everyone:
            await self._pacing.hold_all(until)
        else:
            await self._pacing.hold(crossing.threshold.chat, until)
        await self._thresholds.put_off(crossing, until)

    async def _must_yield(self) -> bool:
        oldest = await self._outbox.oldest()
        return oldest is not None and oldest < self._now() - YIELD_SECONDS

    def _now(self) -> float:
        return self._clock.now().timestamp()
