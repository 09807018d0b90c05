"""Editions as readers name them."""

from bot.messages.phrases import NAMES
from bot.model import Edition


def named(said: str) -> Edition | None:
    """The edition meant by "ru" or "русский"; None: none is."""
    word = said.strip().casefold()
    names = {name.casefold(): language.value for language, name in NAMES.items()}
    tag = names.get(word, word)
    return Edition(tag) if tag in frozenset(Edition) else None
