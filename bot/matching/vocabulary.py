"""The words that queries ask for, each once, and which of them a word of a text is.

A word is known by a number. It waits in tables under the spellings that it is found by, so that
a text's word is looked up and never compared.
"""

from collections.abc import Callable
from dataclasses import dataclass
from hashlib import blake2b
from typing import TYPE_CHECKING, TypeVar

from bot.matching.analysis import STEM
from bot.matching.beginnings import entries, looks, plainly
from bot.matching.lookups import Lookups
from bot.matching.stems import Stems
from bot.matching.stopwords import CYRILLIC, ENGLISH
from bot.matching.terms import SHORTEST_PREFIX, Form, Word, spelled, spellings
from bot.matching.words import fold

if TYPE_CHECKING:
    from bot.matching.entry import Entry

Name = TypeVar("Name")
One = TypeVar("One")


_NAME = 12
"""Bytes of a digest."""


@dataclass(slots=True, eq=False)
class Asked:
    """A word that some query asks for, and the queries that wait under it."""

    number: int
    form: Form
    name: bytes
    """A digest of its keys."""
    stems: tuple[str, ...]
    """What it is entered under."""
    is_common: bool
    """It stands in nearly every text: nothing should wait under it."""
    uses: int = 0
    """By how many places in queries."""
    sure: "tuple[Entry, ...]" = ()
    """The queries that are met when this word stands there."""
    perhaps: "tuple[Entry, ...]" = ()
    """The queries that need a look when this word stands there."""
    either: "tuple[Entry, ...]" = ()
    """The queries that need one when this word or another stands there."""

    @property
    def weight(self) -> tuple[bool, int, int]:
        """The less, the rarer it is likely to be."""
        return self.is_common, self.uses, -len(self.stems[0])

    def wait(self, entry: "Entry") -> None:
        """Let a query wait under this word."""
        place = _place(entry)
        setattr(self, place, (*getattr(self, place), entry))

    def leave(self, entry: "Entry") -> None:
        """Let it wait no more."""
        place = _place(entry)
        waiting = getattr(self, place)
        at = waiting.index(entry)
        setattr(self, place, waiting[:at] + waiting[at + 1 :])


def _place(entry: "Entry") -> str:
    if isinstance(entry.under, tuple):
        return "either"
    return "sure" if entry.is_sure else "perhaps"


class Vocabulary:
    """Words by number and by spelling."""

    def __init__(self, first: int = 0) -> None:
        self.asked: dict[int, Asked] = {}
        self._by_name: dict[bytes, Asked] = {}
        self._stems = Stems()
        self._begun: dict[str, tuple[tuple[str, int], ...]] = {}
        self._exact = self._cased = 0
        self._next = first
        self.generation = 0
        """Raised when a word is added or forgotten."""
        self.lookups = Lookups(self)

    def __len__(self) -> int:
        return len(self.asked)

    def use(self, word: Word) -> int:
        """The number of a word of a query, which now uses it once more."""
        return self.use_keys(word.found_by, word.form, is_common=_is_common(word))

    def use_keys(
        self, found_by: str, form: Form = Form.INFLECTED, *, is_common: bool = False
    ) -> int:
        """The same for what is found by these keys, sorted, a line each."""
        text = found_by.encode("utf-8", "surrogatepass")
        name = blake2b(text, digest_size=_NAME).digest()
        asked = self._by_name.get(name)
        if asked is None:
            stems = self._enter(form, found_by.split("\n"))
            asked = Asked(self._next, form, name, stems, is_common)
            self._by_name[name] = self.asked[asked.number] = asked
            self._next += 1
            self.generation += 1
            self._count(asked, 1)
        asked.uses += 1
        return asked.number

    def drop(self, number: int) -> None:
        """A query no longer uses the word; what none uses is forgotten."""
        asked = self.asked[number]
        asked.uses -= 1
        if not asked.uses:
            self._forget(asked)

    def hits(self, surface: str, is_kyrgyz: bool, alone: bool) -> tuple[int, ...]:
        """The words that a word of a text, of the Kyrgyz edition or another, is. `alone`: it is no
        compound, and may be one of the exact words and beginnings, too.
        """
        plain = plainly(surface, is_kyrgyz=is_kyrgyz)
        numbers = self._stems.of(plain) if plain else self._read(surface, is_kyrgyz)
        if alone:
            folded = plain.removeprefix(STEM) or fold(surface)
            begun = self._begun.get(folded[:SHORTEST_PREFIX])
            if begun or self._exact or self._cased:
                numbers += self._spelled(surface, folded, begun or ())
        return tuple(set(numbers) if len(numbers) > 1 else numbers)

    def _read(self, surface: str, is_kyrgyz: bool) -> list[int]:
        parted, whole = looks(surface, is_kyrgyz=is_kyrgyz)
        numbers = self._stems.whole(whole)
        for word in parted:
            numbers += self._stems.of(word)
        return numbers

    def _spelled(self, surface: str, folded: str, begun: tuple[tuple[str, int], ...]) -> list[int]:
        """The exact words and, of these, the beginnings that a text's word, as it stands there,
        is.
        """
        numbers = [number for beginning, number in begun if folded.startswith(beginning)]
        if self._exact:
            numbers += self._stems.whole(Form.EXACT + word for word in spellings(folded))
        if self._cased and surface != folded:
            numbers += self._stems.whole(Form.CASED + word for word in spellings(spelled(surface)))
        return numbers

    def _enter(self, form: Form, keys: list[str]) -> tuple[str, ...]:
        """Enter the next number. Under which stems."""
        if form is Form.PREFIX:
            beginning = keys[0].removeprefix(Form.PREFIX)
            place = beginning[:SHORTEST_PREFIX]
            self._begun[place] = (*self._begun.get(place, ()), (beginning, self._next))
            return (beginning,)
        found = list(entries(keys))
        for stem, tails in found:
            self._stems.add(self._next, stem, tails)
        return tuple(stem for stem, _ in found)

    def _count(self, asked: Asked, one: int) -> None:
        self._exact += one * (asked.form is Form.EXACT)
        self._cased += one * (asked.form is Form.CASED)

    def _forget(self, asked: Asked) -> None:
        self.generation += 1
        del self._by_name[asked.name], self.asked[asked.number]
        self._count(asked, -1)
        if asked.form is Form.PREFIX:
            place = asked.stems[0][:SHORTEST_PREFIX]
            _take(self._begun, place, lambda one: one[1] == asked.number)
            return
        for stem in asked.stems:
            self._stems.drop(asked.number, stem)


def _is_common(word: Word) -> bool:
    return word.text in ENGLISH or word.text in CYRILLIC


def _take(table: dict[Name, tuple[One, ...]], place: Name, is_it: Callable[[One], bool]) -> None:
    left = tuple(one for one in table[place] if not is_it(one))
    if left:
        table[place] = left
    else:
        del table[place]
