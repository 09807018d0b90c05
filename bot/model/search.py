"""What is asked of the index, and what it finds."""

from dataclasses import dataclass
from datetime import datetime

from bot.model.news import Edition


@dataclass(frozen=True, slots=True)
class Wanted:
    """A search, as typed."""

    words: str
    editions: tuple[Edition, ...] = ()
    """The reader's: what they hold ranks higher. All editions are searched in any case."""
    limit: int = 5
    after: str = ""
    """`Found.next` of the page before; empty: the first page. Anything else begins anew."""
    is_typing: bool = False
    """The last word may not be whole yet: what begins with it is found too, and nothing is marked:
    there is no bold where one types.
    """


@dataclass(frozen=True, slots=True)
class Hit:
    """An article, or the row of one whose page was never read (`lead` is empty then)."""

    id: int
    edition: Edition
    url: str
    title: str
    published: datetime
    lead: str = ""
    section: str = ""
    picture: str = ""
    marks: tuple[tuple[int, int], ...] = ()
    """Where the words that were searched for stand in `title`: begin and end, in code points."""
    lead_marks: tuple[tuple[int, int], ...] = ()
    """The same in `lead`."""


@dataclass(frozen=True, slots=True)
class Found:
    """A page of hits, the best first."""

    hits: tuple[Hit, ...]
    next: str = ""
    """Names the page after this one, at most 32 ASCII letters, digits and `.-`; empty: there is
    none. What is published meanwhile shifts nothing. Without hits: more is left to look through.
    """
    is_whole: bool = True
    """False: the index is being built, and more may be there."""


@dataclass(frozen=True, slots=True)
class Searched:
    """A search that buttons and links name by a key."""

    words: str
    pages: tuple[str, ...] = ()
    """`Found.next` of each page that was shown, from the first on."""
