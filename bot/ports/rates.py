"""What the som is worth: where it is published, what is remembered of it, who waits for it."""

from collections.abc import AsyncIterator, Collection, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from bot.model import ChatRef, Crossing, Rate, Threshold, Validator

RateFile = Literal["daily", "weekly"]


@dataclass(frozen=True, slots=True)
class Publication:
    """A file of the bank's."""

    rates: tuple[Rate, ...]
    bad: tuple[str, ...] = ()
    """What of it can't be read, a line each."""
    validator: Validator | None = None


class Bank(Protocol):
    """Who publishes official rates."""

    async def publication(
        self, file: RateFile, validator: Validator | None = None
    ) -> Publication | None:
        """The file as it is; None where it is unchanged since `validator`. Raises SiteError,
        PageUnreadable also for a file without a single rate.
        """


class Rates(Protocol):
    """Every rate that was ever good, by day and source. Every method raises StoreUnavailable."""

    async def keep(self, rates: Collection[Rate]) -> None:
        """In place of what the same source said of the same currency and day."""

    async def recent(self, until: str, days: int) -> list[Rate]:
        """Those of the last so many known days up to this one (ISO 8601), by day."""

    async def validator(self, file: RateFile) -> Validator | None:
        """What `settle_file` kept."""

    async def settle_file(self, file: RateFile, validator: Validator | None) -> None:
        """Its rates are kept: ask for it on this condition from now on."""


class Thresholds(Protocol):
    """Who waits for which rate, and what is owed of it. Every method raises StoreUnavailable."""

    async def add(self, threshold: Threshold, limit: int) -> bool:
        """In the place of the one with its key. False: the chat has `limit` of them already."""

    async def remove(self, chat: ChatRef, key: str) -> bool:
        """False: there is none."""

    async def of(self, chat: ChatRef) -> list[Threshold]:
        """A chat's, oldest first."""

    def all(self) -> AsyncIterator[Threshold]:
        """Every one, in no order; some may come twice."""

    async def change(self, old: Threshold, new: Threshold, crossing: Crossing | None) -> bool:
        """In one step: `new` in the place of `old`, and the crossing is owed. False, and nothing
        is changed, where `old` is not there as it is given.
        """

    async def owed(self, now: float, limit: int) -> Sequence[Crossing]:
        """Up to `limit` crossings that are due and not settled, longest due first."""

    async def put_off(self, crossing: Crossing, until: float) -> None:
        """It is due again then, unless it is settled."""

    async def settle(self, crossing: Crossing) -> None:
        """Sent, or known to be undeliverable."""
