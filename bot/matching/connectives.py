"""Small words that may have been meant as signs: `visa or border` → `visa OR border`.

In lower case they are words like any other, and most of them are too frequent to be looked for,
so that all other words must be there. Whoever typed them hardly meant that.
"""

import re

from bot.matching.query import Query, QueryError, parse
from bot.matching.signs import QUOTED

_BEFORE, _AFTER = r"(?<=[^\s(|])\s", r"(?=\s[^\s)|])"
_CONNECTIVE = re.compile(
    rf"""{QUOTED}
    |{_BEFORE}(?P<OR>or|или|либо|же){_AFTER}
    |{_BEFORE}(?P<NOT>not|without|не|без){_AFTER}
    |{_BEFORE}(?P<ЭМЕС>эмес)(?!\S)""",
    re.VERBOSE | re.IGNORECASE,
)
"""Between two words, outside quotes. The groups are named like the signs."""


def connected(query: Query) -> Query | None:
    """The query with its small words as signs; None where that is nothing else, or no query."""
    text = _CONNECTIVE.sub(_sign, query.text)
    if text == query.text:
        return None
    try:
        meant = parse(text)
    except QueryError:
        return None
    return meant if meant.key != query.key else None


def _sign(found: re.Match[str]) -> str:
    return f" {found.lastgroup}" if found.lastgroup else found[0]
