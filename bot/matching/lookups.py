"""Which asked words a text's words are, remembered."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from bot.matching.words import LONGEST
from bot.model import Edition

if TYPE_CHECKING:
    from bot.matching.vocabulary import Vocabulary

REMEMBERED = 65536
"""Words of texts of one kind."""
NONE: tuple[int, ...] = ()


class Lookup:
    """Which asked words a text's word is, remembered until other words are asked for."""

    def __init__(self, words: "Vocabulary", *, is_kyrgyz: bool, alone: bool) -> None:
        """`alone`: for words, not for compounds."""
        self._words = words
        self._is_kyrgyz = is_kyrgyz
        self._alone = alone
        self._known: dict[str, tuple[int, ...]] = {}
        self._generation = 0

    def __len__(self) -> int:
        return len(self._known)

    def __getstate__(self) -> dict[str, object]:
        return vars(self) | {"_known": {}}

    def hits(self, found: Iterable[str]) -> dict[str, tuple[int, ...]]:
        """Word → numbers of the asked ones, where it is any."""
        if self._generation != self._words.generation or len(self) > REMEMBERED:
            self._known, self._generation = {}, self._words.generation
        known, words = self._known, set(found)
        new = words.difference(known)
        find, is_kyrgyz, alone = self._words.hits, self._is_kyrgyz, self._alone
        for word in new:
            known[word] = find(word, is_kyrgyz, alone)
        hits = {word: numbers for word in words if (numbers := known[word])}
        for word in new:
            if len(word) > LONGEST:
                del known[word]
        return hits


class Lookups:
    """One for each kind of words."""

    def __init__(self, words: "Vocabulary") -> None:
        # The other editions' words are looked up alike.
        self._all = {
            (is_kyrgyz, alone): Lookup(words, is_kyrgyz=is_kyrgyz, alone=alone)
            for is_kyrgyz in (False, True)
            for alone in (False, True)
        }

    def __len__(self) -> int:
        return sum(map(len, self._all.values()))

    def of(self, edition: Edition, *, alone: bool) -> Lookup:
        """The one for an edition's words, or its compounds."""
        return self._all[edition is Edition.KY, alone]
