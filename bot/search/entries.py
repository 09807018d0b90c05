"""Under which words an article is entered, and what is kept of it."""

from collections.abc import Iterable
from typing import NamedTuple

from bot.search import cards, naming
from bot.search.damage import Damaged
from bot.search.drafts import Draft, Head, head_of
from bot.search.numbering import Numbering


class Entry(NamedTuple):
    """An article as it is entered."""

    words: set[int]
    said: bytes


class Entries:
    """Gives articles' words their numbers. Every method raises sqlite3.Error."""

    def __init__(self, words: Numbering) -> None:
        self._words = words

    def read(self, draft: Draft) -> Entry:
        """The entry of an article."""
        met = self._words.met(draft.head.edition)
        row = [met[word] for word in draft.words]
        words = {*row, *(met[word] for word in draft.compounds), *self._beside(draft.head)}
        return Entry(words - {0}, cards.pack_words(row))

    def known(self, id_: int, edition: str, published: int, card: bytes, said: bytes) -> set[int]:
        """Under which words an article is that has these rows; none where they are damaged."""
        try:
            article = cards.article_of(id_, edition, published, card)
            return {*cards.unpack_words(said), *self._beside(head_of(article))} - {0}
        except Damaged:
            return set()

    def _beside(self, head: Head) -> Iterable[int]:
        """What can be told from the card alone: the words of title and section, as such."""
        met, of = self._words.met(head.edition), self._words.of
        title = [met[word] for word in head.title]
        begun = [of(naming.begun(each)) for each in head.begun]
        section = [of(naming.in_section(word, head.edition)) for word in head.section]
        own = of(naming.of_edition(head.edition))
        return {*title, *section, own, *(-each for each in (*title, *begun))}
