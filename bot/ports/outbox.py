"""What is owed, when it may be sent, and what was sent."""

from collections.abc import AsyncIterator, Collection, Mapping, Sequence
from typing import Protocol

from bot.model import Booked, Bundle, ChatRef, Post, Slot, Telling


class Outbox(Protocol):
    """What is owed and not yet settled. `Articles.keep` puts alerts in.

    The unit of delivery is the chat: at most one bundle of a chat is out at a time. Every method
    raises StoreUnavailable.
    """

    async def take(self, now: float, lease: float, limit: int) -> list[Bundle]:
        """Up to `limit` chats that may be written to, longest waiting first, each with all
        alerts that wait for it, under a lease of `lease` seconds. Bundles whose lease ran out
        are among them again.
        """

    async def settle(
        self,
        bundle: Bundle,
        now: float,
        articles: Collection[int] | None = None,
        telling: Telling | None = None,
    ) -> bool:
        """Done for ever with the bundle's alerts, or with those for `articles` alone, and the
        lease is given back: what else waits for the chat is let out at the chat's pace.
        `telling`: the message that told them; None: none did.
        False, and nothing is changed, where the lease is no longer the bundle's.
        """

    async def postpone(self, bundle: Bundle, until: float, *, has_failed: bool = True) -> bool:
        """Give the lease back; the chat is taken no more before `until`. One attempt more is on
        the count where a send has failed. False as in `settle`.
        """

    async def hold(self, bundle: Bundle, until: Mapping[int, float]) -> bool:
        """Put aside the alerts for some of the bundle's articles, each until its time: then they
        wait again. The rest, if any, stays under the lease. Of a chat's alerts that are put
        aside the latest 200 are kept. False as in `settle`.
        """

    async def release(self, chat: ChatRef) -> None:
        """Let all that is put aside for a chat, its topics included, wait again, and what is out
        and put aside after this: its settings have changed.
        """

    async def waiting(self) -> int:
        """How many alerts are neither settled nor put aside."""

    async def oldest(self) -> float | None:
        """When the alert that has waited longest, of those that wait for nothing but their turn,
        was put in; None: there is none.
        """


class Pacing(Protocol):
    """Telegram's limits, kept by all processes together. Every method raises StoreUnavailable."""

    async def book(self, chats: Sequence[ChatRef | None], now: float, ahead: float) -> list[Slot]:
        """For each chat, in this order, the moment at which a message may be sent to it; None is
        nobody in particular. The answer ends early, with `ALL_ARE_BUSY`, where the overall rate
        has nothing more to give within `ahead` seconds. `now` may be a
        second later than it is. A slot that was missed is not made up for: see `flows/pacing.py`.
        """

    async def give_up(self, booked: Sequence[Booked]) -> None:
        """Slots that were granted and will not be used. To be done with before their chats are
        booked for again.
        """

    async def hold(self, chat: ChatRef, until: float) -> None:
        """Let nothing go to this chat before `until`."""

    async def hold_all(self, until: float) -> None:
        """Let nothing go to anyone before `until`. A longer hold stands."""


class Posts(Protocol):
    """The messages of the last day that told articles. `Outbox.settle` puts them in. Every
    method raises StoreUnavailable.
    """

    def of(self, article: int) -> AsyncIterator[Post]:
        """All that told it, in no order; some may come twice."""

    async def find(self, article: int, chats: Collection[ChatRef]) -> dict[ChatRef, Post]:
        """Those of these chats that were told it."""

    async def count(self, chats: Mapping[ChatRef, str]) -> dict[ChatRef, int]:
        """How many messages told each chat articles on this day of its own (ISO 8601). Days
        before yesterday are forgotten.
        """
