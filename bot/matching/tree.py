"""A query as a tree in its canonical form: negation at the leaves, nothing said twice.

It is built from the leaves up, each step at once in canonical form, so that nesting costs
nothing; it is never multiplied out.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from bot.matching.terms import Leaf


@dataclass(frozen=True, slots=True)
class Always:
    """What every article meets (`value`), or none does."""

    value: bool
    is_common: bool = False
    """A word that stands in every article, and that nothing is made of: not to be excluded."""

    @property
    def canonical(self) -> str:
        """Equal for equal ones."""
        return "common" if self.is_common else f"{self.value}"


@dataclass(frozen=True, slots=True)
class Not:
    """The leaf must not stand there."""

    leaf: Leaf

    @property
    def canonical(self) -> str:
        """Equal for nodes of equal meaning."""
        return f"!{self.leaf.canonical}"


@dataclass(frozen=True, slots=True)
class Junction:
    """All parts must hold, or one of them. At least two, in the order asked."""

    is_all: bool
    parts: tuple["Node", ...]
    canonical: str
    """Equal for nodes of equal meaning."""


Node = Leaf | Not | Junction | Always
EVERY, NONE = Always(value=True), Always(value=False)
COMMON = Always(value=True, is_common=True)


def both(*parts: Node) -> Node:
    """All of them."""
    return _joined(parts, is_all=True)


def either(*parts: Node) -> Node:
    """One of them at least."""
    return _joined(parts, is_all=False)


def negated(node: Node) -> Node:
    """The opposite."""
    match node:
        case Always(value):
            return node if node.is_common else Always(not value)
        case Not(leaf):
            return leaf
        case Junction(is_all, parts):
            return _joined(map(negated, parts), is_all=not is_all)
    return Not(node)


def holds(node: Node, stands: Callable[[Leaf], bool]) -> bool:
    """Whether the tree holds where these leaves stand."""
    match node:
        case Always(value):
            return value
        case Not(leaf):
            return not stands(leaf)
        case Junction(is_all, parts):
            found = (holds(part, stands) for part in parts)
            return all(found) if is_all else any(found)
    return stands(node)


def leaves(node: Node) -> Iterator[tuple[Leaf, bool]]:
    """All leaves in the order asked, and whether each is wanted (True) or excluded."""
    match node:
        case Always():
            return
        case Not(leaf):
            yield leaf, False
        case Junction(_, parts):
            for part in parts:
                yield from leaves(part)
        case _:
            yield node, True


def replaced(node: Node, change: Callable[[Leaf], Leaf]) -> Node:
    """The tree with other leaves."""
    match node:
        case Always():
            return node
        case Not(leaf):
            return Not(change(leaf))
        case Junction(is_all, parts):
            return _joined((replaced(part, change) for part in parts), is_all=is_all)
    return change(node)


def _joined(parts: "Iterator[Node] | tuple[Node, ...] | map[Node]", *, is_all: bool) -> Node:
    flat: dict[str, Node] = {}
    for part in parts:
        inner = part.parts if isinstance(part, Junction) and part.is_all == is_all else (part,)
        for node in inner:
            flat.setdefault(node.canonical, node)
    has_common = flat.pop(COMMON.canonical, None) is not None
    neutral, zero = (EVERY, NONE) if is_all else (NONE, EVERY)
    flat.pop(neutral.canonical, None)
    if has_common and not is_all:
        return COMMON
    if zero.canonical in flat or _contradicts(flat):
        return zero
    kept = _unabsorbed(list(flat.values()), is_all=is_all)
    if len(kept) < 2:  # noqa: PLR2004 one part needs no junction
        return kept[0] if kept else COMMON if has_common else neutral
    inside = "\n".join(sorted(node.canonical for node in kept))
    return Junction(is_all, tuple(kept), f"{'&' if is_all else '|'}(\n{inside}\n)")


def _contradicts(flat: dict[str, Node]) -> bool:
    return any(isinstance(node, Not) and node.leaf.canonical in flat for node in flat.values())


def _unabsorbed(parts: list[Node], *, is_all: bool) -> list[Node]:
    """Without what another part makes superfluous: of `a (a | b)` and of `a | (a b)`, `a`."""
    sets = [_alternatives(part, is_all=is_all) for part in parts]
    return [
        part
        for at, part in enumerate(parts)
        if not any(other < sets[at] for n, other in enumerate(sets) if n != at)
    ]


def _alternatives(part: Node, *, is_all: bool) -> frozenset[str]:
    if isinstance(part, Junction) and part.is_all != is_all:
        return frozenset(inner.canonical for inner in part.parts)
    return frozenset({part.canonical})
