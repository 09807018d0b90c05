"""Finding articles."""

from collections.abc import Sequence
from typing import Protocol

from bot.model import Article, Found, Hit, Searched, Wanted


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
    pressed. Every method raises StoreUnavailable.
    """

    async def keep(self, key: str, searched: Searched, seconds: int) -> None:
        """Under this key, in place of what was kept under it, and for so long from now on."""

    async def get(self, key: str) -> Searched | None:
        """None: nothing is kept under this key, or no longer."""


class Chronicle(Protocol):
    """What was published, as far as it is kept, for those who index it, and a log of it. Every
    method raises StoreUnavailable.
    """

    async def cursor(self) -> str:
        """The end of the log, to be asked for before `ids`."""

    async def changes(self, cursor: str) -> tuple[list[int], str] | None:
        """The ids of what came or changed after `cursor`, in order, each once, and the new
        cursor; None where the log no longer reaches back so far, or is another's.
        """

    async def ids(self) -> list[int]:
        """All headlines, the newest by time of publication first."""

    async def read(self, ids: Sequence[int]) -> list[Article]:
        """Those of them that there still are, in their order; one that is known by its headline
        alone without body.
        """

    async def extent(self) -> tuple[int, float]:
        """How many headlines there are, and when the oldest was published."""
