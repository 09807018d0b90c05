"""What is looked at again, and what is to be put right."""

from collections.abc import Collection
from typing import Protocol

from bot.model import Article


class Corrections(Protocol):
    """Which articles are due for another look, and which changed after they were told. Every
    method raises StoreUnavailable. `Articles.keep` puts the first looks in.
    """

    async def look(self, article: int, at: float) -> None:
        """Have it looked at again at this moment, too."""

    async def due(self, now: float) -> tuple[int, Collection[str]] | None:
        """The article whose look is due first, and the names of all its looks that are due."""

    async def looked(self, names: Collection[str]) -> None:
        """These looks are done with."""

    async def correct(self, article: Article, names: Collection[str], now: float) -> None:
        """In one step: keep it in place of what was kept, have what told it put right, and be
        done with these looks. Nothing is kept of an article that is not there any more.
        """

    async def open(self) -> dict[int, float]:
        """The articles whose messages are to be put right, and since when, longest first."""

    async def close(self, article: int, since: float) -> None:
        """Its messages are right, unless it was corrected again since."""
