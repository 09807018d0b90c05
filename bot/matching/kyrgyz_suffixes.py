"""Reading the suffixes of a Kyrgyz word from the right, in one pass and without guessing.

Everything that does not depend on the word is worked out beforehand: which letters a suffix may
end in where one may stand, and which letters and vowels may be before it.
"""

from functools import cache
from typing import NamedTuple

from bot.matching.kyrgyz_sounds import VOWELS, Suffix, may_follow, softens

SHORTEST = 2
"""Letters of a stem."""
# All letters that a stem can end in; others are no letters of Cyrillic words.
_LETTERS = "'-0123456789" + "".join(map(chr, (*range(97, 123), *range(0x430, 0x530))))


class Step(NamedTuple):
    """A suffix, so spelled, as a step to the left."""

    kind: str
    begins_with_vowel: bool
    letters: frozenset[str]
    """The letters that may be the last before it."""
    vowels: frozenset[str]
    """The vowels that may be the last before it."""
    is_last: bool
    """Whether the stem may be before it."""
    place: "Place"


class Place(NamedTuple):
    """What may stand at one place of a word."""

    lengths: dict[str, tuple[int, ...]]
    """Last letter → lengths of the suffixes that end in it, rising."""
    steps: dict[str, tuple[Step, ...]]
    """By spelling."""


@cache
def _letters_before(initial: str, first: str) -> frozenset[str]:
    return frozenset(letter for letter in _LETTERS if may_follow(letter, initial, first))


class Reading(NamedTuple):
    """One way to read a word: the stem's length, and the suffix that follows it."""

    stem: int
    step: Step


class Reader:
    """Reads words by a table of suffixes. `left`: kind → kinds to the left, "" for the stem."""

    def __init__(self, table: dict[str, list[Suffix]], left: dict[str, tuple[str, ...]]) -> None:
        self._table = table
        self._left = left
        self._places: dict[frozenset[str], Place] = {}

    def place(self, kinds: tuple[str, ...]) -> Place:
        """Where suffixes of these kinds may stand."""
        wanted = frozenset(kinds) - {""}
        if wanted not in self._places:
            place = self._places[wanted] = Place({}, {})
            self._fill(place, wanted)
        return self._places[wanted]

    def _fill(self, place: Place, kinds: frozenset[str]) -> None:
        lengths: dict[str, set[int]] = {}
        for spelling, suffixes in self._table.items():
            steps = tuple(self._step(spelling, s) for s in suffixes if s.kind in kinds)
            if steps:
                place.steps[spelling] = steps
                lengths.setdefault(spelling[-1], set()).add(len(spelling))
        place.lengths.update({letter: tuple(sorted(some)) for letter, some in lengths.items()})

    def _step(self, spelling: str, suffix: Suffix) -> Step:
        left = self._left[suffix.kind]
        return Step(
            suffix.kind,
            spelling[0] in VOWELS,
            _letters_before(spelling[0], suffix.first),
            suffix.after,
            "" in left,
            self.place(left),
        )


def readings(word: str, place: Place) -> list[Reading]:
    """All ways to read a folded word that ends with a suffix of this place."""
    found: list[Reading] = []
    todo = [(len(word), place)]
    while todo:
        end, (lengths, steps) = todo.pop()
        for length in lengths.get(word[end - 1], ()):
            start = end - length
            if start < SHORTEST:
                break
            for step in steps.get(word[start:end], ()):
                if word[start - 1] in step.letters and _is_in_harmony(word, start, step.vowels):
                    if step.is_last:
                        found.append(Reading(start, step))
                    todo.append((start, step.place))
    return found


def _is_in_harmony(word: str, start: int, vowels: frozenset[str]) -> bool:
    at = start - 1
    while at >= 0:
        if word[at] in VOWELS:
            return word[at] in vowels or ("и" in vowels and softens(word[:start]))
        at -= 1
    return True
