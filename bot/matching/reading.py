"""A query in words, as it was understood: `visa AND China, not Hong`. It can be asked again."""

from dataclasses import dataclass

from bot.matching.query import Query
from bot.matching.terms import Leaf, Scope, Term
from bot.matching.tree import Always, Junction, Node, Not
from bot.model import Language


@dataclass(frozen=True, slots=True)
class _Words:
    all_of: str
    one_of: str
    but: str
    """Before or around what is excluded from the whole query."""
    none_of: str
    title: str
    section: str
    tongue: str


_WORDS = {
    Language.EN: _Words("AND", "OR", ", not {}", "NOT", "title", "section", "lang"),
    Language.RU: _Words("И", "ИЛИ", ", без {}", "НЕ", "заголовок", "раздел", "язык"),
    Language.KY: _Words("ЖАНА", "ЖЕ", ", {} эмес", "ЭМЕС", "аталыш", "бөлүм", "тил"),
}


def reading(query: Query, language: Language) -> str:
    """How a query was understood, in the reader's language. Parsed again it is the same query."""
    words, tree = _WORDS[language], query.tree
    if not isinstance(tree, Junction) or not tree.is_all:
        return _said(tree, words, is_inner=False)
    wanted = [part for part in tree.parts if not isinstance(part, Not)]
    barred = [part.leaf for part in tree.parts if isinstance(part, Not)]
    told = f" {words.all_of} ".join(
        _said(part, words, is_inner=len(tree.parts) > 1) for part in wanted
    )
    return told + "".join(words.but.format(label(leaf, language)) for leaf in barred)


def _said(node: Node, words: _Words, *, is_inner: bool = True) -> str:
    match node:
        case Always():
            return ""
        case Not(leaf):
            return f"{words.none_of} {_label(leaf, words)}"
        case Junction(is_all, parts):
            between = f" {words.all_of if is_all else words.one_of} "
            told = between.join(_said(part, words) for part in parts)
            return f"({told})" if is_inner else told
    return _label(node, words)


def label(leaf: Leaf, language: Language = Language.EN) -> str:
    """A leaf as it can be asked for, its scope in words of this language."""
    return _label(leaf, _WORDS[language])


def _label(leaf: Leaf, words: _Words) -> str:
    if not isinstance(leaf, Term):
        return f"{words.tongue}:{leaf.edition}"
    scopes = {Scope.TITLE: words.title, Scope.SECTION: words.section}
    return f"{scopes[leaf.scope]}:{leaf.text}" if leaf.scope else leaf.text
