"""Callback and inline queries, and what the bot answered to them."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import count

from simulator.telegram.errors import bad_request
from simulator.telegram.model import Json

TOO_OLD = "query is too old and response timeout expired or query ID is invalid"


@dataclass(slots=True)
class Query:
    """A question that the bot may answer once, for a while."""

    id: str
    kind: str
    """`callback` or `inline`."""
    user_id: int
    asked: float
    text: str = ""
    chat_id: int = 0
    answer: Json | None = None
    answered: asyncio.Event = field(default_factory=asyncio.Event)


class Queries:
    """All that were asked, by id."""

    def __init__(self, clock: Callable[[], float], lifetime: float) -> None:
        self._clock = clock
        self._queries: dict[str, Query] = {}
        self._ids = count(7_000_000_001)
        self._lifetime = lifetime

    def ask(self, kind: str, user_id: int, text: str = "", chat_id: int = 0) -> Query:
        """A new one."""
        query = Query(str(next(self._ids)), kind, user_id, self._clock(), text, chat_id)
        self._queries[query.id] = query
        return query

    def get(self, query_id: str) -> Query | None:
        """The query with this id."""
        return self._queries.get(query_id)

    def answer(self, kind: str, query_id: str, answer: Json) -> Query:
        """Take the bot's answer. Raises ApiError where it is too late, or there is none such."""
        query = self._queries.get(query_id)
        if query is None or query.kind != kind or query.answer is not None:
            raise bad_request(TOO_OLD)
        if self._clock() - query.asked > self._lifetime:
            raise bad_request(TOO_OLD)
        query.answer = answer
        query.answered.set()
        return query

    def answers(self, kind: str) -> dict[str, Json]:
        """What was answered, by query id."""
        return {
            query.id: query.answer
            for query in self._queries.values()
            if query.kind == kind and query.answer is not None
        }
