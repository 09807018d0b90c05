"""Trouble with Telegram, said once when it begins and once when it is over."""

import structlog

from bot.gateway.backoff import Backoff
from bot.ports import Clock

log = structlog.get_logger(__name__)

LONGEST_PAUSE = 60.0


class Trouble:
    """What is wrong now, if anything, and how long to wait before the next attempt."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._event = ""
        self._backoff = Backoff(1.0, LONGEST_PAUSE)

    async def pause(
        self, event: str, reason: str, *, first: float = 1.0, at_least: float = 0.0
    ) -> None:
        """Wait after one more failure, from about `first` seconds to a minute; the same `event`
        is logged when it is news.
        """
        if event != self._event:
            log.warning(event, reason=reason)
            self._event = event
            self._backoff = Backoff(first, LONGEST_PAUSE)
        await self._clock.sleep(max(self._backoff.next(), at_least))

    def over(self) -> None:
        """All is well."""
        if self._event:
            log.info("Telegram is back", after=self._event)
            self._event = ""
