"""One bundle: sent, and the outcome says what becomes of it."""

from collections.abc import Collection
from dataclasses import dataclass

import structlog

from bot.flows.compose import Told
from bot.flows.tell import Tell
from bot.flows.troubles import Troubles
from bot.model import Bundle, Gone, Outcome, Rejected, RetryLater, Sent, Telling
from bot.ports import Clock, Meter, Outbox, StoreUnavailable

WITHOUT_STORE_SECONDS = 1.0
LONGEST_WAIT_SECONDS = 60.0
PATIENCE = 2

log = structlog.get_logger(__name__)


def put_off(outcome: RetryLater, attempts: int) -> float:
    """For how many seconds: what Telegram asked, or longer the more often it failed."""
    return max(outcome.seconds, min(2.0 ** min(attempts, 10), LONGEST_WAIT_SECONDS))


@dataclass(frozen=True, slots=True)
class Ready:
    """A bundle that stands in line, and what it says."""

    bundle: Bundle
    told: Told
    is_last: bool
    """Nothing else of the bundle is left to tell."""
    day: str
    """The chat's, where its messages are counted."""

    @property
    def articles(self) -> Collection[int] | None:
        """Those that are settled with it; None: all of the bundle."""
        return None if self.is_last else self.told.articles


class Send:
    """Sends what has its slot. Raises TokenRefused and StoreUnavailable."""

    def __init__(
        self, outbox: Outbox, tell: Tell, clock: Clock, troubles: Troubles, meter: Meter
    ) -> None:
        self._outbox = outbox
        self._tell = tell
        self._clock = clock
        self._troubles = troubles
        self._meter = meter
        # Found once: it is asked with each message, and seldom writes.
        self._log = log.bind()

    async def __call__(self, ready: Ready) -> None:
        """Send it, and let the outcome say what becomes of it."""
        bundle, message = ready.bundle, ready.told.message
        outcome = await self._tell(bundle.chat, message, "alert", bundle.until)
        if isinstance(outcome, RetryLater) and outcome.everyone:
            self._troubles.begin("telegram", outcome.reason, PATIENCE)
        else:
            self._troubles.end("telegram")
        await self._act(outcome, ready)

    async def _act(self, outcome: Outcome, ready: Ready) -> None:
        """A chat that moved took what is under its lease along."""
        bundle, now = ready.bundle, self._now()
        match outcome:
            case Sent(message_id):
                self._meter.delivered(now - ready.told.published.timestamp())
                await self._settle_sent(ready, message_id)
                self._log.debug("alert sent", chat=bundle.chat, articles=len(ready.told.articles))
            case RetryLater():
                await self._outbox.postpone(bundle, now + put_off(outcome, bundle.attempts))
            case Gone():
                await self._outbox.settle(bundle, now)
            case Rejected():
                await self._outbox.settle(bundle, now, ready.articles)

    async def _settle_sent(self, ready: Ready, message_id: int) -> None:
        """While the lease lasts, a store that is away must not make a message go out twice."""
        bundle = ready.bundle
        telling = Telling(message_id, ready.told.articles, ready.day)
        while True:
            try:
                await self._outbox.settle(bundle, self._now(), ready.articles, telling)
            except StoreUnavailable:
                if self._now() + WITHOUT_STORE_SECONDS >= bundle.until:
                    raise
                await self._clock.sleep(WITHOUT_STORE_SECONDS)
            else:
                return

    def _now(self) -> float:
        return self._clock.now().timestamp()
