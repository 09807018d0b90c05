"""Who wants an article: an inverted index of all subscriptions.

key → terms that it finds → queries that wait under this term, their rarest → who asked. An
article's distinct words are looked up once; only queries whose rarest term stands in it are
looked at.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from bot.matching.analysis import keys
from bot.matching.query import Query, Term, parse
from bot.matching.scan import Scan
from bot.matching.words import surfaces
from bot.model import Article, ChatRef, Edition, Subscription


@dataclass(slots=True, eq=False)
class _Posting:
    """A term that some query asks for."""

    term: Term
    canonical: str
    uses: int = 0
    """By how many queries."""
    entries: dict[str, "_Entry"] = field(default_factory=dict)
    """The queries that wait under it, by key."""


@dataclass(slots=True, eq=False)
class _Entry:
    """A query and who asked for it."""

    query: Query
    postings: tuple[_Posting, ...]
    rarest: _Posting
    readers: dict[tuple[ChatRef, str], frozenset[Edition]] = field(default_factory=dict)


class Matcher:
    """The index of subscriptions. A change holds from the next article on."""

    def __init__(self) -> None:
        self._index: dict[str, tuple[_Posting, ...]] = {}
        self._postings: dict[str, _Posting] = {}
        self._entries: dict[str, _Entry] = {}
        self._texts: dict[str, _Entry] = {}
        self._places: dict[tuple[ChatRef, str], _Entry] = {}

    def __len__(self) -> int:
        return len(self._places)

    def put(self, subscription: Subscription) -> None:
        """Add a subscription, in place of one of the same chat and key. Raises QueryError, and
        then nothing is changed.
        """
        known = self._texts.get(subscription.text)
        query = known.query if known else parse(subscription.text)
        self.remove(subscription.chat, subscription.key)
        entry = self._entries.get(query.key) or self._enter(query)
        place = (subscription.chat, subscription.key)
        entry.readers[place] = subscription.editions
        self._places[place] = entry

    def remove(self, chat: ChatRef, key: str) -> None:
        """Remove a subscription; an unknown one is nothing."""
        entry = self._places.pop((chat, key), None)
        if entry is None:
            return
        del entry.readers[chat, key]
        if not entry.readers:
            self._forget(entry)

    def match(self, article: Article) -> dict[ChatRef, tuple[str, ...]]:
        """Who wants the article: chat → sorted keys of its subscriptions that the article meets
        in the editions that they are followed in.
        """
        held = self._held(article)
        found: dict[ChatRef, list[str]] = {}
        for posting in held:
            for entry in posting.entries.values():
                if held.issuperset(entry.postings):
                    _collect(entry, article.edition, found)
        return {chat: tuple(sorted(of_chat)) for chat, of_chat in found.items()}

    def _enter(self, query: Query) -> _Entry:
        postings = tuple(self._post(term) for term in query.terms)
        rarest = min(postings, key=lambda posting: posting.uses)
        entry = _Entry(query, postings, rarest)
        rarest.entries[query.key] = entry
        self._entries[query.key] = self._texts[query.text] = entry
        return entry

    def _post(self, term: Term) -> _Posting:
        canonical = term.canonical
        posting = self._postings.get(canonical)
        if posting is None:
            posting = self._postings[canonical] = _Posting(term, canonical)
            for key in _leads(term):
                self._index[key] = (*self._index.get(key, ()), posting)
        posting.uses += 1
        return posting

    def _forget(self, entry: _Entry) -> None:
        del self._entries[entry.query.key], self._texts[entry.query.text]
        del entry.rarest.entries[entry.query.key]
        for posting in entry.postings:
            posting.uses -= 1
            if not posting.uses:
                self._drop(posting)

    def _drop(self, posting: _Posting) -> None:
        del self._postings[posting.canonical]
        for key in _leads(posting.term):
            left = tuple(other for other in self._index[key] if other is not posting)
            if left:
                self._index[key] = left
            else:
                del self._index[key]

    def _held(self, article: Article) -> set[_Posting]:
        """The terms that stand in the article."""
        texts = (article.title, *article.body)
        words = set().union(*map(surfaces, texts))
        found = [keys(word, article.edition) for word in words]
        held = self._led_by(found)
        runs = [posting for posting in held if len(posting.term.words) > 1]
        if runs:
            held.difference_update(_scattered(runs, set().union(*found), article))
        return held

    def _led_by(self, found: Iterable[frozenset[str]]) -> set[_Posting]:
        """The terms whose leading word was found; where it is their only one, they stand."""
        index = self._index
        return {
            posting
            for of_word in found
            for key in of_word
            if key in index
            for posting in index[key]
        }


def _scattered(runs: list[_Posting], found: set[str], article: Article) -> Iterator[_Posting]:
    """Those of the terms of several words that do not stand in the article in one place."""
    scans: list[Scan] = []
    for posting in runs:
        if not _may_stand(posting.term, found):
            yield posting
            continue
        scans = scans or [Scan.of(text, article.edition) for text in (article.title, *article.body)]
        if not any(next(scan.places(posting.term), None) for scan in scans):
            yield posting


def _may_stand(term: Term, found: set[str]) -> bool:
    return not found.isdisjoint(term.joined) or not any(
        found.isdisjoint(word.keys) for word in term.words
    )


def _leads(term: Term) -> frozenset[str]:
    """The keys under which a term is indexed: those of its longest word, the rarest by rule of
    thumb, and of the whole written as one word.
    """
    return max(term.words, key=lambda word: len(word.text)).keys | term.joined


def _collect(entry: _Entry, edition: Edition, found: dict[ChatRef, list[str]]) -> None:
    for (chat, key), editions in entry.readers.items():
        if edition in editions:
            found.setdefault(chat, []).append(key)
