"""What the site has published, and the order in which it hands out ids."""

import random
import re
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from simulator.site.editions import EDITIONS, Edition

BISHKEK = ZoneInfo("Asia/Bishkek")

# How the site spells Cyrillic in addresses.
_LATIN = dict(
    zip(
        "абвгдеёжзийклмнопрстуфхцчшщъыьэюяөүң",
        [
            "a",
            "b",
            "v",
            "g",
            "d",
            "e",
            "e",
            "j",
            "z",
            "i",
            "y",
            "k",
            "l",
            "m",
            "n",
            "o",
            "p",
            "r",
            "s",
            "t",
            "u",
            "f",
            "h",
            "ts",
            "ch",
            "sh",
            "sch",
            "",
            "yi",
            "",
            "e",
            "yu",
            "ya",
            "o",
            "u",
            "n",
        ],
        strict=True,
    )
)

_BECOMES_DRAFT = 0.2
_DRAFT_APPEARS = 0.15


@dataclass(frozen=True, slots=True)
class Article:
    """A published article.

    `body` holds one block a string: a paragraph, or by its first characters a list item (`- `),
    a quote (`> `), a heading (`## `) or a table row (`| a | b`).
    """

    id: int
    edition: Edition
    title: str
    body: tuple[str, ...]
    published: datetime
    section: str
    slug: str
    author: str
    important: bool = False
    picture: str = ""
    views: int = 0

    @property
    def short_path(self) -> str:
        """The address that the page itself offers."""
        return f"/{EDITIONS[self.edition].section_path(self.section)}/{self.id}/"

    @property
    def path(self) -> str:
        """The address in listings. The slug keeps the title as it was when published."""
        return f"{self.short_path.rstrip('/')}_{self.slug}/"


def slug(title: str) -> str:
    """A title as the site writes it in an address: Latin, words joined by underscores."""
    spelled = "".join(_spell(letter) for letter in title)
    return re.sub(r"[^A-Za-z0-9-]+", "_", spelled).strip("_")


def _spell(letter: str) -> str:
    return _LATIN.get(letter.lower(), letter)


class Ids:
    """One sequence for all editions. Some ids are drafts that appear later, so that ids are not
    in publishing order, and some never appear.
    """

    def __init__(self, first: int, dice: random.Random) -> None:
        self._next = first
        self._dice = dice
        self._drafts: list[int] = []

    def take(self) -> int:
        """The id of what is published now: usually a new one, now and then a draft's."""
        if self._drafts and self._dice.random() < _DRAFT_APPEARS:
            return self._drafts.pop(0)
        self._next += 1
        if self._dice.random() < _BECOMES_DRAFT:
            self._drafts.append(self._next)
            self._next += 1
        return self._next

    def reserve(self, taken: int) -> None:
        """Never hand out an id that was given from outside."""
        self._drafts = [draft for draft in self._drafts if draft != taken]
        self._next = max(self._next, taken)
