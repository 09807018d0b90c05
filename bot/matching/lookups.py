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

    def __init__(self, words: "Vocabulary", edition: Edition, *, alone: bool) -> None:
        """`alone`: for words, not for compounds."""
        self._words = words
        self._edition = edition
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
        for word in new:
            known[word] = self._look_up(word)
        hits = {word: numbers for word in words if (numbers := known[word])}
        for word in new:
            if len(word) > LONGEST:
                del known[word]
        return hits

    def _look_up(self, word: str) -> tuple[int, ...]:
        numbers = self._words.hits(word, self._edition, alone=self._alone)
        return tuple(set(numbers)) if numbers else NONE


class Lookups:
    """One for each kind of words."""

    def __init__(self, words: "Vocabulary") -> None:
        # The other editions' words are looked up alike.
        self._all = {
            (is_kyrgyz, alone): Lookup(words, Edition.KY if is_kyrgyz else Edition.RU, alone=alone)
            for is_kyrgyz in (False, True)
            for alone in (False, True)
        }

    def __len__(self) -> int:
        return sum(map(len, self._all.values()))

    def of(self, edition: Edition, *, alone: bool) -> Lookup:
        """The one for an edition's words, or its compounds."""
        return self._all[edition is Edition.KY, alone]
