"""Currencies as readers name them, in three languages: code, sign or word in any form. Pure."""

from collections.abc import Mapping

from bot.model.rates import SOM

SIGNS: Mapping[str, str] = {
    "$": "USD",
    "€": "EUR",
    "₽": "RUB",
    "₸": "KZT",
    "¥": "CNY",
    "£": "GBP",
    "\u20c0": SOM,
}

_STEMS: Mapping[str, str] = {
    "USD": "dollar доллар бакс",
    "EUR": "euro евро",
    "RUB": "ruble rouble рубл",
    "KZT": "tenge тенге теңге",
    "CNY": "yuan renminbi юан",
    "GBP": "pound фунт",
    "TRY": "lira лир",
    "JPY": "иен йен",
    "CHF": "franc франк",
    "AED": "dirham дирхам",
    "INR": "rupee рупи",
    SOM: "сом",
}
_BY_STEM = {stem: code for code, stems in _STEMS.items() for stem in stems.split()}
_EXACT: Mapping[str, str] = {
    "som": SOM, "soms": SOM, "yen": "JPY", "сум": "UZS", "сумов": "UZS",
    "buck": "USD", "bucks": "USD", "дол": "USD", "долл": "USD", "руб": "RUB", "р": "RUB",
    "тг": "KZT", "тнг": "KZT",
}  # fmt: skip
_LONGEST_ENDING = 6
"""Letters after a stem: долларларга."""
_CODE_LENGTH = 3


def currency(word: str) -> str | None:
    """The ISO 4217 code of a word or sign; None where it can't be one."""
    folded = word.casefold()
    found = SIGNS.get(word) or _EXACT.get(folded) or _by_stem(folded)
    if found:
        return found
    return folded.upper() if len(folded) == _CODE_LENGTH and _is_latin(folded) else None


def _by_stem(word: str) -> str | None:
    for size in range(len(word), max(0, len(word) - _LONGEST_ENDING) - 1, -1):
        if word[:size] in _BY_STEM:
            return _BY_STEM[word[:size]]
    return None


def _is_latin(word: str) -> bool:
    return word.isascii() and word.isalpha()
