"""What `@bot words` offers, in any chat, while it is being typed."""

import asyncio
from collections.abc import Awaitable
from contextlib import suppress
from typing import TypeVar

from bot.flows import links
from bot.flows.chats import ChatKeeper
from bot.flows.convert import Sum, asked
from bot.flows.exchange import Exchange
from bot.flows.search import can_follow, editions_of, folded, key_of
from bot.messages.replies.inline import MOST, Typed
from bot.model import Amiss, Chat, ChatRef, Found, Searched, Wanted
from bot.ports import Clock, Search, Searches, StoreUnavailable

MOST_TYPED = 20
"""So many at first: what is typed changes with each letter, and few look further down."""
SHORTEST = 2
"""Letters and digits of what one may be invited to follow."""
LINK_SECONDS = 86400
"""What a link names is kept for no longer: with each letter typed there is another."""
READERS_KEPT, READER_SECONDS = 10_000, 5.0
PATIENCE_SECONDS = 0.05
"""How long the store may take for what is only good to have: articles don't wait for it."""

T = TypeVar("T")
U = TypeVar("U")


class Inline:
    """Raises nothing for a store that fails: the index answers without it."""

    def __init__(
        self,
        search: Search,
        searches: Searches,
        exchange: Exchange,
        chats: ChatKeeper,
        clock: Clock,
        *,
        patience: float = PATIENCE_SECONDS,
    ) -> None:
        self._search = search
        self._searches = searches
        self._exchange = exchange
        self._chats = chats
        self._clock = clock
        self._readers: dict[ChatRef, tuple[float, Chat]] = {}
        """Whoever typed of late, until when that holds."""
        self._patience = patience

    async def typed(self, ref: ChatRef, language_code: str | None, words: str, after: str) -> Typed:
        """`ref`: the private chat of whoever types. `after`: `Found.next` of the page before;
        empty: the first page.
        """
        words, chat = folded(words), await self._reader(ref, language_code)
        if after:
            return Typed(chat, words, await self._find(chat, words, MOST, after), is_first=False)
        wanted = asked(words)
        if isinstance(wanted, Sum):
            found, sums = await asyncio.gather(
                self._find(chat, words, MOST_TYPED - 1),
                self._in_time(self._exchange.convert(chat, wanted), []),
            )
            if sums:
                return Typed(chat, words, found, tuple(sums))
        else:
            found = await self._find(chat, words, MOST_TYPED)
        if isinstance(wanted, Amiss):
            return Typed(chat, words, found, amiss=wanted)
        return Typed(chat, words, found, start=await self._in_time(self._start(words), ""))

    async def _reader(self, ref: ChatRef, language_code: str | None) -> Chat:
        """Looked up once for the letters that are typed in a row; where that takes too long, as
        last known, or a stranger.
        """
        now, stranger = self._clock.now().timestamp(), self._chats.stranger(ref, language_code)
        until, known = self._readers.get(ref, (0.0, stranger))
        if until > now:
            return known
        found = await self._in_time(self._chats.look(ref, language_code), None)
        if found is None:
            return known
        self._readers.pop(ref, None)
        while len(self._readers) >= READERS_KEPT:
            del self._readers[next(iter(self._readers))]
        self._readers[ref] = now + READER_SECONDS, found
        return found

    def _find(self, chat: Chat, words: str, limit: int, after: str = "") -> Awaitable[Found]:
        return self._search.find(
            Wanted(words, editions_of(chat), limit, after, is_typing=bool(words))
        )

    async def _in_time(self, finding: Awaitable[T], otherwise: U) -> T | U:
        with suppress(StoreUnavailable, TimeoutError):
            async with asyncio.timeout(self._patience):
                return await finding
        return otherwise

    async def _start(self, words: str) -> str:
        """What can't be followed is searched for all the same, and not invited to; nor is what
        has hardly begun.
        """
        if sum(map(str.isalnum, words)) < SHORTEST:
            return ""
        if not can_follow(words):
            return ""
        if start := links.to_query(words):
            return start
        key = key_of(None, words)
        await self._searches.keep(key, Searched(words), LINK_SECONDS)
        return links.to_key(key)
