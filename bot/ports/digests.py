"""Whose daily message is due."""

from collections.abc import Collection
from typing import Protocol

from bot.model import ChatRef, DueDigest


class Digests(Protocol):
    """Finding who is due costs what is due, not what is known. Every method raises
    StoreUnavailable.
    """

    async def schedule(self, chat: ChatRef, at: float | None, stands: float = 0.0) -> None:
        """Its digest is due at this moment; None: never. A lease on it is over. One that is due,
        or leased, until `stands` stays where it is: whoever takes it judges by what is set then.
        """

    async def take(self, now: float, lease: float, limit: int) -> list[DueDigest]:
        """Up to `limit` that are due, longest first, under a lease of `lease` seconds. Where a
        lease ran out, they are among them again.
        """

    async def begun(self, due: DueDigest, day: str, sent: int) -> None:
        """So many messages of the digest of this day went out."""

    async def settle(
        self, due: DueDigest, at: float | None, *, day: str, now: float, told: Collection[int]
    ) -> bool:
        """The digest of this day went out whole. In one step: the next is due at `at`, and
        nothing is put aside for the chat any more that tells one of the articles `told`. False:
        it was scheduled otherwise meanwhile, and that stands.
        """

    async def put_off(self, due: DueDigest, at: float | None) -> bool:
        """Nothing went out: it is due at `at`, or, None, never. False as in `settle`."""
