"""An article before the index: the words asked for that stand in it, and programs held to it."""

from collections.abc import Sequence
from functools import cached_property

from bot.matching.lookups import NONE
from bot.matching.program import All, Any, Place, Program, Without
from bot.matching.scan import JOINTS
from bot.matching.sections import section_names
from bot.matching.terms import Scope
from bot.matching.vocabulary import Vocabulary
from bot.matching.words import borders, joint, sequence, whole
from bot.model import Article, Edition


class Part:
    """A title, a paragraph or a section's name. Where its words stand is looked up when asked."""

    __slots__ = ("_borders", "_text", "compounds", "words")

    def __init__(self, text: str) -> None:
        self._text = text
        self.words = sequence(text)
        self.compounds = whole(text)
        self._borders: list[tuple[int, int]] | None = None

    def joint(self, at: int) -> str:
        """How the word hangs on the one before."""
        if self._borders is None:
            self._borders = borders(self._text)
        return joint(self._text[self._borders[at - 1][1] : self._borders[at][0]])


class Hits:
    """The words of some parts, and which asked ones each is."""

    def __init__(self, parts: Sequence[Part], words: Vocabulary, edition: Edition) -> None:
        self.parts = parts
        alone = {word for part in parts for word in part.words}
        compounds = {word for part in parts for word in part.compounds}
        self._of = words.lookups.of(edition, alone=True).hits(alone)
        self._whole = words.lookups.of(edition, alone=False).hits(compounds)
        self.held: set[int] = set().union(*self._of.values(), *self._whole.values())

    def stands(self, parts: range, place: Place) -> bool:
        """Whether a term stands in one of these parts."""
        single = place.numbers[0] if len(place.numbers) == 1 else place.joined
        return (single >= 0 and self._has(parts, single)) or self._runs(parts, place)

    def _has(self, parts: range, number: int) -> bool:
        return any(part in parts for part, _ in self._places.get(number, ())) or any(
            number in self._whole.get(word, NONE)
            for part in parts
            for word in self.parts[part].compounds
        )

    @cached_property
    def _places(self) -> dict[int, list[tuple[int, int]]]:
        """Where each asked word stands: parts, and places in them."""
        places: dict[int, list[tuple[int, int]]] = {}
        for number, part in enumerate(self.parts):
            for at, word in enumerate(part.words):
                for asked in self._of.get(word, NONE):
                    places.setdefault(asked, []).append((number, at))
        return places

    def _runs(self, parts: range, place: Place) -> bool:
        each = [self._places.get(number, []) for number in place.numbers]
        starts = set(each[0])
        for distance, found in enumerate(each[1:], 1):
            starts &= {(part, at - distance) for part, at in found}
        return any(part in parts and self._hang(part, at, place.joints) for part, at in starts)

    def _hang(self, part: int, at: int, joints: Sequence[str]) -> bool:
        words = self.parts[part]
        return all(words.joint(at + n) in JOINTS[joint] for n, joint in enumerate(joints) if n)


class Sheet:
    """An article, looked up once."""

    def __init__(self, article: Article, words: Vocabulary, sections: Vocabulary) -> None:
        self._edition = article.edition
        texts = [Part(text) for text in (article.title, *article.body)]
        self._texts = Hits(texts, words, self._edition)
        self.held = self._texts.held
        if len(sections):
            names = [Part(name) for name in section_names(article)]
            self._names = Hits(names, sections, self._edition)
            self.held |= self._names.held

    def meets(self, program: Program) -> bool:
        """Whether the article meets it."""
        match program:
            case int():
                return program in self.held
            case Place():
                return self._stands(program)
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
            return self._names.stands(range(len(self._names.parts)), place)
        is_title = place.scope is Scope.TITLE
        return self._texts.stands(range(1 if is_title else len(self._texts.parts)), place)
