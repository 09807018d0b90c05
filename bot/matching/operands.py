"""The operands of a query, each as written, and what they mean."""

import re
from collections.abc import Callable

from bot.matching.analysis import asked_by
from bot.matching.faults import QueryError, QueryFault
from bot.matching.runs import Run, as_one, is_acronym, is_common
from bot.matching.signs import QUOTED, Sign
from bot.matching.terms import SHORTEST_PREFIX, Form, Leaf, Scope, Term, Tongue, Word, spelled
from bot.matching.tree import COMMON, Node
from bot.matching.words import INITIAL, Token, fold
from bot.model import Edition

_QUOTED = re.compile(QUOTED)
_TITLE = ("title", "заголовок", "аталыш")


def value(sign: Sign) -> Node | Scope | None:
    """What an operand or a scope means; None for other signs. Raises QueryError."""
    if sign.kind == "SCOPE":
        return Scope.TITLE if sign.text.casefold().startswith(_TITLE) else Scope.SECTION
    meaning = _MEANINGS.get(sign.kind)
    if meaning is None:
        return None
    leaf = meaning(sign.text)
    return COMMON if leaf is None else leaf


def _plain(text: str) -> Term | None:
    """One run, inflected; None for what stands in every article."""
    run = as_one(text)
    return None if is_common(run) else _term(run, text)


def _quoted(text: str) -> Term | None:
    """A phrase, each of its words inflected; one word alone is just that form. None: nothing
    but words that stand in every article. Raises ValueError where it has no word.
    """
    run = as_one(text)
    if is_common(run):
        return None
    if len(run) == 1 and not _starred(run[0], text):
        return _spelled(f'"{run[0].text}"', run, Form.EXACT)
    forms = [Form.PREFIX if _starred(token, text) else Form.INFLECTED for token in run]
    return Term(f'"{_joined(run, text)}"', _words(run, forms))


def _exact(text: str) -> Term | None:
    """`=Visa`, `="New York"`: as `_quoted`, exactly."""
    run = as_one(text)
    shown = _joined(run)
    shown = f'="{shown}"' if " " in shown else f"={shown}"
    return None if is_common(run) else _spelled(shown, run, Form.CASED)


def _begun(text: str) -> Term:
    """`эконом*`. Raises QueryError where it is too short."""
    run = as_one(text)
    if len(fold(run[-1].text)) < SHORTEST_PREFIX:
        raise QueryError(QueryFault.SHORT_PREFIX, text)
    forms = [Form.INFLECTED] * (len(run) - 1) + [Form.PREFIX]
    return Term(text, _words(run, forms))


def _spelled(shown: str, run: Run, form: Form) -> Term:
    return Term(shown, _words(run, [form] * len(run)))


def _words(run: Run, forms: list[Form]) -> tuple[Word, ...]:
    return tuple(_word(token, _joint(run, at), forms[at]) for at, token in enumerate(run))


def _joint(run: Run, at: int) -> str:
    """How a word hangs on the one before: initials with or without a space."""
    if not at:
        return ""
    is_initial = len(run[at - 1].text) == 1 and run[at].joint == "."
    return INITIAL if is_initial else run[at].joint or " "


def _starred(token: Token, text: str) -> bool:
    is_long = len(fold(token.text)) >= SHORTEST_PREFIX
    return is_long and text[token.end : token.end + 1] == "*"


def _joined(run: Run, text: str = "") -> str:
    """A phrase with nothing between its words but what joins them."""
    first, *others = (token.text + "*" * _starred(token, text) for token in run)
    joints = (token.joint or " " for token in run[1:])
    return first + "".join(joint + word for joint, word in zip(joints, others, strict=True))


def _word(token: Token, joint: str, form: Form) -> Word:
    text = fold(token.text)
    if form is Form.INFLECTED:
        return Word(text, joint, asked_by(token.text))
    spelling = spelled(token.text)
    # Capitals that are not there are not asked for.
    if form is Form.CASED and spelling == spelling.lower():
        form = Form.EXACT
    if form is Form.CASED:
        return Word(text, joint, form + spelling, form, spelling)
    return Word(text, joint, form + text, form)


def _term(run: Run, text: str) -> Term:
    shown = text[run[0].start : run[-1].end]
    words = _words(run, [Form.INFLECTED] * len(run))
    if len(run) == 1:
        return Term(shown, words, words[0].found_by)
    is_compound = all(t.joint == "-" and t.text.isalpha() for t in run[1:])
    is_one = is_compound or is_acronym(run)
    return Term(shown, words, asked_by("".join(t.text for t in run)) if is_one else "")


def _tongue(text: str) -> Tongue:
    name = text.partition(":")[2].strip().casefold()
    if name not in frozenset(Edition):
        raise QueryError(QueryFault.UNKNOWN_LANGUAGE, text)
    return Tongue(Edition(name))


_MEANINGS: dict[str, Callable[[str], Leaf | None]] = {
    "PLAIN": _plain,
    "QUOTED": _quoted,
    "EXACT": _exact,
    "PREFIX": _begun,
    "LANG": _tongue,
}
