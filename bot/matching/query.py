"""What a reader asks for, read: words, and how they must stand in an article."""

import base64
import hashlib
import re
from dataclasses import dataclass
from functools import lru_cache

from bot.matching import grammar, nearest, operands, sections
from bot.matching.analysis import VERSION, editions_of, is_latin
from bot.matching.faults import LONGEST_QUERY, MOST_TERMS, QueryError, QueryFault
from bot.matching.scan import implies
from bot.matching.signs import QUOTED, signs
from bot.matching.terms import Scope, Term, Tongue
from bot.matching.tree import Always, Junction, Node, Not, leaves
from bot.model import Edition

__all__ = [
    "LONGEST_QUERY",
    "MOST_TERMS",
    "Query",
    "QueryError",
    "QueryFault",
    "followed_in",
    "parse",
    "split",
]


@dataclass(frozen=True, slots=True)
class Query:
    """A query as asked and as understood."""

    text: str
    """As asked, white space folded."""
    key: str
    """At most 16 ASCII characters; queries of equal meaning share one."""
    tree: Node
    """In canonical form. It has an anchor."""

    @property
    def terms(self) -> tuple[Term, ...]:
        """Those that are wanted, in the order asked."""
        found = (leaf for leaf, is_wanted in leaves(self.tree) if is_wanted)
        return tuple(leaf for leaf in found if isinstance(leaf, Term))

    def held_by(self, edition: Edition) -> bool:
        """Whether this edition's language and script can hold what it asks for."""
        return _is_possible(self.tree, edition)


def _is_possible(node: Node, edition: Edition) -> bool:
    match node:
        case Always(value):
            return value
        case Not(leaf):
            return leaf != Tongue(edition)
        case Tongue(other):
            return other is edition
        case Junction(is_all, parts):
            able = (_is_possible(part, edition) for part in parts)
            return all(able) if is_all else any(able)
        case Term(scope=Scope.SECTION):
            return sections.edition_of(node.words) is edition
        case Term():
            # Letters of any script stand in the Kyrgyz edition.
            is_able = edition is Edition.KY
            return is_able or all(edition in editions_of(word.text) for word in node.words)
    raise AssertionError(node)


def anchor(node: Node) -> tuple[Term, ...] | None:
    """Terms of which every article that meets the tree has one, as few as can be; None: it can
    be met without any.
    """
    if isinstance(node, Term):
        return (node,)
    if not isinstance(node, Junction):
        return None
    found = [anchor(part) for part in node.parts]
    if node.is_all:
        return min((each for each in found if each is not None), key=len, default=None)
    if None in found:
        return None
    return tuple({term.canonical: term for each in found for term in each or ()}.values())


def split(text: str) -> list[str]:
    """The queries in a text, parted by commas and new lines that stand neither in quotes nor in
    numbers, nor before what is excluded (`visa, not Hong`). An unbalanced quote is no quote.
    """
    parts = _SEPARATOR.split(_QUOTED.sub(_hide, text))
    return [part.translate(_SHOWN).strip() for part in parts if part.strip()]


_QUOTED = re.compile(QUOTED)
_SEPARATOR = re.compile(
    r"(?:(?<!\d)[,，、]|[,，、](?!\d))(?!\s+(?:not|без|but not|and not|except|но не|кроме)\s)"
    r"(?! [^,\n]*\sэмес(?:[\s,]|$))"
    r"|[\r\n\v\f\x85\u2028\u2029]"
)
# Lone surrogates: no text that Telegram sends holds one.
_STAND_INS = dict(zip(",，、", map(chr, range(0xDC00, 0xDC03)), strict=True))
_HIDDEN = str.maketrans(_STAND_INS)
_SHOWN = str.maketrans({shown: hidden for hidden, shown in _STAND_INS.items()})


def _hide(quoted: re.Match[str]) -> str:
    return quoted[0].translate(_HIDDEN)


def parse(text: str) -> Query:
    """Read a query. Raises QueryError, and nothing else whatever the text."""
    folded = " ".join(text.split())
    try:
        return _parse(folded)
    except QueryError as error:
        suggestion = nearest.suggestion(folded, error, _fault)
        raise QueryError(error.fault, error.detail, suggestion) from None


def _fault(text: str) -> QueryError | None:
    try:
        _parse(text)
    except QueryError as error:
        return error
    return None


@lru_cache(maxsize=4096)
def _parse(text: str) -> Query:
    if not text:
        raise QueryError(QueryFault.EMPTY, "")
    if len(text) > LONGEST_QUERY:
        raise QueryError(QueryFault.TOO_LONG, text[LONGEST_QUERY:])
    found = signs(text)
    if not found:
        raise QueryError(QueryFault.NO_WORD, text)
    meant = [(sign, operands.value(sign)) for sign in found]
    _count([value for _, value in meant if isinstance(value, Term)])
    node = grammar.tree(meant)
    _check(node, text)
    return Query(text, _key(node), node)


def _count(found: list[Term]) -> None:
    if len(found) <= MOST_TERMS:
        return
    distinct = list({term.canonical: term.text for term in found}.values())
    if len(distinct) > MOST_TERMS:
        raise QueryError(QueryFault.TOO_MANY_WORDS, " ".join(distinct[MOST_TERMS:]))


_ABLEST_FIRST = Edition.KY, Edition.RU, Edition.EN


def _check(node: Node, text: str) -> None:
    """Raise QueryError where a tree can't be followed."""
    if isinstance(node, Term) and node.scope is not Scope.SECTION:
        return
    if isinstance(node, Always) and node.value:
        raise QueryError(QueryFault.TOO_COMMON, text)
    if not any(_is_possible(node, edition) for edition in _ABLEST_FIRST):
        raise QueryError(QueryFault.CONTRADICTION, text)
    if isinstance(node, Junction) and node.is_all and _is_impossible(node.parts):
        raise QueryError(QueryFault.CONTRADICTION, text)
    if anchor(node) is None:
        raise QueryError(_unanchored(node), text)


def _unanchored(node: Node) -> QueryFault:
    found = [(leaf, is_wanted) for leaf, is_wanted in leaves(node)]
    if any(not is_wanted for _, is_wanted in found):
        return QueryFault.ONLY_EXCLUDED
    has_tongue = any(isinstance(leaf, Tongue) for leaf, _ in found)
    return QueryFault.NO_WORD if has_tongue else QueryFault.TOO_COMMON


def _is_impossible(parts: tuple[Node, ...]) -> bool:
    """Whether one of them is excluded by another: `"visa" -visas`."""
    wanted = [part for part in parts if isinstance(part, Term)]
    barred = [part.leaf for part in parts if isinstance(part, Not)]
    return any(implies(term, leaf) for leaf in barred if isinstance(leaf, Term) for term in wanted)


def _key(node: Node) -> str:
    canonical = f"{VERSION}\n{node.canonical}"
    digest = hashlib.sha256(canonical.encode("utf-8", "surrogatepass")).digest()
    return base64.urlsafe_b64encode(digest[:12]).decode()


def followed_in(query: Query, editions: frozenset[Edition]) -> frozenset[Edition]:
    """The editions in which a chat that reads `editions` follows a query: those of them that can
    hold it, and all that can where none of them does. Latin words have their home in the English
    edition and are followed there as well: Google stands in Russian texts, visa does not.
    """
    able = frozenset(edition for edition in Edition if query.held_by(edition))
    if any(is_latin(word.text) for term in query.terms for word in term.words):
        editions |= {Edition.EN}
    return (able & editions) or able or editions
