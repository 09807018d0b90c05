"""One bundle: sent, and the outcome says what becomes of it."""

from collections.abc import Collection
from dataclasses import dataclass

import structlog

from bot.flows.compose import Told
from bot.flows.troubles import Troubles
from bot.model import Bundle, Gone, Moved, Outcome, Rejected, RetryLater, Sent, Telling
from bot.ports import Chats, Clock, Messenger, Meter, Outbox, Pacing, StoreUnavailable

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
        self,
        outbox: Outbox,
        pacing: Pacing,
        chats: Chats,
        messenger: Messenger,
        clock: Clock,
        troubles: Troubles,
        meter: Meter,
    ) -> None:
        self._outbox = outbox
        self._pacing = pacing
        self._chats = chats
        self._messenger = messenger
        self._clock = clock
        self._troubles = troubles
        self._meter = meter

    async def __call__(self, ready: Ready) -> None:
        """Send it, and let the outcome say what becomes of it."""
        outcome = await self._send(ready)
        if isinstance(outcome, Sent):
            self._meter.delivered(self._now() - ready.told.published.timestamp())
        await self._act(outcome, ready)

    async def _send(self, ready: Ready) -> Outcome:
        bundle, message = ready.bundle, ready.told.message
        outcome = await self._messenger.send(bundle.chat, message)
        self._meter.answered(outcome)
        if not isinstance(outcome, Rejected):
            return outcome
        log.error("message rejected", chat=bundle.chat, reason=outcome.reason)
        if self._now() >= bundle.until:
            return RetryLater(0.0, outcome.reason)
        return await self._messenger.send_plain(bundle.chat, message)

    async def _act(self, outcome: Outcome, ready: Ready) -> None:
        bundle = ready.bundle
        match outcome:
            case Sent(message_id):
                await self._settle_sent(ready, message_id)
                log.debug("alert sent", chat=bundle.chat, articles=len(ready.told.articles))
            case RetryLater():
                await self._postpone(bundle, outcome)
            case Moved(to):
                await self._chats.move(bundle.chat.id, to)
            case Gone(reason):
                await self._chats.mark_gone(bundle.chat)
                await self._outbox.settle(bundle, self._now())
                log.info("chat gone", chat=bundle.chat, reason=reason)
            case Rejected(reason):
                await self._outbox.settle(bundle, self._now(), ready.articles)
                log.error("alert dropped", chat=bundle.chat, reason=reason)
        if not isinstance(outcome, RetryLater) or not outcome.everyone:
            self._troubles.end("telegram")

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

    async def _postpone(self, bundle: Bundle, outcome: RetryLater) -> None:
        now = self._now()
        until = now + put_off(outcome, bundle.attempts)
        if outcome.everyone:
            self._troubles.begin("telegram", outcome.reason, PATIENCE)
            await self._pacing.hold_all(now + outcome.seconds)
        else:
            await self._pacing.hold(bundle.chat, now + outcome.seconds)
        await self._outbox.postpone(bundle, until)
        log.warning("alert put off", chat=bundle.chat, reason=outcome.reason)

    def _now(self) -> float:
        return self._clock.now().timestamp()
