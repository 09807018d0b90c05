"""Finding articles."""

from typing import Protocol

from bot.model import Found, Hit, Wanted


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
