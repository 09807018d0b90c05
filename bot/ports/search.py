"""Finding articles."""

from typing import Protocol

from bot.model import Found, Hit, Searched, Wanted


class Search(Protocol):
    """An index of every kept article and headline, derived from the store. Answers from what is
    there, whatever state the index is in, never from the network, and raises nothing for what is
    typed.
    """

    async def find(self, wanted: Wanted) -> Found:
        """What holds the words, by relevance and recency together; without words the latest of
        the reader's editions.
        """

    async def like(self, article: int, limit: int) -> list[Hit]:
        """Earlier articles on the same: those that share its rare words, the closest first. None
        where the article is not known.
        """


class Searches(Protocol):
    """What was searched for, for as long as buttons and links that name it are likely to be
    pressed: 30 days. Every method raises StoreUnavailable.
    """

    async def keep(self, key: str, searched: Searched) -> None:
        """Under this key, in place of what was kept under it."""

    async def get(self, key: str) -> Searched | None:
        """None: nothing is kept under this key, or no longer."""
