"""The chats' settings."""

from collections.abc import Collection

from bot.model import Chat, ChatRef
from bot.store import keys, records
from bot.store.connection import Client, Command
from bot.store.scripts import load

SAVE = load("save_chat")
MOVE = load("outbox", "move_chat")


class RedisChats:
    """`Chats`. Whether it can be written to is known of a chat as a whole, not of its topics."""

    def __init__(self, client: Client) -> None:
        self._client = client

    async def get(self, ref: ChatRef) -> Chat | None:
        return (await self.get_many([ref])).get(ref)

    async def get_many(self, refs: Collection[ChatRef]) -> dict[ChatRef, Chat]:
        if not refs:
            return {}
        ids = [ref.id for ref in refs]
        asked: list[Command] = [("HMGET", keys.CHATS, *ids), ("SMISMEMBER", keys.GONE, *ids)]
        settings, gone = await self._client.execute_all(asked)
        rows = zip(refs, settings, gone, strict=True)
        chats = [records.load_chat(ref, row, gone=bool(left)) for ref, row, left in rows if row]
        return {chat.ref: chat for chat in chats if chat}

    async def save(self, chat: Chat) -> None:
        """A topic's state is its group's."""
        words = (chat.ref.id, chat.ref.topic, records.dump_chat(chat), chat.state)
        await self._client.run(SAVE, (keys.CHATS, keys.GONE), *words)

    async def mark_gone(self, ref: ChatRef) -> None:
        """Even of a chat that was never met."""
        await self._client.execute("SADD", keys.GONE, ref.id)

    async def mark_back(self, ref: ChatRef) -> None:
        await self._client.execute("SREM", keys.GONE, ref.id)

    async def move(self, old: int, new: int) -> None:
        """One script; what the new one has stands."""
        settings = (keys.CHATS, keys.GONE, keys.SUBSCRIPTIONS, keys.CHANGES)
        rates = (keys.THRESHOLDS, keys.CROSSINGS, keys.CROSSING_TIMES)
        digests = (keys.DIGESTS, keys.DIGESTED)
        touched = (*keys.OUTBOX, *settings, keys.MOVED, *rates, *digests)
        if old != new:
            lifetimes = (keys.CHANGES_KEPT, keys.MOVED_SECONDS)
            await self._client.run(MOVE, touched, old, new, *lifetimes)
