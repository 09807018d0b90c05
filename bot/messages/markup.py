"""Telegram's HTML as a type of its own, so that outside text can't get into it unescaped."""

import html
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

MAX_URL = 2048
_URL_CHARACTERS = "/:?#[]@!$&'()*+,;=%~"


@dataclass(frozen=True, slots=True)
class Markup:
    """A piece of Telegram's HTML. Made by the functions of this module and by `Catalog`."""

    html: str

    def __add__(self, other: "Markup") -> "Markup":
        return Markup(self.html + other.html)

    def join(self, parts: Iterable["Markup"]) -> "Markup":
        """As `str.join`."""
        return Markup(self.html.join(part.html for part in parts))

    def __bool__(self) -> bool:
        return bool(self.html)


NOTHING = Markup("")
LINE = Markup("\n")
PARAGRAPH = Markup("\n\n")
DOT = Markup(" · ")


def escape(value: "str | int | Markup") -> Markup:
    """Text as markup; markup stays as it is."""
    return value if isinstance(value, Markup) else Markup(html.escape(str(value), quote=False))


def bold(content: Markup) -> Markup:
    """In bold."""
    return Markup(f"<b>{content.html}</b>")


def underlined(content: Markup) -> Markup:
    """Underlined."""
    return Markup(f"<u>{content.html}</u>")


def link(url: str, content: Markup) -> Markup:
    """A link to the `address` of a URL; where it has none, the content alone."""
    to = html.escape(address(url))
    return Markup(f'<a href="{to}">{content.html}</a>') if to else content


def address(url: str) -> str:
    """The URL in ASCII; empty where it is none that Telegram could open."""
    try:
        safe = quote(url, safe=_URL_CHARACTERS)
        parts = urlsplit(safe)
    except ValueError:
        return ""
    is_open = parts.scheme in {"http", "https"} and bool(parts.hostname)
    return safe if is_open and len(safe) <= MAX_URL else ""
