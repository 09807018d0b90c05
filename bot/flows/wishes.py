"""What is asked for in `usd > 88`, `евро ниже 95,5`, `rub 5%`. Pure."""

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
    r"(?P<sign>[^\s\d]*)\s*(?P<level>[0-9]{1,9}(?:[.,][0-9]{1,6})?)\s*(?P<per>%?)\s*"
)
ABOVE = frozenset({">", ">=", "≥", "above", "over", "выше", "больше", "дороже", "жогору", "ашык"})
BELOW = frozenset({"<", "<=", "≤", "below", "under", "ниже", "меньше", "дешевле", "төмөн", "кем"})
MOVED = frozenset({"", "±", "by", "на"})
MOST_SHARE = 1000


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody wants to wait for."""

    currency: str
    bound: Bound
    level: Decimal


def wished(words: str) -> Wish | None:
    """`usd > 88`, `евро ниже 95,5`, `rub 5%`; None where it can't be understood."""
    found = SAID.fullmatch(unicodedata.normalize("NFKC", words.casefold()))
    code = currency(found["currency"]) if found and len(words) <= LONGEST else None
    if found is None or code is None or code == SOM:
        return None
    level = Decimal(found["level"].replace(",", "."))
    bound = _bound(found["sign"], is_share=bool(found["per"]))
    if bound is None or not level or (bound is Bound.MOVE and level > MOST_SHARE):
        return None
    return Wish(code, bound, level)


def _bound(sign: str, *, is_share: bool) -> Bound | None:
    if is_share:
        return Bound.MOVE if sign in MOVED else None
    if sign in ABOVE:
        return Bound.ABOVE
    return Bound.BELOW if sign in BELOW else None
