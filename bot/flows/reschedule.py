"""A chat's digest is due when the chat wants it."""

from bot.flows.digest import LEASE_SECONDS
from bot.flows.timing import next_digest
from bot.model import Chat
from bot.ports import Clock, Digests


class Reschedule:
    """Raises StoreUnavailable."""

    def __init__(self, digests: Digests, clock: Clock) -> None:
        self._digests = digests
        self._clock = clock

    async def __call__(self, chat: Chat) -> None:
        """By what it has set now. Whether it had one today is known when it is due."""
        now = self._clock.now().timestamp()
        await self._digests.schedule(chat.ref, next_digest(now, chat), now + LEASE_SECONDS)
