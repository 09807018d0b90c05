"""A query in the index, where it waits for its article, and who asked for it."""

from zlib import crc32

from bot.matching.program import NEVER, Program
from bot.matching.query import Query
from bot.matching.readers import Readers

ALWAYS = -1
"""The number of a word that stands in every text."""


class Entry(Readers):
    """A query under one key, and who asked for it."""

    __slots__ = ("_seen", "barred", "beside", "is_enough", "key", "meaning", "program", "under")

    def __init__(self, key: str, query: Query, program: Program) -> None:
        super().__init__()
        self.key = key
        self.meaning = key if key == query.key else query.key
        self.program = program
        self.see(query.text)
        self.under: int | tuple[int, ...] = ()
        """The word that must stand there; or several, one of which must."""
        self.beside = ALWAYS
        """The word that must stand there too."""
        self.barred = NEVER
        """A word that must not stand there."""
        self.is_enough = False
        """With these it is met, without another look."""

    @property
    def is_sure(self) -> bool:
        """Whether a word it waits under is all that it asks for."""
        return self.is_enough and self.barred == NEVER and self.beside == ALWAYS

    def says(self, text: str) -> bool:
        """Whether this wording is the one that was parsed last."""
        return self._seen == _digest(text)

    def see(self, text: str) -> None:
        """Keep which wording was parsed last."""
        self._seen = _digest(text)


def _digest(text: str) -> int:
    """The same in all processes, which `hash` isn't."""
    return crc32(text.encode("utf-8", "surrogatepass"))
