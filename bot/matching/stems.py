"""Numbers by what a word begins with, and by what may follow."""

from collections.abc import Iterable

from bot.matching.kyrgyz_tails import Tails

_DEPTH = 6
"""Letters after which it is faster to compare than to look up."""
SHORTEST = 3
"""Letters, its mark among them, of a stem that a tail may follow."""
Found = tuple[tuple[int, str, Tails], ...]
_NOTHING: Found = ()


class Stems:
    """A table of stems, each with the tails before which a number stands under it."""

    def __init__(self) -> None:
        self._table: dict[str, Found] = {}

    def __len__(self) -> int:
        return len(self._table)

    def add(self, number: int, stem: str, tails: Tails) -> None:
        """Enter a number."""
        place = stem[:_DEPTH]
        self._table[place] = (*self._table.get(place, _NOTHING), (number, stem, tails))

    def drop(self, number: int, stem: str) -> None:
        """Take a number away from where it was entered."""
        place = stem[:_DEPTH]
        left = tuple(one for one in self._table.get(place, _NOTHING) if one[0] != number)
        if left:
            self._table[place] = left
        else:
            self._table.pop(place, None)

    def of(self, word: str) -> list[int]:
        """The numbers of which a word is a stem with one of its tails."""
        table, size, numbers = self._table, len(word), []
        for end in range(min(size, SHORTEST), min(size, _DEPTH) + 1):
            for number, stem, tails in table.get(word[:end], _NOTHING):
                if word.startswith(stem) and word[len(stem) :] in tails:
                    numbers.append(number)
        return numbers

    def whole(self, words: Iterable[str]) -> list[int]:
        """The numbers of which one of these words is a stem that may stand without a tail."""
        found = ((word, one) for word in words for one in self._table.get(word[:_DEPTH], _NOTHING))
        return [number for word, (number, stem, tails) in found if stem == word and "" in tails]
