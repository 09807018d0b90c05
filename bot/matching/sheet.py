"""An article before the index: the words asked for that stand in it, and programs held to it."""

from collections.abc import Iterable, Sequence

from bot.matching.analysis import keys
from bot.matching.program import All, Any, Place, Program, Without
from bot.matching.scan import JOINTS, spellings
from bot.matching.sections import section_names
from bot.matching.terms import Scope, spelled
from bot.matching.vocabulary import Vocabulary
from bot.matching.words import borders, fold, joint, sequence, whole
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
        self._of = _hits({w for part in parts for w in part.words}, words, edition, alone=True)
        together = {whole for part in parts for whole in part.compounds}
        self._whole = _hits(together, words, edition, alone=False)
        self.held = set().union(*self._of.values(), *self._whole.values())

    def stands(self, parts: Iterable[Part], place: Place) -> bool:
        """Whether a term stands in one of these parts."""
        single = place.numbers[0] if len(place.numbers) == 1 else place.joined
        return any(
            (single >= 0 and self._has(part, single)) or self._runs(part, place) for part in parts
        )

    def _has(self, part: Part, number: int) -> bool:
        return any(number in self._of.get(word, ()) for word in part.words) or any(
            number in self._whole.get(word, ()) for word in part.compounds
        )

    def _runs(self, part: Part, place: Place) -> bool:
        first, *others = place.numbers
        last = len(part.words) - len(others)
        return any(
            first in self._of.get(word, ()) and self._goes_on(part, at + 1, others, place)
            for at, word in enumerate(part.words[: max(last, 0)])
        )

    def _goes_on(self, part: Part, at: int, others: list[int], place: Place) -> bool:
        return all(
            number in self._of.get(word, ())
            for number, word in zip(others, part.words[at:], strict=False)
        ) and all(part.joint(at + n) in JOINTS[joint] for n, joint in enumerate(place.joints[1:]))


def _hits(
    found: set[str], words: Vocabulary, edition: Edition, *, alone: bool
) -> dict[str, list[int]]:
    """Word → numbers of the asked ones that it is, where it is any. `alone`: not a compound."""
    hits = {word: words.hits(keys(word, edition)) for word in found}
    if alone and words.has_spelled:
        for word in found:
            hits[word] += words.spelled(spellings(fold(word)), spellings(spelled(word)))
    return {word: numbers for word, numbers in hits.items() if numbers}


class Sheet:
    """An article, looked up once."""

    def __init__(self, article: Article, words: Vocabulary, sections: Vocabulary) -> None:
        self._edition = article.edition
        texts = [Part(text) for text in (article.title, *article.body)]
        names = [Part(name) for name in section_names(article)] if len(sections) else []
        self._texts = Hits(texts, words, article.edition)
        self._names = Hits(names, sections, article.edition)
        self.held = self._texts.held | self._names.held

    def meets(self, program: Program) -> bool:
        """Whether the article meets it."""
        match program:
            case Edition():
                return program is self._edition
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

    def _stands(self, place: Place) -> bool:
        if place.joined < 0 and not self.held.issuperset(place.numbers):
            return False
        if place.scope is Scope.SECTION:
            return self._names.stands(self._names.parts, place)
        is_title = place.scope is Scope.TITLE
        parts = self._texts.parts[:1] if is_title else self._texts.parts
        return self._texts.stands(parts, place)
