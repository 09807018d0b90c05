"""What is asked for in `usd > 88`, `евро ниже 95,5`, `доллар 90дон жогору`, `rub 5%`. Pure."""

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal

from bot.flows.currencies import SIGNS, currency
from bot.model import Bound
from bot.model.rates import SOM

LONGEST = 60
SAID = re.compile(
    rf"\s*(?P<currency>[^\W\d_]+|[{re.escape(''.join(SIGNS))}])\s*"
    r"(?P<before>[^\s\d]*)\s*(?P<level>[0-9]{1,9}(?:[.,][0-9]{1,6})?)(?:[дт][аеоө]н)?"
    r"(?P<after>(?:\s*%|\s+[^\s\d]+){0,2})\s*"
)
ABOVE = frozenset({">", ">=", "≥", "above", "over", "выше", "больше", "дороже", "жогору", "ашык"})
BELOW = frozenset({"<", "<=", "≤", "below", "under", "ниже", "меньше", "дешевле", "төмөн", "кем"})
TO = frozenset({"", "=", "to", "at", "до"})
MOVED = frozenset({"", "±", "by", "на"})
SHARE = frozenset({"%", "percent", "процент", "процента", "процентов", "пайыз", "пайызга"})
MOST_SHARE = 1000


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody wants to wait for."""

    currency: str
    bound: Bound | None
    """None: from wherever it is now."""
    level: Decimal


def wished(words: str) -> Wish | None:
    """`usd > 88`, `евро ниже 95,5`, `rub 5%`; None where it can't be understood."""
    found = SAID.fullmatch(unicodedata.normalize("NFKC", words.casefold()))
    code = currency(found["currency"]) if found and len(words) <= LONGEST else None
    if found is None or code is None or code == SOM:
        return None
    level = Decimal(found["level"].replace(",", "."))
    after = found["after"].replace("%", " % ").split()
    signs = [each for each in (found["before"], *after) if each and currency(each) != SOM]
    return _wish(code, level, signs) if level else None


def _wish(code: str, level: Decimal, signs: list[str]) -> Wish | None:
    left = [each for each in signs if each not in SHARE]
    sign = left[0] if left else ""
    if len(left) > 1 or len(signs) - len(left) > 1:
        return None
    if len(signs) > len(left):
        return Wish(code, Bound.MOVE, level) if sign in MOVED and level <= MOST_SHARE else None
    for bound, known in ((Bound.ABOVE, ABOVE), (Bound.BELOW, BELOW), (None, TO)):
        if sign in known:
            return Wish(code, bound, level)
    return None
