"""Where sentences end, in English, Russian and Kyrgyz."""

import re
from collections.abc import Iterator

_BEFORE_NAMES = re.compile(
    "M[rst]|Mrs|Dr|Prof|St|Mt|Gen|Gov|Sen|Rep|Lt|Col|Capt|Maj|Sgt|Hon|No|Nos|vs|Dept"
    "|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec"
)
_GOES_ON = re.compile(
    "ул|им|пр-т|просп|пер|пл|обл|р-н|пос|стр|корп|тел|гр|гл|ст|см|ср|напр|тов|акад|проф|доц|подп"
    "|лейт|серж|ред|изд|янв|февр?|мар|апр|авг|сент?|окт|нояб?|дек|тыс|көч|м-н",
    re.IGNORECASE,
)
"""Abbreviations after which a sentence goes on, even with a capital letter."""
_MAY_END = frozenset({"т.д", "т.п", "ж.б", "a.m", "p.m"})
_END = re.compile(r"""[.!?…]+[»”"’')\]]*\s+(?=[«“„"‘'(\[—–-]*\s*\w)""")
_LAST_WORD = re.compile(r"[^\s«“„\"‘'(\[]+$")
_INITIALS = re.compile(r"(?:[^\W\d_]\.)*[^\W\d_]")
_NUMERAL = re.compile(r"\d{1,3}")
_PAIRS = {"«": "»", "“": "”", "„": "“", "(": ")", "[": "]"}


def sentences(text: str) -> Iterator[str]:
    """The sentences of a text on one line, without the white space between them."""
    begin = 0
    for found in _END.finditer(text):
        if _ends(text, begin, found.start(), found.end()):
            yield text[begin : found.end()].strip()
            begin = found.end()
    if rest := text[begin:].strip():
        yield rest


def _ends(text: str, begin: int, stop: int, following: int) -> bool:
    """Whether the full stop, question or exclamation mark at `stop` ends what began there."""
    first = next((each for each in text[following:] if each.isalnum()), "")
    if first.islower() or _is_open(text[begin:following]):
        return False
    return text[stop] != "." or text[stop + 1] == "." or not _is_short(text[begin:stop])


def _is_short(before: str) -> bool:
    """Whether the text before a full stop ends in an abbreviation, an initial, or consists of
    the number of a list's item.
    """
    if _NUMERAL.fullmatch(before.strip()):
        return True
    found = _LAST_WORD.search(before)
    word = found.group() if found else ""
    if _INITIALS.fullmatch(word):
        return word.lower() not in _MAY_END
    return bool(_GOES_ON.fullmatch(word) or _BEFORE_NAMES.fullmatch(word))


def _is_open(text: str) -> bool:
    """Whether a quotation or parenthesis that was begun is not yet at its end."""
    waiting: list[str] = []
    for character in text:
        if waiting and character == waiting[-1]:
            waiting.pop()
        elif character in _PAIRS:
            waiting.append(_PAIRS[character])
        elif character == '"':
            waiting.append('"')
    return bool(waiting)
