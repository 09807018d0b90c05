"""What names the next page: how far the index had got when the first page was asked for, and where
the page before it ended. So nothing that comes meanwhile shifts anything.
"""

import re
from typing import NamedTuple

_WORDS = re.compile(r"(\d{1,9})\.(\d{1,13})\.(\d{1,6})", re.ASCII)
_LATEST = re.compile(r"(\d{1,9})-(\d{1,9})-(\d{1,12})", re.ASCII)
NEWEST = 1 << 40
"""Above all ids, places and times."""


class Ranked(NamedTuple):
    """Among what holds words: those with ids below `below`, ranked, from the one on that has
    `skipped` before it. `place`: the last one known then.
    """

    place: int = NEWEST
    below: int = NEWEST
    skipped: int = 0

    def __str__(self) -> str:
        return f"{self.place}.{self.below}.{self.skipped}"

    @classmethod
    def of(cls, text: str) -> "Ranked":
        """The inverse; the first page for what is none of ours."""
        found = _WORDS.fullmatch(text)
        return cls(*map(int, found.groups())) if found else cls()


class Latest(NamedTuple):
    """Among the latest: those published before this time, or then with a lower id."""

    place: int = NEWEST
    published: int = NEWEST
    id: int = NEWEST

    def __str__(self) -> str:
        return f"{self.place}-{self.published}-{self.id}"

    @classmethod
    def of(cls, text: str) -> "Latest":
        """The inverse; the first page for what is none of ours."""
        found = _LATEST.fullmatch(text)
        return cls(*map(int, found.groups())) if found else cls()
