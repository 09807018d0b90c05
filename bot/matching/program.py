"""Queries as the index keeps them: words by number, and where a query waits for its article."""

from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import NamedTuple

from bot.matching.terms import Scope, Term, Tongue
from bot.matching.tree import Junction, Node, Not
from bot.matching.vocabulary import Vocabulary
from bot.model import Edition

NEVER = -2
"""The number of a word that stands in no text."""


class Place(NamedTuple):
    """A term that is more than one word standing anywhere."""

    scope: Scope
    numbers: tuple[int, ...]
    joints: tuple[str, ...]
    joined: int
    """The number of the whole as one word; -1: it is never written so."""


class Without(NamedTuple):
    """What must not hold."""

    part: "Program"


class All(NamedTuple):
    """What must all hold."""

    parts: tuple["Program", ...]


class Any(NamedTuple):
    """Of which one must hold."""

    parts: tuple["Program", ...]


Weight = tuple[bool, int, int]
Program = int | Place | Edition | Without | All | Any


def compiled(node: Node, words: Vocabulary, scoped: Vocabulary) -> Program:
    """The program of a tree, whose words are now used: those of sections in `scoped`."""
    match node:
        case Not(leaf):
            return Without(compiled(leaf, words, scoped))
        case Junction(is_all, parts):
            made = tuple(compiled(part, words, scoped) for part in parts)
            return All(made) if is_all else Any(made)
        case Tongue(edition):
            return edition
        case Term():
            return _term(node, scoped if node.scope is Scope.SECTION else words)
    raise AssertionError(node)


def _term(term: Term, words: Vocabulary) -> Program:
    numbers = tuple(words.use(word) for word in term.words)
    is_word = len(numbers) == 1 and term.scope is Scope.ANYWHERE
    if is_word:
        return numbers[0]
    is_joined = len(numbers) > 1 and bool(term.found_by)
    joined = words.use_keys(term.found_by) if is_joined else -1
    return Place(term.scope, numbers, _joints(tuple(word.joint for word in term.words)), joined)


@lru_cache(maxsize=1024)
def _joints(joints: tuple[str, ...]) -> tuple[str, ...]:
    """One for all terms that hang together alike."""
    return joints


def numbers(program: Program) -> Iterator[int]:
    """All words that a program uses, each as often as it does."""
    match program:
        case int():
            yield program
        case Place():
            yield from program.numbers
            if program.joined >= 0:
                yield program.joined
        case Without(part):
            yield from numbers(part)
        case All(parts) | Any(parts):
            for part in parts:
                yield from numbers(part)


def needed(program: Program) -> set[int]:
    """Words without each of which it can't hold."""
    match program:
        case int():
            return {program}
        case Place() if program.joined < 0:
            return set(program.numbers)
        case All(parts):
            return set().union(*map(needed, parts))
    return set()


def anchors(program: Program, weight: Callable[[int], Weight]) -> set[int] | None:
    """Words without one of which it can't hold, rare ones; None where it can without any."""
    match program:
        case int():
            return {program}
        case Place():
            rarest = min(program.numbers, key=weight)
            return {rarest, program.joined} if program.joined >= 0 else {rarest}
        case All(parts):
            found = [one for part in parts if (one := anchors(part, weight))]
            return min(found, key=lambda one: max(map(weight, one)), default=None)
        case Any(parts):
            each = [anchors(part, weight) for part in parts]
            return None if None in each else set().union(*(one or () for one in each))
    return None


def shortcut(program: Program) -> tuple[int, bool]:
    """A word that must not stand there, or NEVER; and whether nothing else is to be looked at once
    an anchor stands there, and two words where two are needed.
    """
    match program:
        case int():
            return NEVER, True
        case All((int(), int())):
            return NEVER, True
        case All((int(), Without(int() as barred))) | All((Without(int() as barred), int())):
            return barred, True
        case Any(parts):
            return NEVER, all(isinstance(part, int) for part in parts)
    return NEVER, False
