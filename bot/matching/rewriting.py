"""A query made wider or narrower, or asked in another language. What comes out may be too long or
have too many words: then QueryError is raised.
"""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import replace

from bot.matching.query import Query, parse
from bot.matching.reading import label
from bot.matching.related import derivations, translations
from bot.matching.terms import Form, Leaf, Term
from bot.matching.tree import (
    EVERY,
    NONE,
    Always,
    Junction,
    Node,
    Not,
    both,
    either,
    leaves,
    negated,
    replaced,
)
from bot.model import Edition


def written(node: Node) -> str:
    """A tree in the signs of the query language: `visa (China | Chinese) -Hong`. Parsed, it is
    the same tree again.
    """
    return _written(node, is_inner=False)


def _written(node: Node, *, is_inner: bool = True) -> str:
    match node:
        case Always():
            return ""
        case Not(leaf):
            return f"-{label(leaf)}"
        case Junction(is_all, inner):
            told = (" " if is_all else " | ").join(map(_written, inner))
            return f"({told})" if is_inner else told
    return label(node)


def derived(query: Query, editions: Collection[Edition]) -> dict[str, Term]:
    """What is derived, in these editions, from words that it asks for, and from which."""
    known = {leaf.canonical for leaf, _ in leaves(query.tree)}
    return {
        word: term
        for term in query.terms
        if _is_inflected(term)
        for edition in Edition
        if edition in editions
        for word in derivations(term.text, edition)
        if _asked(word, term).canonical not in known
    }


def widened(query: Query, term: Term, word: str) -> Query:
    """With another word wherever it asks for this one: China → China | Chinese."""
    wider = either(term, _asked(word, term))
    return parse(written(_swapped(query.tree, lambda leaf: wider if leaf == term else leaf)))


def narrowed(query: Query, word: str) -> Query:
    """With another word, which must stand there too."""
    return parse(written(both(query.tree, _asked(word))))


def parts(query: Query) -> dict[str, Leaf]:
    """What may be left out, each as one would ask for it; nothing where it is all there is."""
    found = {label(leaf): leaf for leaf, _ in leaves(query.tree)}
    return found if len(found) > 1 else {}


def without(query: Query, leaf: Leaf) -> Query:
    """With this part left out."""
    return parse(written(_left(query.tree, leaf, EVERY)))


def translated(query: Query) -> dict[Edition, Query]:
    """The same in each edition that has another word for every one of its words."""
    asked = [leaf for leaf, _ in leaves(query.tree)]
    found = {term: translations(term.text) for term in asked if _is_inflected(term)}
    if len(found) < len(set(asked)):
        return {}
    return {
        edition: _in(query, {term: names[edition] for term, names in found.items()})
        for edition in Edition
        if all(edition in names for names in found.values())
    }


def _in(query: Query, names: Mapping[Leaf, str]) -> Query:
    return parse(written(_swapped(query.tree, lambda leaf: _asked(names[leaf], leaf))))


def _is_inflected(leaf: Leaf) -> bool:
    return isinstance(leaf, Term) and all(word.form is Form.INFLECTED for word in leaf.words)


def _asked(word: str, instead_of: Leaf | None = None) -> Node:
    """A word of ours, or several that are one, looked for where another is."""
    node = parse(f'"{word}"' if " " in word else word).tree
    if not isinstance(instead_of, Term):
        return node
    scope = instead_of.scope

    def moved(leaf: Leaf) -> Leaf:
        return replace(leaf, scope=scope) if isinstance(leaf, Term) else leaf

    return replaced(node, moved)


def _swapped(node: Node, change: Callable[[Leaf], Node]) -> Node:
    match node:
        case Always():
            return node
        case Not(leaf):
            return negated(change(leaf))
        case Junction(is_all, inner):
            return _joined((_swapped(part, change) for part in inner), is_all=is_all)
    return change(node)


def _left(node: Node, leaf: Leaf, nothing: Node) -> Node:
    match node:
        case Not(barred):
            return nothing if barred == leaf else node
        case Junction(is_all, inner):
            neutral = EVERY if is_all else NONE
            return _joined((_left(part, leaf, neutral) for part in inner), is_all=is_all)
    return nothing if node == leaf else node


def _joined(found: Iterator[Node], *, is_all: bool) -> Node:
    return both(*found) if is_all else either(*found)
