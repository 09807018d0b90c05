"""The lead: an article's own first words, enough to know what it is about, never all of it."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from bot.messages.lengths import cut, units
from bot.messages.sentences import sentences
from bot.model import Article

LONGEST = 300
"""UTF-16 units of a lead."""
ENOUGH = 90
"""After so many a paragraph need not be followed by a sentence of the next one."""
CELLS = " | "
"""What parts the cells of a table's row in an article's body."""
_LOOKED_AT = 4000

_MONTH = (
    r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec"
    r"|янв|фев|мар|апр|ма[йя]|июн|июл|авг|сен|окт|ноя|дек)\w*\.?"
)
_DAY = rf"(?:\d{{1,2}}[ -]{_MONTH}|{_MONTH} \d{{1,2}})(?:,? \d{{4}})?(?: г\.|-ж\.)?"
_AGENCY = r"[(/\[][ «\"]*24\.kg[ »\"]*[)/\]]"
_PLACE = r"[^\W\d_][\w-]+(?: [\w-]+)?[,.]? "
_SIGNS = re.compile(r"[\W_]+")
_DATELINE = re.compile(
    rf"(?:{_PLACE}{_DAY}(?:[,.]? (?:{_AGENCY}|24\.kg))?|{_PLACE}{_AGENCY}|{_AGENCY})"
    r"[.,:]? ?[—–-]+ (?=\S)",
    re.IGNORECASE,
)


@lru_cache(maxsize=64)
def lead(article: Article) -> str:
    """One or two sentences from the beginning of the body, on one line, at most 300 UTF-16
    units. Empty where the body says nothing that the title doesn't.
    """
    paragraphs = [" ".join(each[:_LOOKED_AT].split()) for each in article.body]
    found = _taken(_fresh(paragraphs, article.title))
    if len(found) > 1 and _letters("".join(found)) == _letters("".join(paragraphs)):
        found.pop()
    return cut(" ".join(found), LONGEST)


def _fresh(paragraphs: Iterable[str], title: str) -> Iterator[list[str]]:
    """The sentences of each paragraph that is no row of a table, without a dateline and what
    repeats the title.
    """
    known = {"", _letters(title)}
    for paragraph in paragraphs:
        if CELLS in paragraph:
            continue
        told = sentences(
            _DATELINE.sub("", paragraph, 1) if _DATELINE.match(paragraph) else paragraph
        )
        yield [each for each in told if _letters(each) not in known]


def _taken(paragraphs: Iterable[list[str]]) -> list[str]:
    """The first sentence, and the second where both fit and belong together."""
    taken: list[str] = []
    for paragraph in paragraphs:
        for sentence in paragraph:
            if taken and units(f"{taken[0]} {sentence}") > LONGEST:
                return taken
            taken.append(sentence)
            if len(taken) > 1:
                return taken
        if taken and units(taken[0]) >= ENOUGH:
            return taken
    return taken


def _letters(text: str) -> str:
    """What is left of a text when only its wording counts."""
    return _SIGNS.sub("", text).casefold()
