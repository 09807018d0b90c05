"""What was searched for, for the buttons and links that name it."""

import json

from bot.model import Searched
from bot.store import keys
from bot.store.connection import Client


class RedisSearches:
    """`Searches`."""

    def __init__(self, client: Client) -> None:
        self._client = client

    async def keep(self, key: str, searched: Searched, seconds: int) -> None:
        """As JSON: the words, and where each page begins."""
        value = json.dumps([searched.words, *searched.pages], ensure_ascii=False)
        await self._client.execute("SET", keys.searched(key), _sent(value), "EX", seconds)

    async def get(self, key: str) -> Searched | None:
        """One round trip."""
        value = await self._client.execute("GET", keys.searched(key))
        if value is None:
            return None
        words, *pages = json.loads(value)
        return Searched(words, tuple(pages))


def _sent(value: str) -> bytes:
    """A lone surrogate, which no reader can type, is no reason to fail."""
    return value.encode("utf-8", "replace")
