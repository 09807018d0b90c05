"""What a reader typed, as it is searched for: the query language where it makes sense, and words
where it doesn't.
"""

from dataclasses import dataclass, replace
from functools import lru_cache

from bot.matching.analysis import asked_by
from bot.matching.operands import value
from bot.matching.query import LONGEST_QUERY, MOST_TERMS, QueryError, parse
from bot.matching.runs import Run, runs
from bot.matching.signs import Sign
from bot.matching.terms import Form, Leaf, Term, Word
from bot.matching.tree import EVERY, Node, both, leaves
from bot.matching.words import Token, fold, tokens
from bot.search.naming import LETTERS, clean


@dataclass(frozen=True, slots=True)
class Asked:
    """What is searched for. `begun`: a leaf of the tree whose last word may go on, so that what
    this second term finds counts too.
    """

    tree: Node
    begun: tuple[Term, Term] | None = None
    otherwise: "Asked | None" = None
    """What is searched for where this finds nothing."""

    @property
    def leaves(self) -> list[Leaf]:
        """All of the tree."""
        return [leaf for leaf, _ in leaves(self.tree)]

    @property
    def terms(self) -> list[Term]:
        """Those that are wanted, in the order asked."""
        wanted = (leaf for leaf, is_wanted in leaves(self.tree) if is_wanted)
        return [leaf for leaf in wanted if isinstance(leaf, Term)]

    @property
    def shown(self) -> list[Term]:
        """The same, and the one that `begun` adds."""
        return [*self.terms, *(self.begun[1:] if self.begun else ())]


@lru_cache(maxsize=1024)
def understood(words: str, *, is_typing: bool) -> Asked | None:
    """What was typed; None where there is no word in it."""
    text = " ".join(clean(words).split())[:LONGEST_QUERY].rstrip()
    if not is_typing:
        tree = _tree(text)
        return Asked(tree) if tree else None
    return _typed(text)


def _typed(text: str) -> Asked | None:
    """With a last word that may go on, unless something follows it or it is excluded."""
    tree, last = _tree(text), next(reversed(tokens(text)), None)
    if last is None or last.end < len(text) or not fold(last.text):
        return Asked(tree) if tree else None
    for leaf, is_wanted in reversed([*leaves(tree)] if tree else []):
        if isinstance(leaf, Term) and leaf.words[-1].text == fold(last.text):
            is_open = is_wanted and leaf.words[-1].form is Form.INFLECTED
            begun = (leaf, _going_on(leaf)) if is_open else None
            return Asked(tree or EVERY, begun, _head(text, last) if begun else None)
    head = _tree(text[: last.start])
    return Asked(both(*([head] if head else []), _beginning(last.text)), None, _head(text, last))


def _head(text: str, last: Token) -> Asked | None:
    """The words before one of which little more than a letter is there yet."""
    tree = _tree(text[: last.start]) if len(fold(last.text)) < LETTERS else None
    return Asked(tree) if tree else None


def _tree(text: str) -> Node | None:
    try:
        return parse(text).tree
    except QueryError:
        return _plain(text)


def _plain(text: str) -> Node | None:
    """All its words, each with all its forms, common ones only where there are no others."""
    found = [(run, text[run[0].start : run[-1].end]) for run in runs(text)][:MOST_TERMS]
    terms = [_begun(run, text) or value(Sign("PLAIN", word)) for run, word in found]
    kept = [term for term in terms if isinstance(term, Term)]
    return both(*(kept or [_literal(run) for run, _ in found])) if found else None


def _begun(run: Run, text: str) -> Term | None:
    return _beginning(run[-1].text) if text[run[-1].end : run[-1].end + 1] == "*" else None


def _literal(run: Run) -> Term:
    words = tuple(Word(fold(each.text), each.joint, asked_by(each.text)) for each in run)
    return Term(" ".join(each.text for each in run), words)


def _beginning(surface: str) -> Term:
    text = fold(surface)
    word = Word(text, "", Form.PREFIX + text, Form.PREFIX)
    return Term(f"{surface}*", (word,))


def _going_on(term: Term) -> Term:
    *words, last = term.words
    begun = replace(last, found_by=Form.PREFIX + last.text, form=Form.PREFIX)
    return Term(f"{term.text}*", (*words, begun), scope=term.scope)
