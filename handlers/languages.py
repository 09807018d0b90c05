"""Languages, and so editions, as readers name them. Pure."""

from bot.messages.phrases import NAMES
from bot.model import Edition, Language

_SAID = {
    Language.EN: "en eng english английский английском английски англисче",
    Language.RU: "ru rus russian русский русском русски орусча",
    Language.KY: "ky kg kyrgyz кыргызский кыргызском кыргызски кыргызча",
}
_BY_NAME = {name: language for language, names in _SAID.items() for name in names.split()}
_BY_NAME |= {name.casefold(): language for language, name in NAMES.items()}
_BEFORE = ("in ", "по-", "на ")


def language_named(said: str) -> Language | None:
    """The language meant by "ru", "русский", "по-английски" or "in Kyrgyz"; None: none is."""
    word = " ".join(said.casefold().split())
    for before in _BEFORE:
        word = word.removeprefix(before)
    return _BY_NAME.get(word)


def edition_named(said: str) -> Edition | None:
    """The edition in that language."""
    language = language_named(said)
    return Edition(language) if language else None
