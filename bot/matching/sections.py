"""What an article's section may be called."""

from bot.matching.terms import Form, Word
from bot.model import Article, Edition

_ALONE = {"english": Edition.EN, "kyrgyzcha": Edition.KY, "кыргызча": Edition.KY}
"""The section that is all of an edition. Only the Russian edition has others."""


def section_names(article: Article) -> tuple[str, ...]:
    """As readers see it, and as its address has it."""
    parts = article.url.partition("://")[2].split("/")
    slug = parts[1] if len(parts) > 2 else ""  # noqa: PLR2004 host, section, id
    return tuple(name for name in (article.section, slug) if name)


def edition_of(words: tuple[Word, ...]) -> Edition:
    """The one edition that has a section of these words."""
    return next((_ALONE[name] for name in _ALONE if _is_called(name, words)), Edition.RU)


def _is_called(name: str, words: tuple[Word, ...]) -> bool:
    is_begun = words[0].form is Form.PREFIX and name.startswith(words[0].text)
    return len(words) == 1 and (is_begun or words[0].text == name)
