"""An article before the index: the words asked for that stand in it, and programs held to it."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from functools import cached_property
from itertools import pairwise

from bot.matching.lookups import NONE
from bot.matching.program import All, Any, Place, Program, Without
from bot.matching.scan import JOINTS
from bot.matching.sections import section_names
from bot.matching.terms import Scope
from bot.matching.vocabulary import Vocabulary
from bot.matching.words import borders, joint, sequence, whole
from bot.model import Article, Edition

_BREAK = "\n\0\n"
"""Between two parts: no words hang together over it."""


class Hits:
    """The words of a text that begins with a title, and which asked ones each is."""

    def __init__(self, parts: Sequence[str], words: Vocabulary, edition: Edition) -> None:
        self._title = parts[0] if parts else ""
        self._text = _BREAK.join(parts)
        self._words, self._compounds = sequence(self._text), whole(self._text)
        self._of = words.lookups.of(edition, alone=True).hits(self._words)
        self._whole = words.lookups.of(edition, alone=False).hits(self._compounds)
        self.held: set[int] = set().union(*self._of.values(), *self._whole.values())

    def stands(self, place: Place, *, in_title: bool) -> bool:
        """Whether a term stands there, or in the title alone."""
        words = sequence(self._title) if in_title else self._words
        single = place.numbers[0] if len(place.numbers) == 1 else place.joined
        if single >= 0:
            compounds = whole(self._title) if in_title else self._compounds
            if any(single in self._whole.get(word, NONE) for word in compounds):
                return True
            if any(word in words for word in self._said[single]):
                return True
        return self._runs(place, len(words))

    @cached_property
    def _said(self) -> dict[int, list[str]]:
        """As which words each asked one stands there."""
        said: dict[int, list[str]] = defaultdict(list)
        for word, numbers in self._of.items():
            for number in numbers:
                said[number].append(word)
        return said

    @cached_property
    def _pairs(self) -> set[tuple[str, str]]:
        """Which word stands right before which."""
        return set(pairwise(self._words))

    @cached_property
    def _borders(self) -> list[tuple[int, int]]:
        return borders(self._text, self._words)

    def _runs(self, place: Place, end: int) -> bool:
        # Nearly all are told by this.
        if len(place.numbers) > 1 and not self._is_before(*place.numbers[:2]):
            return False
        starts: Collection[int] = self._at(place.numbers[0])
        for distance, number in enumerate(place.numbers[1:], 1):
            starts = {at - distance for at in self._at(number) if at - distance in starts}
        last = end - len(place.numbers) + 1
        return any(start < last and self._hang(start, place.joints) for start in starts)

    def _is_before(self, number: int, other: int) -> bool:
        said, pairs = self._said, self._pairs
        for word in said[number]:
            for next_word in said[other]:
                if (word, next_word) in pairs:
                    return True
        return False

    def _at(self, number: int) -> list[int]:
        """Where an asked word stands."""
        said = self._said[number]
        return [at for at, word in enumerate(self._words) if word in said]

    def _hang(self, start: int, joints: Sequence[str]) -> bool:
        return all(self._joint(start + n) in JOINTS[hung] for n, hung in enumerate(joints) if n)

    def _joint(self, at: int) -> str:
        """How the word hangs on the one before."""
        return joint(self._text[self._borders[at - 1][1] : self._borders[at][0]])


class Sheet:
    """An article, looked up once."""

    def __init__(self, article: Article, words: Vocabulary, sections: Vocabulary) -> None:
        self._edition = article.edition
        self._texts = Hits((article.title, *article.body), words, self._edition)
        self.held = self._texts.held
        if len(sections):
            self._names = Hits(section_names(article), sections, self._edition)
            self.held |= self._names.held

    def meets(self, program: Program) -> bool:
        """Whether the article meets it."""
        match program:
            case Place():
                return self._stands(program)
            case int():
                return program in self.held
            case Without(part):
                return not self.meets(part)
            case All(parts):
                return all(map(self.meets, parts))
            case Any(parts):
                return any(map(self.meets, parts))
        return program is self._edition

    def _stands(self, place: Place) -> bool:
        if place.joined < 0 and not self.held.issuperset(place.numbers):
            return False
        if place.scope is Scope.SECTION:
            return self._names.stands(place, in_title=False)
        return self._texts.stands(place, in_title=place.scope is Scope.TITLE)
