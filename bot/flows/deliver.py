"""What is owed: taken, put into words, sent at its moment; the outcome says what becomes of it."""

import asyncio
from collections.abc import Collection, Sequence

import structlog

from bot.flows.compose import GIVE_UP_SECONDS, Compose, Told
from bot.flows.troubles import Troubles
from bot.model import Bundle, Gone, Message, Moved, Outcome, Rejected, RetryLater, Sent
from bot.ports import Chats, Clock, Messenger, Meter, Outbox, StoreUnavailable, TokenRefused

LEASE_SECONDS = 30.0
AHEAD_SECONDS = 0.5
IDLE_SECONDS = 0.2
WITHOUT_STORE_SECONDS = 1.0
LONGEST_WAIT_SECONDS = 60.0
PATIENCE = 2

log = structlog.get_logger(__name__)


def put_off(outcome: RetryLater, attempts: int) -> float:
    """For how many seconds: what Telegram asked, or longer the more often it failed."""
    return max(outcome.seconds, min(2.0 ** min(attempts, 10), LONGEST_WAIT_SECONDS))


class Deliver:
    """Sends what is owed until it is stopped."""

    def __init__(
        self,
        outbox: Outbox,
        chats: Chats,
        compose: Compose,
        messenger: Messenger,
        clock: Clock,
        troubles: Troubles,
        meter: Meter,
        *,
        per_second: float,
    ) -> None:
        self._outbox = outbox
        self._chats = chats
        self._compose = compose
        self._messenger = messenger
        self._clock = clock
        self._troubles = troubles
        self._meter = meter
        self._refused: TokenRefused | None = None
        self._limit = max(1, round(per_second * AHEAD_SECONDS))
        self._spacing = 1 / per_second
        self._free = 0.0
        self._out: set[asyncio.Task[None]] = set()

    async def run(self) -> None:
        """Send until cancelled. Raises TokenRefused; what the store can't do is waited out."""
        while self._refused is None:
            try:
                pause = await self._step()
                self._troubles.end("store", work="delivery")
            except StoreUnavailable as error:
                pause = WITHOUT_STORE_SECONDS
                self._troubles.begin("store", str(error), work="delivery")
            except Exception:
                pause = WITHOUT_STORE_SECONDS
                log.exception("nothing can be taken from the outbox")
            await self._clock.sleep(pause)
        raise self._refused

    async def drain(self, seconds: float) -> None:
        """Wait for what is being sent, `seconds` at most."""
        if self._out:
            await asyncio.wait(self._out, timeout=seconds)
        for task in self._out:
            task.cancel()

    async def _step(self) -> float:
        """Take what may be sent now and set its sending going; in how many seconds to come
        again.
        """
        bundles = await self._outbox.take(self._now(), LEASE_SECONDS, self._limit)
        if not bundles:
            return IDLE_SECONDS
        composed = await self._compose.of(bundles)
        for bundle in bundles:
            task = asyncio.create_task(self._guarded(bundle, composed.get(bundle.chat)))
            self._out.add(task)
            task.add_done_callback(self._out.discard)
        return max(0.0, max(bundle.at for bundle in bundles) - self._now())

    async def _guarded(self, bundle: Bundle, told: Sequence[Told] | None) -> None:
        """One bad recipient must not stop the next: its lease runs out, and it is tried again."""
        try:
            await self._deliver(bundle, told)
        except TokenRefused as error:
            self._refused = error
        except StoreUnavailable as error:
            log.warning("delivery not settled", chat=bundle.chat, reason=str(error))
        except Exception:
            log.exception("delivery failed", chat=bundle.chat, attempts=bundle.attempts)

    async def _deliver(self, bundle: Bundle, told: Sequence[Told] | None) -> None:
        if told:
            await self._tell(bundle, told)
        elif told is None and self._now() - bundle.since < GIVE_UP_SECONDS:
            await self._outbox.postpone(bundle, self._now() + LONGEST_WAIT_SECONDS)
        else:
            await self._outbox.settle(bundle, self._now())
            log.info("alerts not told", chat=bundle.chat, alerts=len(bundle.alerts))

    async def _tell(self, bundle: Bundle, told: Sequence[Told]) -> None:
        await self._turn(bundle)
        if self._now() < bundle.until:
            outcome = await self._send(bundle, told[0].message)
            if isinstance(outcome, Sent):
                self._meter.delivered(self._now() - told[0].published.timestamp())
            await self._act(outcome, bundle, told[0].articles if len(told) > 1 else None)

    async def _turn(self, bundle: Bundle) -> None:
        """Wait for the bundle's slot. Slots that were missed together, by a process that was held
        up, are not made up for together: that would be over the rate.
        """
        at = max(bundle.at, self._free, self._now())
        self._free = at + self._spacing
        await self._clock.sleep(at - self._now())

    async def _send(self, bundle: Bundle, message: Message) -> Outcome:
        outcome = await self._messenger.send(bundle.chat, message)
        self._meter.answered(outcome)
        if not isinstance(outcome, Rejected):
            return outcome
        log.error("message rejected", chat=bundle.chat, reason=outcome.reason)
        if self._now() >= bundle.until:
            return RetryLater(0.0, outcome.reason)
        return await self._messenger.send_plain(bundle.chat, message)

    async def _act(
        self, outcome: Outcome, bundle: Bundle, articles: Collection[int] | None
    ) -> None:
        match outcome:
            case Sent():
                await self._settle_sent(bundle, articles)
                log.info("alert sent", chat=bundle.chat, alerts=len(articles or bundle.alerts))
            case RetryLater():
                await self._postpone(bundle, outcome)
            case Moved(to):
                await self._chats.move(bundle.chat.id, to)
            case Gone(reason):
                await self._chats.mark_gone(bundle.chat)
                await self._outbox.settle(bundle, self._now())
                log.info("chat gone", chat=bundle.chat, reason=reason)
            case Rejected(reason):
                await self._outbox.settle(bundle, self._now(), articles)
                log.error("alert dropped", chat=bundle.chat, reason=reason)
        if not isinstance(outcome, RetryLater) or not outcome.everyone:
            self._troubles.end("telegram")

    async def _settle_sent(self, bundle: Bundle, articles: Collection[int] | None) -> None:
        """While the lease lasts, a store that is away must not make a message go out twice."""
        while True:
            try:
                await self._outbox.settle(bundle, self._now(), articles)
            except StoreUnavailable:
                if self._now() + WITHOUT_STORE_SECONDS >= bundle.until:
                    raise
                await self._clock.sleep(WITHOUT_STORE_SECONDS)
            else:
                return

    async def _postpone(self, bundle: Bundle, outcome: RetryLater) -> None:
        now = self._now()
        if outcome.everyone:
            self._troubles.begin("telegram", outcome.reason, PATIENCE)
            await self._outbox.hold_all(now + outcome.seconds)
        await self._outbox.postpone(bundle, now + put_off(outcome, bundle.attempts))
        log.warning("alert put off", chat=bundle.chat, reason=outcome.reason)

    def _now(self) -> float:
        return self._clock.now().timestamp()
