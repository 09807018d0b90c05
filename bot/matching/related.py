"""Words that a reader may want as well: derivations, and the same word in other languages.

`related.tsv` has one thing a row, as the English, Russian and Kyrgyz editions name it: a word,
and behind a colon what is derived from it, the adjective first.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from bot.matching.analysis import asked, editions_of, keys
from bot.matching.words import fold, tokens
from bot.model import Edition


@dataclass(frozen=True, slots=True)
class Name:
    """How one edition names a thing."""

    edition: Edition
    word: str
    derived: tuple[str, ...]


_Thing = dict[Edition, Name]


def derivations(word: str, language_hint: Edition | None = None) -> tuple[str, ...]:
    """What is derived from a word, given in any inflected form: China → Chinese. Only in the
    hinted language, where there is a hint. Nothing for an unknown word.
    """
    return tuple(
        {
            derived: None
            for name, _ in _named(word)
            if language_hint in {None, name.edition}
            for derived in name.derived
        }
    )


def translations(word: str) -> dict[Edition, str]:
    """The same word in the editions whose name for it is another one."""
    named = _named(word)
    if not named:
        return {}
    thing = named[0][1]
    own = {name.edition for name, of in named if of is thing}
    return {
        edition: name.word
        for edition, name in thing.items()
        if edition not in own and not _finds(word, name)
    }


@lru_cache(maxsize=16384)
def things(surface: str, edition: Edition) -> frozenset[int]:
    """The rows of the table that a word of a text names, in whatever form, by one word."""
    index = _single()
    found = (index.get((key, edition), ()) for key in keys(surface, edition))
    return frozenset(row for rows in found for row in rows)


@cache
def _single() -> dict[tuple[str, Edition], list[int]]:
    """Key of a name or of what is derived from it, and edition → rows."""
    index: dict[tuple[str, Edition], list[int]] = {}
    for row, thing in enumerate(_table()):
        for edition, name in thing.items():
            for word in (name.word, *name.derived):
                parts = _asked(word)
                for key in parts[0] if len(parts) == 1 else ():
                    index.setdefault((key, edition), []).append(row)
    return index


def _named(word: str) -> list[tuple[Name, _Thing]]:
    """The names that a word is a form of, those of the same spelling alone where there are any.

    The first reading counts where languages disagree on what the word is.
    """
    found = [
        (name, thing)
        for name, thing in _candidates(word)
        if _is_form(word, _asked(name.word), name.edition)
    ]
    exact = [(name, thing) for name, thing in found if fold(name.word) == fold(word)]
    return exact or found


def _candidates(word: str) -> Iterable[tuple[Name, _Thing]]:
    first = next(iter(tokens(word)), None)
    if first is None:
        return ()
    of_word = (
        (key, edition)
        for edition in Edition
        if edition in editions_of(fold(word))
        for key in keys(first.text, edition)
    )
    places = {place for key in of_word for place in _index().get(key, ())}
    table = _table()
    return [(table[row][edition], table[row]) for row, edition in sorted(places)]


def _is_form(word: str, wanted: tuple[frozenset[str], ...], edition: Edition) -> bool:
    parts = tokens(word)
    return len(parts) == len(wanted) and not any(
        keys(part.text, edition).isdisjoint(of_part)
        for part, of_part in zip(parts, wanted, strict=True)
    )


def _finds(word: str, name: Name) -> bool:
    """Whether a query for `word` finds the name."""
    return _is_form(name.word, _asked(word), name.edition)


def _asked(text: str) -> tuple[frozenset[str], ...]:
    return tuple(asked(token.text) for token in tokens(text))


@cache
def _table() -> tuple[_Thing, ...]:
    text = files(__package__).joinpath("related.tsv").read_text(encoding="utf-8")
    return tuple(
        {edition: _name(edition, cell) for edition, cell in zip(Edition, cells, strict=True)}
        for cells in (line.split("\t") for line in text.splitlines())
    )


def _name(edition: Edition, cell: str) -> Name:
    word, _, derived = cell.partition(": ")
    return Name(edition, word, tuple(derived.split(", ")) if derived else ())


@cache
def _index() -> dict[tuple[str, Edition], list[tuple[int, Edition]]]:
    """Key of a name's first word, and edition → row and edition."""
    index: dict[tuple[str, Edition], list[tuple[int, Edition]]] = {}
    for row, thing in enumerate(_table()):
        for edition, name in thing.items():
            for key in _asked(name.word)[0]:
                index.setdefault((key, edition), []).append((row, edition))
    return index
