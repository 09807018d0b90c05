"""Numbers by what a word begins with, and by what may follow."""

from collections.abc import Iterable
from typing import Optional

from bot.matching.kyrgyz_tails import Tails

_DEPTH = 6
"""Letters after which it is faster to compare than to look up."""
SHORTEST = 3
"""Letters, its mark among them, of a stem that a tail may follow."""
_SHORTER = tuple(range(SHORTEST, size) for size in range(_DEPTH + 1))
"""Length → shorter lengths that are looked up, too."""
Found = tuple[int, str, Tails, Optional["Found"]]
"""A number, its stem, the tails before which it stands under it, and what else is found there."""


class Stems:
    """A table of stems, each with the tails before which a number stands under it."""

    def __init__(self) -> None:
        self._table: dict[str, Found] = {}

    def __len__(self) -> int:
        return len(self._table)

    def add(self, number: int, stem: str, tails: Tails) -> None:
        """Enter a number."""
        place = stem[:_DEPTH]
        self._table[place] = (number, stem, tails, self._table.get(place))

    def drop(self, number: int, stem: str) -> None:
        """Take a number away from where it was entered."""
        place = stem[:_DEPTH]
        found = self._table.pop(place, None)
        left: Found | None = None
        while found:
            other, its, tails, found = found
            if other != number:
                left = (other, its, tails, left)
        if left:
            self._table[place] = left

    def of(self, word: str) -> list[int]:
        """The numbers of which a word is a stem with one of its tails."""
        get, begin, numbers = self._table.get, word[:_DEPTH], []
        found = get(begin)
        while found:
            number, stem, tails, found = found
            if word.startswith(stem) and word[len(stem) :] in tails:
                numbers.append(number)
        # What is shorter is a stem as it is.
        for end in _SHORTER[len(begin)]:
            found = get(begin[:end])
            while found:
                number, _, tails, found = found
                if word[end:] in tails:
                    numbers.append(number)
        return numbers

    def whole(self, words: Iterable[str]) -> list[int]:
        """The numbers of which one of these words is a stem that may stand without a tail."""
        numbers = []
        for word in words:
            found = self._table.get(word[:_DEPTH])
            while found:
                number, stem, tails, found = found
                if stem == word and "" in tails:
                    numbers.append(number)
        return numbers
