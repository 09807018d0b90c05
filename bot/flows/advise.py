"""What to say of a subscription beside that it is there: how it was read, what it would have met,
and how it may be changed.
"""

from collections.abc import Collection

from bot.flows.recent import Recent
from bot.matching import rewriting
from bot.matching.beside import beside
from bot.matching.connectives import connected
from bot.matching.query import Query, QueryError, parse
from bot.matching.reading import reading
from bot.messages.replies.cards import Card
from bot.model import Chat, Edition, Item, Subscription

MANY_PER_DAY = 10
TITLES = 200
TRIED = 12
NARROWER = 3
RARE = 0.03
"""What so few of the articles hold is too narrow to be suggested."""


def read(text: str) -> Query | None:
    """The query of a subscription, where it can still be read."""
    try:
        return parse(text)
    except QueryError:
        return None


def others(query: Query, known: Collection[str]) -> dict[Query, frozenset[Edition]]:
    """The same in other languages: query → editions, without those whose keys are known."""
    try:
        found = rewriting.translated(query)
    except QueryError:
        return {}
    by_key = {asked.key: asked for asked in found.values() if asked.key not in known}
    return {
        asked: frozenset(edition for edition, of in found.items() if of.key == key)
        for key, asked in by_key.items()
    }


class Advise:
    """Puts a subscription's card together."""

    def __init__(self, recent: Recent, polled: Collection[Edition] = tuple(Edition)) -> None:
        self._recent = recent
        self._polled = frozenset(polled)

    async def card(self, chat: Chat, subscription: Subscription, known: Collection[str]) -> Card:
        """`known`: keys of all that the chat is subscribed to."""
        query = read(subscription.text)
        if query is None:
            return Card(subscription)
        outlook = await self._recent.outlook(query, subscription.editions)
        is_much = outlook is not None and outlook.per_day > MANY_PER_DAY
        told, meant = reading(query, chat.language), connected(query)
        return Card(
            subscription,
            reading="" if told == query.text else told,
            editions=self.possible(query),
            outlook=outlook,
            is_much=is_much,
            wider=tuple(rewriting.derived(query, subscription.editions)),
            narrower=await self._narrower(query, subscription.editions) if is_much else (),
            meant=reading(meant, chat.language) if meant else "",
            parts=tuple(rewriting.parts(query)),
            others=tuple(
                (asked.text, editions & self._polled)
                for asked, editions in others(query, known).items()
                if editions & self._polled
            ),
        )

    def possible(self, query: Query) -> frozenset[Edition]:
        """The editions that are read and can hold what it asks for."""
        return frozenset(edition for edition in self._polled if query.held_by(edition))

    async def _narrower(self, query: Query, editions: frozenset[Edition]) -> tuple[str, ...]:
        """Words with which it would meet fewer, but not too few, the most frequent first."""
        met = await self._recent.met(query, editions)
        titles = [(item.title, item.edition) for item in met[:TITLES]]
        left: dict[str, int] = {}
        for word in beside(query, titles)[:TRIED]:
            left[word] = len(await self._with(word, query, editions))
        fit = [word for word, count in left.items() if RARE * len(met) < count < len(met) / 2]
        return tuple(sorted(fit, key=lambda word: -left[word])[:NARROWER])

    async def _with(self, word: str, query: Query, editions: frozenset[Edition]) -> list[Item]:
        try:
            narrow = rewriting.narrowed(query, word)
        except QueryError:
            return []
        return await self._recent.met(narrow, editions)
