"""What is asked for while a round trip is under way is asked together in the next one."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Generic, TypeVar

Question = TypeVar("Question")
Answer = TypeVar("Answer")

MOST = 100
"""Questions in one round trip."""
PAUSE_SECONDS = 0.02
"""After a round trip for several: a round trip costs as much as many questions in it."""


class Together(Generic[Question, Answer]):
    """Gathers questions. `ask` answers them in their order; what it raises, all of them get."""

    def __init__(self, ask: Callable[[Sequence[Question]], Awaitable[Sequence[Answer]]]) -> None:
        self._ask = ask
        self._waiting: list[tuple[Question, asyncio.Future[Answer]]] = []
        self._task: asyncio.Task[None] | None = None

    async def ask(self, question: Question) -> Answer:
        """Its answer."""
        future: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()
        self._waiting.append((question, future))
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._work())
        return await future

    async def _work(self) -> None:
        while self._waiting:
            batch, self._waiting = self._waiting[:MOST], self._waiting[MOST:]
            await self._answer(
                [(question, future) for question, future in batch if not future.done()]
            )
            if len(batch) > 1:
                await asyncio.sleep(PAUSE_SECONDS)

    async def _answer(self, open_: Sequence[tuple[Question, asyncio.Future[Answer]]]) -> None:
        try:
            answers = await self._ask([question for question, _ in open_])
        except Exception as error:  # noqa: BLE001 whoever waits gets it
            for _, future in open_:
                if not future.done():
                    future.set_exception(error)
        else:
            for (_, future), answer in zip(open_, answers, strict=True):
                if not future.done():
                    future.set_result(answer)
