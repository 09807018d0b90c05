"""The rates in the site's header: the National Bank's, of the day on which the page is loaded.

The block's inner markup is unknown, so that codes and the numbers after them are found by text.
A clock may stand beside them.
"""

import re
from datetime import datetime
from decimal import Decimal

from selectolax.lexbor import LexborHTMLParser

from bot.model import Rate
from bot.sites.dates import BISHKEK

QUOTE = re.compile(
    r"(?<![A-Za-z])(USD|EUR|RUB)(?![A-Za-z])[^\w]{0,20}?"
    r"(?<![\d.,])(\d{1,4}(?:[.,]\d{1,4})?)(?!\d|\s*[:/-]\s*\d|[.,]\d)",
    re.IGNORECASE | re.ASCII,
)


def header_rates(tree: LexborHTMLParser, now: datetime) -> tuple[Rate, ...]:
    """Those that the header shows, each once; none where the block is missing, which is normal."""
    today = now.astimezone(BISHKEK).date().isoformat()
    found: dict[str, Decimal] = {}
    for block in tree.css("#currencies"):
        for code, number in QUOTE.findall(block.text(separator=" ")):
            found.setdefault(code.upper(), Decimal(number.replace(",", ".")))
    return tuple(Rate(code, value, today, "site") for code, value in found.items() if value > 0)
