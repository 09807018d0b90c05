"""What a process needs of its machine and of the other processes."""

from datetime import datetime
from typing import Protocol

from bot.model import Edition, Outcome


class Clock(Protocol):
    """Where time comes from."""

    def now(self) -> datetime:
        """Aware, UTC."""

    async def sleep(self, seconds: float) -> None:
        """Return after `seconds`, at once where they are not positive."""


class Leadership(Protocol):
    """Who of several processes polls the site."""

    async def hold(self, seconds: float) -> bool:
        """Become, or stay, the leader for `seconds`. False: another is. Raises
        StoreUnavailable.
        """

    async def resign(self) -> None:
        """Let another lead at once."""


class Handled(Protocol):
    """Which updates were handled to the end, so that none is when Telegram sends it again."""

    async def was(self, update_id: int) -> bool:
        """Whether `add` was called with it in the last day. Raises StoreUnavailable."""

    async def add(self, update_id: int) -> None:
        """It was handled. Raises StoreUnavailable."""


class Meter(Protocol):
    """What is counted, for those who watch over the bot. Never fails."""

    def polled(self, edition: Edition, *, well: bool) -> None:
        """A listing was looked at, or could not be."""

    def kept(self, edition: Edition) -> None:
        """An article was read and kept."""

    def answered(self, outcome: Outcome) -> None:
        """Telegram answered an alert."""

    def delivered(self, seconds: float) -> None:
        """An alert was sent, so long after its article was published."""

    def dropped(self, alerts: int) -> None:
        """So many could not be told for two days."""

    def skipped(self) -> None:
        """A digest came too late to be sent."""
