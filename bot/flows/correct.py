"""Messages that told an article which has changed since are edited to say what it says now.

changed → a while → who was told, by batches → words → a slot that is left → edit
"""

from collections.abc import AsyncIterator, Sequence

import structlog

from bot.flows.audience import Audience
from bot.flows.compose import Compose
from bot.flows.deliver import LEASE_SECONDS
from bot.flows.leftover import Leftover
from bot.flows.tell import Tell
from bot.model import Alert, ChatRef, Message, Post, RetryLater
from bot.ports import Articles, Clock, Corrections, Posts

SETTLED_SECONDS = LEASE_SECONDS
"""After so long, whatever was put into words before the change is on record, or was never sent."""
GIVE_UP_SECONDS = 2 * 3600.0
BATCH = 20

log = structlog.get_logger(__name__)


class Correct:
    """One process at a time corrects. What it has edited it remembers only for itself: another
    that goes on begins anew, and what says so already stays as it is.
    """

    def __init__(
        self,
        corrections: Corrections,
        articles: Articles,
        posts: Posts,
        audience: Audience,
        compose: Compose,
        leftover: Leftover,
        tell: Tell,
        clock: Clock,
    ) -> None:
        self._corrections = corrections
        self._articles = articles
        self._posts = posts
        self._audience = audience
        self._compose = compose
        self._leftover = leftover
        self._tell = tell
        self._clock = clock
        self._done: dict[int, tuple[float, set[ChatRef]]] = {}
        """Article → since when it is corrected, and the chats that are done with."""
        self._stopped = False

    def stop(self) -> None:
        """Edit no more; what is left is done after the next start."""
        self._stopped = True

    async def run(self) -> None:
        """Put right what is to be, as far as alerts leave time for it. Raises StoreUnavailable,
        TokenRefused.
        """
        found = await self._corrections.open()
        self._done = {article: done for article, done in self._done.items() if article in found}
        for number, since in found.items():
            if self._now() >= since + SETTLED_SECONDS and await self._correct(number, since):
                await self._corrections.close(number, since)
                log.info("messages corrected", article=number, chats=len(self._done_with(number)))

    async def _correct(self, number: int, since: float) -> bool:
        """Whether nothing is left to do."""
        article = (await self._articles.get([number])).get(number)
        if article is None or self._now() > since + GIVE_UP_SECONDS:
            return True
        if self._done.get(number, (0.0, set()))[0] != since:
            self._done[number] = since, set()
        wanting = {alert.chat: alert for alert in await self._audience.wanting(article)}
        is_whole = True
        async for batch in self._batches(number):
            if self._stopped:
                return False
            alerts = [wanting.get(each.chat, Alert(each.chat, number, ())) for each in batch]
            messages = await self._compose.again(article, alerts)
            is_whole &= await self._edit(number, batch, messages)
        return is_whole

    async def _batches(self, number: int) -> AsyncIterator[Sequence[Post]]:
        """Of the messages that are left, those that tell nothing else."""
        batch: dict[ChatRef, Post] = {}
        async for post in self._posts.of(number):
            if post.is_alone and post.chat not in self._done_with(number):
                batch[post.chat] = post
            if len(batch) == BATCH:
                yield [*batch.values()]
                batch = {}
        if batch:
            yield [*batch.values()]

    async def _edit(
        self, number: int, batch: Sequence[Post], messages: dict[ChatRef, Message]
    ) -> bool:
        """Whether each is done with."""
        left = len(batch)
        for post in batch:
            message = messages.get(post.chat)
            if message is None or await self._is_edited(post, message):
                self._done_with(number).add(post.chat)
                left -= 1
        return left == 0

    async def _is_edited(self, post: Post, message: Message) -> bool:
        """Whatever is refused for good is done with, too."""
        await self._leftover.next(None)
        outcome = await self._tell.edit(post.chat, post.message_id, message)
        return not isinstance(outcome, RetryLater)

    def _done_with(self, number: int) -> set[ChatRef]:
        return self._done[number][1] if number in self._done else set()

    def _now(self) -> float:
        return self._clock.now().timestamp()
