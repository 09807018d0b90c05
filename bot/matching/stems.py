"""Numbers by what a word begins with, and by what may follow."""

from collections.abc import Iterable
from typing import Optional

from bot.matching.kyrgyz_tails import Tails

SHORTEST = 3
"""Letters, its mark among them, of a stem that a tail may follow."""
Found = tuple[int, Tails, Optional["Found"]]
"""A number, the tails before which it stands under a stem, and what else does."""


class Stems:
    """A table of stems, each with the tails before which a number stands under it."""

    def __init__(self) -> None:
        self._table: dict[str, Found] = {}
        self._longest = 0
        """Letters of the longest stem that there was."""

    def __len__(self) -> int:
        return len(self._table)

    def add(self, number: int, stem: str, tails: Tails) -> None:
        """Enter a number."""
        self._table[stem] = (number, tails, self._table.get(stem))
        self._longest = max(self._longest, len(stem))

    def drop(self, number: int, stem: str) -> None:
        """Take a number away from where it was entered."""
        found = self._table.pop(stem, None)
        left: Found | None = None
        while found:
            other, tails, found = found
            if other != number:
                left = (other, tails, left)
        if left:
            self._table[stem] = left

    def of(self, word: str) -> list[int]:
        """The numbers of which a word is a stem with one of its tails."""
        get, size, numbers = self._table.get, len(word), []
        for end in range(min(size, SHORTEST), min(size, self._longest) + 1):
            found = get(word[:end])
            if found:
                tail = word[end:]
                while found:
                    number, tails, found = found
                    if tail in tails:
                        numbers.append(number)
        return numbers

    def whole(self, words: Iterable[str]) -> list[int]:
        """The numbers of which one of these words is a stem that may stand without a tail."""
        numbers = []
        for word in words:
            found = self._table.get(word)
            while found:
                number, tails, found = found
                if "" in tails:
                    numbers.append(number)
        return numbers
