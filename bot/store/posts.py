"""The messages of the last day that told articles."""

from collections.abc import AsyncIterator, Collection, Mapping

from bot.model import ChatRef, Post
from bot.store import keys
from bot.store.connection import Client, Command

BATCH = 500


class RedisPosts:
    """`Posts`. `Outbox.settle` writes them."""

    def __init__(self, client: Client) -> None:
        self._client = client

    async def of(self, article: int) -> AsyncIterator[Post]:
        """A batch a round trip."""
        at = 0
        while True:
            asked = ("HSCAN", keys.posts(article), at, "COUNT", BATCH)
            at, found = await self._client.execute(*asked)
            for name, message in found.items():
                yield _post(ChatRef.parse(name.decode()), message)
            if at == 0:
                return

    async def find(self, article: int, chats: Collection[ChatRef]) -> dict[ChatRef, Post]:
        """One round trip."""
        if not chats:
            return {}
        found = await self._client.execute("HMGET", keys.posts(article), *map(str, chats))
        pairs = zip(chats, found, strict=True)
        return {chat: _post(chat, message) for chat, message in pairs if message}

    async def count(self, chats: Mapping[ChatRef, str]) -> dict[ChatRef, int]:
        """One round trip."""
        if not chats:
            return {}
        counts: list[Command] = [("HGET", keys.told(day), str(chat)) for chat, day in chats.items()]
        found = await self._client.execute_all(counts)
        return {chat: int(count or 0) for chat, count in zip(chats, found, strict=True)}


def _post(chat: ChatRef, message: bytes) -> Post:
    number = int(message)
    return Post(chat, abs(number), is_alone=number > 0)
