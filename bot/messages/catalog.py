"""The bot's texts in a language, from the gettext catalogues in `locales/`."""

import gettext
from functools import cache
from importlib import resources
from io import BytesIO

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from bot.messages.markup import Markup, escape
from bot.model import Language

DOMAIN = "jarchy"


def marked(msgid: str) -> str:
    """A msgid that stands in a table; this mark lets the tests find it."""
    return msgid


class Catalog:
    """The texts of one language. A msgid is the English text, with `{named}` places."""

    def __init__(self, language: Language, translations: gettext.NullTranslations) -> None:
        self.language = language
        self._translations = translations

    def text(self, msgid: str, **params: str | int | Markup) -> Markup:
        """For a message: the msgid may hold tags, and what is put in is escaped."""
        return _filled(self._translations.gettext(msgid), params)

    def plural(self, singular: str, plural: str, n: int, **params: str | int | Markup) -> Markup:
        """As `text`, in the form that goes with `{n}`."""
        return _filled(self._translations.ngettext(singular, plural, n), {"n": n, **params})

    def label(self, msgid: str, **params: str | int) -> str:
        """For a button, a toast or a menu, which know no formatting."""
        return self._translations.gettext(msgid).format_map(params)


def _filled(template: str, params: dict[str, str | int | Markup]) -> Markup:
    return Markup(template.format_map({name: escape(each).html for name, each in params.items()}))


@cache
def catalog(language: Language) -> Catalog:
    """The texts of this language, compiled when first asked for."""
    file = resources.files(__package__) / "locales" / language / "LC_MESSAGES" / f"{DOMAIN}.po"
    with file.open("rb") as source:
        messages = read_po(source, locale=language)
    compiled = BytesIO()
    write_mo(compiled, messages)
    compiled.seek(0)
    return Catalog(language, gettext.GNUTranslations(compiled))
