"""Which updates of Telegram's were handled to the end."""

from bot.store import keys
from bot.store.connection import Client


class RedisHandled:
    """`Handled`."""

    def __init__(self, client: Client) -> None:
        self._client = client

    async def was(self, update_id: int) -> bool:
        return bool(await self._client.execute("EXISTS", keys.handled(update_id)))

    async def add(self, update_id: int) -> None:
        """For a day from now."""
        key, seconds = keys.handled(update_id), keys.HANDLED_SECONDS
        await self._client.execute("SET", key, "", "EX", seconds)
