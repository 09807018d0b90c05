"""Answers that many ask for at the same moment, found out once."""

import asyncio
from collections.abc import Awaitable, Callable, Hashable
from dataclasses import dataclass, field
from typing import Any, TypeVar

from bot.ports import Clock

MOST = 64

T = TypeVar("T")


@dataclass(slots=True)
class _Answer:
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    value: Any = None
    at: float = float("-inf")


class Fresh:
    """An answer is good for so many seconds. Who asks while it is being found out waits for it."""

    def __init__(self, clock: Clock, seconds: float) -> None:
        self._clock = clock
        self._seconds = seconds
        self._answers: dict[Hashable, _Answer] = {}

    async def get(self, key: Hashable, find: Callable[[], Awaitable[T]]) -> T:
        """What `find` says of this key. Where it raises, the next who asks has it try again."""
        answer = self._answer(key)
        async with answer.lock:
            if not self._is_good(answer):
                answer.value, answer.at = await find(), self._now()
            value: T = answer.value
            return value

    def _answer(self, key: Hashable) -> _Answer:
        if key not in self._answers and len(self._answers) >= MOST:
            kept = {k: a for k, a in self._answers.items() if self._is_good(a) or a.lock.locked()}
            self._answers = kept
        return self._answers.setdefault(key, _Answer())

    def _is_good(self, answer: _Answer) -> bool:
        return 0 <= self._now() - answer.at < self._seconds

    def _now(self) -> float:
        return self._clock.now().timestamp()
