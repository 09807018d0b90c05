"""Under which words an article is entered, and what is kept of it."""

from typing import NamedTuple

from bot.model import Article
from bot.search import cards, naming
from bot.search.damage import Damaged
from bot.search.numbering import Numbering


class Entry(NamedTuple):
    """An article as it is entered."""

    words: set[int]
    card: bytes
    said: bytes


class Entries:
    """Reads articles. Every method raises sqlite3.Error."""

    def __init__(self, words: Numbering) -> None:
        self._words = words

    def read(self, article: Article) -> Entry:
        """The entry of an article."""
        words = self._beside(article)
        row = self._words.sequence(article.title, article.edition)
        for text in article.body:
            row += self._words.sequence(text, article.edition)
            words.update(self._words.compounds(text, article.edition))
        card = cards.pack(cards.card_of(article))
        return Entry(words.union(row) - {0}, card, cards.pack_words(row))

    def known(self, id_: int, edition: str, published: int, card: bytes, said: bytes) -> set[int]:
        """Under which words an article is that has these rows; none where they are damaged."""
        try:
            article = cards.article_of(id_, edition, published, card)
            return {*cards.unpack_words(said), *self._beside(article)} - {0}
        except Damaged:
            return set()

    def _beside(self, article: Article) -> set[int]:
        """What can be told from the card alone: the words of title and section, as such."""
        edition, number = article.edition, self._words
        title = {*number.sequence(article.title, edition)} - {0}
        title.update(number.compounds(article.title, edition))
        begun = number.of(naming.beginnings(article.title))
        others = number.of((*naming.of_section(article), naming.of_edition(edition)))
        return {*title, *others, *(-each for each in (*title, *begun))}
