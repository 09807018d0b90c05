"""Searching, page by page, and what else is about the same.

Pages are numbered from 0. A button names a search by its key and a page by its number; where a
page begins is kept with the search when the page before it is shown.
"""

import base64
import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import replace

from bot.flows.subscribe import understood
from bot.matching.query import Query
from bot.messages.replies.search import Shown
from bot.model import Chat, ChatRef, Edition, Hit, Item, Searched, Wanted
from bot.ports import Articles, Search, Searches

PER_PAGE = 5
MOST_RELATED = 6
MOST_NAMED = 3
KEPT_SECONDS = 30 * 86400
"""So long the buttons of a search can be pressed."""
LONGEST = 256
"""Code points of what is searched for: as many as Telegram lets anybody type inline."""


def key_of(chat: ChatRef | None, words: str) -> str:
    """16 of `A-Za-z0-9_-`. None: for whoever has a link."""
    digest = hashlib.sha256(f"{chat or ''}\n{words}".encode("utf-8", "surrogatepass")).digest()
    return base64.urlsafe_b64encode(digest[:12]).decode()


def folded(words: str) -> str:
    """White space folded, and not more than can be searched for."""
    return " ".join(words.split())[:LONGEST].strip()


def editions_of(chat: Chat) -> tuple[Edition, ...]:
    """The chat's, the one in its own language first."""
    return tuple(sorted(chat.editions, key=lambda each: (each.value != chat.language.value, each)))


def can_follow(words: str) -> bool:
    """Whether one of the queries in it can be subscribed to: anything can be searched for."""
    return any(isinstance(each, Query) for each in understood(words))


class Searching:
    """Searches for a chat. Every method raises StoreUnavailable."""

    def __init__(self, search: Search, searches: Searches, articles: Articles) -> None:
        self._articles = articles
        self._search = search
        self._searches = searches

    async def begin(self, chat: Chat, words: str) -> Shown:
        """The first page."""
        words = folded(words)
        return await self._show(chat, key_of(chat.ref, words), Searched(words), 0)

    async def turn(self, chat: Chat, key: str, page: int) -> Shown | None:
        """Another page of a search; None where that is no longer known, or the page never was."""
        searched = await self._searches.get(key)
        if searched is None or page > len(searched.pages):
            return None
        return await self._show(chat, key, searched, page)

    async def words(self, key: str) -> str:
        """What was searched for; empty where that is no longer known."""
        searched = await self._searches.get(key)
        return searched.words if searched else ""

    async def _show(self, chat: Chat, key: str, searched: Searched, page: int) -> Shown:
        after = searched.pages[page - 1] if page else ""
        wanted = Wanted(searched.words, editions_of(chat), PER_PAGE, after)
        found = await self._search.find(wanted)
        pages = (*searched.pages[:page], found.next) if found.next else searched.pages[:page]
        await self._searches.keep(key, replace(searched, pages=pages), KEPT_SECONDS)
        return Shown(key, searched.words, page, found, can_follow(searched.words))

    async def related(self, articles: Iterable[int]) -> list[Hit]:
        """What else is about the same as these, each once: what their pages name, then earlier
        articles that have words in common with them.
        """
        about = [*dict.fromkeys(articles)]
        found = await self._named(about)
        for article in about:
            for hit in await self._search.like(article, MOST_RELATED):
                found.setdefault(hit.id, hit)
        return [hit for id_, hit in found.items() if id_ not in about][:MOST_RELATED]

    async def _named(self, about: Sequence[int]) -> dict[int, Hit]:
        kept = await self._articles.get(about)
        ids = [id_ for article in kept.values() for id_ in article.related]
        rows = await self._articles.headlines(ids)
        hits = [_hit(rows[id_]) for id_ in ids if id_ in rows]
        return {hit.id: hit for hit in hits[:MOST_NAMED]}


def _hit(row: Item) -> Hit:
    return Hit(row.id, row.edition, row.url, row.title, row.published)
