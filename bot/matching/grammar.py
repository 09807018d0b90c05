"""The grammar of the query language. OR binds least, then AND, said or not, then NOT and scopes."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from typing import Any

from lark import Lark, Token, Transformer
from lark.lexer import Lexer

from bot.matching.signs import Sign
from bot.matching.terms import Leaf, Scope, Term
from bot.matching.tree import Node, both, either, negated, replaced

_GRAMMAR = """
?start: either
?either: both | both (OR both)+
?both: unary | unary (AND? unary)+
?unary: operand
      | NOT unary   -> excluded
      | SCOPE unary -> scoped
?operand: OPEN either CLOSE -> inside
        | PLAIN | QUOTED | EXACT | PREFIX | LANG
%declare OR AND NOT SCOPE PLAIN QUOTED EXACT PREFIX LANG OPEN CLOSE
"""
_NESTING = ("OPEN", "SCOPE")
Valued = tuple[Sign, Node | Scope | None]
"""A sign and what it stands for: an operand's tree, or a scope."""


class _Signs(Lexer):
    """Hands over what was read before."""

    def __init__(self, _: Any) -> None: ...

    def lex(self, data: Sequence[Valued]) -> Iterator[Token]:  # type: ignore[override]
        for sign, value in data:
            token = Token(sign.kind, sign.kind)
            token.value = value
            yield token


class _Build(Transformer[Token, Node]):
    """The tree, from the leaves up."""

    def either(self, found: list[Any]) -> Node:
        return either(*_nodes(found))

    def both(self, found: list[Any]) -> Node:
        return both(*_nodes(found))

    def inside(self, found: list[Any]) -> Node:
        return _nodes(found)[0]

    def excluded(self, found: list[Any]) -> Node:
        return negated(*_nodes(found))

    def scoped(self, found: list[Any]) -> Node:
        scope: Scope = found[0].value
        (node,) = _nodes(found[1:])
        return replaced(node, lambda leaf: _in(scope, leaf))


def _nodes(found: list[Any]) -> list[Node]:
    values = [each.value if isinstance(each, Token) else each for each in found]
    return [value for value in values if value is not None]


def _in(scope: Scope, leaf: Leaf) -> Leaf:
    """The leaf in this scope, where it has none of its own."""
    is_open = isinstance(leaf, Term) and leaf.scope is Scope.ANYWHERE
    return replace(leaf, scope=scope) if isinstance(leaf, Term) and is_open else leaf


@cache
def _parser() -> Lark:
    return Lark(_GRAMMAR, parser="lalr", lexer=_Signs, transformer=_Build())


def tree(found: Sequence[Valued]) -> Node:
    """The tree of tokens that make a sentence, as `signs` gives them."""
    is_nested = any(sign.kind in _NESTING for sign, _ in found)
    return parsed(found) if is_nested else _flat(found)


def _flat(found: Sequence[Valued]) -> Node:
    """The same where nothing is nested, in a fraction of the time."""
    if len(found) == 1:
        return found[0][1]  # type: ignore[return-value]
    choices: list[list[Any]] = [[]]
    is_wanted = True
    for sign, value in found:
        if sign.kind == "OR":
            choices.append([])
        elif sign.kind == "NOT":
            is_wanted = not is_wanted
        elif sign.kind != "AND":
            choices[-1].append(value if is_wanted else negated(value))  # type: ignore[arg-type]
            is_wanted = True
    nodes = [both(*choice) if len(choice) > 1 else choice[0] for choice in choices]
    return either(*nodes) if len(nodes) > 1 else nodes[0]


def parsed(found: Sequence[Valued]) -> Node:
    """The same by the grammar."""
    built: Any = _parser().parse(found)
    return _nodes([built])[0]
