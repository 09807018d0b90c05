"""What is asked for in `100 usd`, `5 000,50 сом в евро`, `$100`, `eur 90`, and what it comes to.
Pure.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from bot.flows.currencies import SIGNS, currency
from bot.model import Amiss, Converted, Rate
from bot.model.rates import SOM, to_cent

LONGEST = 100
"""Code points: what is longer is no sum."""
MOST = Decimal(10) ** 15
DAYS = range(2, 3651)
DEFAULT_DAYS = 30
SIGNIFICANT = 4

MAGNITUDES = {
    "k": 10**3, "к": 10**3, "thousand": 10**3, "тыс": 10**3, "тысяч": 10**3, "тысячи": 10**3,
    "миң": 10**3, "m": 10**6, "million": 10**6, "млн": 10**6, "миллион": 10**6,
    "миллиона": 10**6, "миллионов": 10**6,
}  # fmt: skip
TOKEN = re.compile(
    rf"([0-9](?:[0-9.,' ]*[0-9])?)(?:\s*({'|'.join(MAGNITUDES)})\b)?|([^\W\d_]+)|(\S)",
    re.IGNORECASE,
)
GROUPED = re.compile(r"(?!0)[0-9]{1,3}(?:([.,' ])[0-9]{3})(?:\1[0-9]{3})*(?:(?!\1)[.,][0-9]+)?")
PLAIN = re.compile(r"[0-9]+(?:[.,][0-9]+)?")
DASHES = "-\u2010\u2011\u2012\u2013\u2014\u2212"
LINKS = frozenset({
    *"=>→?.", *DASHES, "to", "in", "into", "how", "much", "is", "are", "rate", "rates",
    "в", "во", "на", "сколько", "будет", "стоит", "курс", "канча", "болот", "курсу",
})  # fmt: skip
BELOW_ZERO = re.compile(
    rf"(?:^\s*[{DASHES}]\s*|[\s{''.join(SIGNS)}][{DASHES}])[{''.join(SIGNS)}]?[0-9]"
)
"""A dash between words parts them; before a number that no word stands against, it is a minus."""
KINDS = (
    "us",
    "american",
    "америк",
    "russian",
    "росси",
    "орус",
    "chinese",
    "кита",
    "kyrgyz",
    "кырг",
)
"""What words before a currency's name begin with that say no more than the name does."""


@dataclass(frozen=True, slots=True)
class Sum:
    """To be converted; som into all of the daily ones where no target is named."""

    amount: Decimal
    source: str
    target: str = ""


@dataclass(frozen=True, slots=True)
class Days:
    """One currency over so many days."""

    currency: str
    days: int = DEFAULT_DAYS


def asked(words: str) -> Sum | Days | Amiss | None:
    """What the words ask for, or what is wrong with their sum; None where they can't be
    understood.
    """
    text = unicodedata.normalize("NFKC", words).replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")
    found = _read(text) if len(words) <= LONGEST else None
    return Amiss.NOT_POSITIVE if found and BELOW_ZERO.search(text) else found


def _read(text: str) -> Sum | Days | Amiss | None:
    parts = list(_parts(text))
    numbers = [part for part in parts if isinstance(part, Decimal)]
    codes = [part for part in parts if isinstance(part, str)]
    if None in parts or len(numbers) > 1 or not 1 <= len(codes) <= 2:  # noqa: PLR2004 - from, to
        return None
    if len(codes) == 1 and isinstance(parts[0], str) and text.strip()[0] not in SIGNS:
        return _days(codes[0], numbers)
    return _sum(numbers[0] if numbers else Decimal(1), *codes)


def _days(code: str, numbers: list[Decimal]) -> Sum | Days | Amiss | None:
    if not numbers:
        return None if code == SOM else Days(code)
    if code != SOM and numbers[0] in DAYS:
        return Days(code, int(numbers[0]))
    return _sum(numbers[0], code)


def _sum(amount: Decimal, source: str, target: str = "") -> Sum | Amiss | None:
    target = target or ("" if source == SOM else SOM)
    if source == target:
        return None
    if amount > MOST:
        return Amiss.TOO_MUCH
    return Sum(amount, source, target) if amount else Amiss.NOT_POSITIVE


def _parts(text: str) -> Iterator[Decimal | str | None]:
    """Amounts and codes; None for what is neither and can't be passed over."""
    for number, magnitude, word, sign in TOKEN.findall(text):
        said = (word or sign).casefold()
        if number:
            amount = _number(number)
            yield amount and amount * MAGNITUDES.get(magnitude.casefold(), 1)
        elif said not in LINKS:
            code = currency(word or sign)
            if code or not word or not said.startswith(KINDS):
                yield code


def _number(text: str) -> Decimal | None:
    """With a decimal comma or point; thousands may be set apart, by comma or point too."""
    if grouped := GROUPED.fullmatch(text):
        text = text.replace(grouped[1], "")
    return Decimal(text.replace(",", ".")) if PLAIN.fullmatch(text) else None


def convert(wanted: Sum, rates: Mapping[str, Rate]) -> Converted | None:
    """By these rates; None where one is missing. `wanted` names its target."""
    needed = [code for code in (wanted.source, wanted.target) if code != SOM]
    if any(code not in rates for code in needed):
        return None
    som = wanted.amount * _worth(wanted.source, rates)
    result = _rounded(som / _worth(wanted.target, rates))
    by = tuple(rates[code] for code in needed)
    return Converted(wanted.amount, wanted.source, result, wanted.target, by)


def _worth(code: str, rates: Mapping[str, Rate]) -> Decimal:
    """Som for one unit."""
    return Decimal(1) if code == SOM else rates[code].value / rates[code].nominal


def _rounded(value: Decimal) -> Decimal:
    """To the cent; what is smaller than one unit, to four digits."""
    if value >= 1:
        return to_cent(value)
    return value.quantize(Decimal(1).scaleb(value.adjusted() - SIGNIFICANT + 1), ROUND_HALF_UP)
