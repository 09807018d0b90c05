"""Who of several processes polls the site."""

import secrets

from bot.store import keys
from bot.store.connection import Client
from bot.store.scripts import load

LEAD = load("lead")
RESIGN = load("resign")


class RedisLeadership:
    """`Leadership`. Each instance is a candidate of its own."""

    def __init__(self, client: Client) -> None:
        self._client = client
        self._me = secrets.token_urlsafe(9)

    async def hold(self, seconds: float) -> bool:
        """By the store's own clock."""
        milliseconds = max(1, round(seconds * 1000))
        return bool(await self._client.run(LEAD, (keys.LEADER,), self._me, milliseconds))

    async def resign(self) -> None:
        """Nothing, where another leads."""
        await self._client.run(RESIGN, (keys.LEADER,), self._me)
