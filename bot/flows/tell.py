"""One message to one chat, and what Telegram's answer means for the chat."""

import math
from collections.abc import Callable

import structlog

from bot.model import ChatRef, Gone, Message, Moved, Outcome, Rejected, RetryLater
from bot.ports import Chats, Clock, Messenger, Pacing

log = structlog.get_logger(__name__)

Count = Callable[[Outcome], None]
"""Told of the first answer to each message."""


def uncounted(_: Outcome) -> None:
    """Count nothing."""


class Tell:
    """Raises TokenRefused and StoreUnavailable. Whose turn it is, the caller knows."""

    def __init__(
        self,
        chats: Chats,
        pacing: Pacing,
        messenger: Messenger,
        clock: Clock,
        count: Count = uncounted,
    ) -> None:
        self._chats = chats
        self._pacing = pacing
        self._messenger = messenger
        self._clock = clock
        self._count = count

    async def __call__(
        self, ref: ChatRef, message: Message, what: str, until: float = math.inf
    ) -> Outcome:
        """Send it, once as plain text where it is rejected; hold back, move or mark the chat.
        `what`: a word for the log. `until`: from then on (seconds since the epoch) what was
        rejected is for later.
        """
        outcome = await self._messenger.send(ref, message)
        self._count(outcome)
        if isinstance(outcome, Rejected):
            log.error("rejected", what=what, chat=ref, reason=outcome.reason)
            outcome = await self._plainly(ref, message, outcome.reason, until)
        await self._act(ref, outcome, what)
        return outcome

    async def _plainly(self, ref: ChatRef, message: Message, reason: str, until: float) -> Outcome:
        if self._now() >= until:
            return RetryLater(0.0, reason)
        return await self._messenger.send_plain(ref, message)

    async def edit(self, ref: ChatRef, message_id: int, message: Message) -> Outcome:
        """Put it in the place of one that was sent. What is refused for good says nothing about
        the chat.
        """
        outcome = await self._messenger.edit(ref, message_id, message)
        if isinstance(outcome, RetryLater):
            await self._hold(ref, outcome)
        return outcome

    async def _act(self, ref: ChatRef, outcome: Outcome, what: str) -> None:
        match outcome:
            case RetryLater(reason=reason):
                await self._hold(ref, outcome)
                log.warning("put off", what=what, chat=ref, reason=reason)
            case Moved(to):
                await self._chats.move(ref.id, to)
            case Gone(reason):
                await self._chats.mark_gone(ref)
                log.info("chat gone", chat=ref, reason=reason)
            case Rejected(reason):
                log.error("dropped", what=what, chat=ref, reason=reason)

    async def _hold(self, ref: ChatRef, outcome: RetryLater) -> None:
        until = self._now() + outcome.seconds
        if outcome.everyone:
            await self._pacing.hold_all(until)
        else:
            await self._pacing.hold(ref, until)

    def _now(self) -> float:
        return self._clock.now().timestamp()
