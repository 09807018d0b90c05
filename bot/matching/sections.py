"""What an article's section may be called."""

from bot.model import Article


def section_names(article: Article) -> tuple[str, ...]:
    """As readers see it, and as its address has it."""
    parts = article.url.partition("://")[2].split("/")
    slug = parts[1] if len(parts) > 2 else ""  # noqa: PLR2004 host, section, id
    return tuple(name for name in (article.section, slug) if name)
