"""The signs of the query language: a text into tokens that always make a sentence of it.

What makes no sense, an unbalanced parenthesis, an operator without its operand, is left out, so
that any text can be parsed.
"""

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from bot.matching.runs import runs

QUOTED = r'"[^"\n]*"|«[^«»\n]*»|“[^“”\n]*”|„[^„“”\n]*[“”]'
_QUOTES = '"«“„'
_DASH = "\\-\u2010-\u2015\u2212"
_BEFORE, _AFTER = r"(?<![^\s()|\"»”])", r"(?![^\s()|\"«“„])"
_TITLE, _SECTION, _TONGUE = "title|заголовок|аталыш", "section|раздел|бөлүм", "lang|язык|тил"
_SIGN = re.compile(
    rf"""(?P<EXACT>(?<![^\s(|:,{_DASH}])=(?:{QUOTED}|[^\s()|"«»“”„=*]+))
    |(?P<QUOTED>{QUOTED})
    |(?P<OPEN>\()|(?P<CLOSE>\))
    |(?P<OR>\|+|{_BEFORE}(?:OR|ИЛИ|ЖЕ){_AFTER})
    |(?P<AND>(?<=\s)&+(?=\s)|{_BEFORE}(?:AND|И|ЖАНА){_AFTER})
    |(?P<NOT>(?<![^\s(|:,])[{_DASH}](?=[^\s{_DASH})|])|{_BEFORE}(?:NOT|НЕ){_AFTER})
    |(?P<AFTERWARDS>{_BEFORE}ЭМЕС{_AFTER})
    |(?P<LANG>(?<!\w)(?i:{_TONGUE}):\s?\w+)
    |(?P<SCOPE>(?<!\w)(?i:{_TITLE}|{_SECTION}):\s?)
    |(?P<PREFIX>(?<!\w)\w[\w'’-]*\*(?!\w))""",
    re.VERBOSE,
)
# How a reading excludes: "visa, not Hong", "виза, без Китая", "виза, Кытай эмес".
_EXCLUDED = re.compile(rf"{QUOTED}|,\s(?:not|без)\s(?:([^\s,()][^,()]*)|(?=\())")
_EXCLUDED_AFTER = re.compile(rf"{QUOTED}|,\s([^\s,()][^,()]*?)\sэмес(?=\s?(?:[,)]|$))")
# The same between the words of a query, where it can hardly be a part of a name.
_BUT = re.compile(
    rf"{QUOTED}|(?<=[^\s(|])(?:,?\s(?:but not|and not|except(?: for)?|но не|кроме))\s(?=[^\s)|])"
)
# Nothing but words that none of these can be a part of, or such a phrase in quotes.
_LETTER = "[a-zA-Zа-яА-ЯёЁөӨүҮңҢ]"
_SAID = "(?i:or|или|же|and|и|жана|not|не|эмес|except|кроме)"
_NAME = rf"(?!{_SAID}(?!{_LETTER})){_LETTER}++"
_SIMPLE = re.compile(rf'("?){_NAME}(?: {_NAME})*+\1')
_TONGUES = re.compile(rf"(?<!\w)((?i:{_TONGUE}):)\s?\(([^()]*)\)")
_NAMED = re.compile(r"(?<!\w)(?!(?:OR|ИЛИ|ЖЕ|NOT|НЕ)(?!\w))\w+")
WORDS = {"PLAIN", "QUOTED", "EXACT", "PREFIX"}
OPERANDS = {*WORDS, "LANG"}
_BINARY = {"OR", "AND"}
_STARTS = {*OPERANDS, "OPEN", "NOT", "SCOPE"}


class Sign(NamedTuple):
    """A token: its kind, as the grammar names it, and what stands there."""

    kind: str
    text: str


def signs(text: str) -> list[Sign]:
    """The tokens of a text whose white space is folded; none where it has no word."""
    if _SIMPLE.fullmatch(text):
        is_quoted = text[0] == '"'
        return [Sign("QUOTED", text)] if is_quoted else [Sign("PLAIN", w) for w in text.split(" ")]
    return read(text)


def read(text: str) -> list[Sign]:
    """The same for any text."""
    kept: list[Sign] = []
    opened: list[int] = []
    found = list(_prefixed(list(_read(_spelled_out(text)))))
    for sign in found:
        if sign.kind in _BINARY and not _ends_operand(kept):
            continue
        if sign.kind == "CLOSE":
            if opened:
                _close(kept, opened.pop())
            continue
        if sign.kind == "OPEN":
            opened.append(len(kept))
        kept.append(sign)
    for at in reversed(opened):
        _drop_dangling(kept, at + 1)
        del kept[at]
    _drop_dangling(kept, 0)
    return kept


def _spelled_out(text: str) -> str:
    """With capitals for the operators of a reading, and each language by itself."""
    text = _outside(_BUT, lambda _: " NOT ", text)
    text = _TONGUES.sub(_each_tongue, text)
    text = _outside(_EXCLUDED_AFTER, lambda match: f" ЭМЕС ({match[1]})", text)
    return _outside(_EXCLUDED, lambda match: f" NOT ({match[1]})" if match[1] else " NOT ", text)


def _outside(pattern: re.Pattern[str], change: Callable[[re.Match[str]], str], text: str) -> str:
    """Change what is found, but for phrases in quotes, which the pattern finds as well."""
    return pattern.sub(lambda match: match[0] if match[0][0] in _QUOTES else change(match), text)


def _each_tongue(found: re.Match[str]) -> str:
    return f"({_NAMED.sub(lambda name: found[1] + name[0], found[2])})"


def _read(text: str) -> Iterator[Sign]:
    end = 0
    for match in _SIGN.finditer(text):
        yield from _plain(text[end : match.start()])
        sign = Sign(str(match.lastgroup), match[0])
        if _has_word(sign):
            yield sign
        end = match.end()
    yield from _plain(text[end:])


def _plain(text: str) -> Iterator[Sign]:
    for run in runs(text) if text.strip() else ():
        yield Sign("PLAIN", text[run[0].start : run[-1].end])


def _has_word(sign: Sign) -> bool:
    return sign.kind not in ("QUOTED", "EXACT", "PREFIX") or bool(runs(sign.text))


def _prefixed(found: list[Sign]) -> Iterator[Sign]:
    """With ЭМЕС before what it excludes: before the next word, or else after its own."""
    done: list[Sign] = []
    for at, sign in enumerate(found):
        if sign.kind != "AFTERWARDS":
            done.append(sign)
        elif at + 1 < len(found) and found[at + 1].kind in _STARTS:
            done.append(Sign("NOT", sign.text))
        elif done and _ends_operand(done):
            done.insert(_start_of_last(done), Sign("NOT", sign.text))
    yield from done


def _start_of_last(done: list[Sign]) -> int:
    at, depth = len(done) - 1, 0
    while at > 0:
        depth += {"CLOSE": 1, "OPEN": -1}.get(done[at].kind, 0)
        if depth <= 0:
            break
        at -= 1
    while at > 0 and done[at - 1].kind == "SCOPE":
        at -= 1
    return at


def _ends_operand(kept: list[Sign]) -> bool:
    return bool(kept) and (kept[-1].kind in OPERANDS or kept[-1].kind == "CLOSE")


def _close(kept: list[Sign], at: int) -> None:
    """Close the parenthesis that was opened at this place; one with nothing in it is none."""
    _drop_dangling(kept, at + 1)
    if len(kept) > at + 1:
        kept.append(Sign("CLOSE", ")"))
        return
    del kept[at]
    while kept and kept[-1].kind in ("NOT", "SCOPE"):
        kept.pop()


def _drop_dangling(kept: list[Sign], floor: int) -> None:
    """Drop operators that nothing follows."""
    while len(kept) > floor and not _ends_operand(kept):
        kept.pop()
