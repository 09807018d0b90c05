"""The nearest query to a text that can't be followed."""

from collections.abc import Callable, Iterable, Iterator

from bot.matching.faults import LONGEST_QUERY, MOST_TERMS, QueryError, QueryFault
from bot.matching.operands import value
from bot.matching.runs import as_one, is_common
from bot.matching.signs import OPERANDS, WORDS, Sign, signs
from bot.matching.terms import Scope

_TRIES = 4
"""One fault mended may show another."""


def suggestion(text: str, error: QueryError, fault_of: Callable[[str], QueryError | None]) -> str:
    """A query near the text without its fault; empty where there is none."""
    for _ in range(_TRIES):
        text = _mended(text, error)
        found = fault_of(text) if text else None
        if found is None:
            return text
        error = found
    return ""


def _mended(text: str, error: QueryError) -> str:
    if error.fault is QueryFault.TOO_LONG:
        return _cut(text)
    if error.fault is QueryFault.NO_WORD and ":" not in text:
        return ""
    mend = _MENDS.get(error.fault)
    return _written(signs(_written(mend(signs(text))))) if mend else ""


def _cut(text: str) -> str:
    head, space, _ = text[: LONGEST_QUERY + 1].rpartition(" ")
    return head if space else text[:LONGEST_QUERY]


def _fewer(read: list[Sign]) -> Iterator[Sign]:
    seen: set[str] = set()
    for sign in read:
        if sign.kind in OPERANDS:
            seen.add(sign.text.casefold())
        if len(seen) > MOST_TERMS:
            return
        yield sign


def _without_stars(read: list[Sign]) -> Iterator[Sign]:
    return (Sign("PLAIN", s.text.rstrip("*")) if s.kind == "PREFIX" else s for s in read)


def _without(kind: str, read: list[Sign]) -> list[Sign]:
    return [sign for sign in read if sign.kind != kind]


def _telling(read: list[Sign]) -> list[Sign]:
    """Without common words, and the rest of the alternatives required."""
    kept = [sign for sign in read if sign.kind not in WORDS or not is_common(as_one(sign.text))]
    return _without("OR", kept)


def _anchored(read: list[Sign]) -> list[Sign]:
    """With something wanted: the alternatives required, or what was excluded looked for."""
    before = ["", *(sign.kind for sign in read)]
    wanted = any(
        s.kind in OPERANDS and last != "NOT" for s, last in zip(read, before, strict=False)
    )
    has_choice = any(sign.kind == "OR" for sign in read)
    return _without("OR" if wanted and has_choice else "NOT", read)


def _consistent(read: list[Sign]) -> list[Sign]:
    """Without what it excludes, or else without the language."""
    kept: list[Sign] = []
    depth, is_excluded = 0, False
    for sign in read:
        is_excluded = is_excluded or sign.kind == "NOT"
        if not is_excluded:
            kept.append(sign)
            continue
        depth += {"OPEN": 1, "CLOSE": -1}.get(sign.kind, 0)
        is_excluded = depth > 0 or sign.kind in ("NOT", "SCOPE")
    return kept if len(kept) < len(read) else _in_one(_without("LANG", read))


def _in_one(read: list[Sign]) -> list[Sign]:
    """Without the second of two sections, which no article has."""
    sections = [at for at, sign in enumerate(read[:-1]) if _is_section(sign)]
    if len(sections) < 2 or read[sections[1] + 1].kind not in OPERANDS:  # noqa: PLR2004 two
        return read
    return read[: sections[1]] + read[sections[1] + 2 :]


def _is_section(sign: Sign) -> bool:
    return sign.kind == "SCOPE" and value(sign) is Scope.SECTION


_MENDS: dict[QueryFault, Callable[[list[Sign]], Iterable[Sign]]] = {
    QueryFault.TOO_MANY_WORDS: _fewer,
    QueryFault.NO_WORD: lambda read: _without("OR", read),
    QueryFault.TOO_COMMON: _telling,
    QueryFault.ONLY_EXCLUDED: _anchored,
    QueryFault.SHORT_PREFIX: _without_stars,
    QueryFault.UNKNOWN_LANGUAGE: lambda read: _without("LANG", read),
    QueryFault.CONTRADICTION: _consistent,
}


def _written(read: Iterable[Sign]) -> str:
    """The tokens as a text again."""
    glued = {"OPEN", "SCOPE"}
    text, is_glued = "", True
    for sign in read:
        text += ("" if is_glued or sign.kind == "CLOSE" else " ") + sign.text.strip()
        is_glued = sign.kind in glued or (sign.kind == "NOT" and not sign.text.isalpha())
    return text
