"""Who waits for which rate, and what is owed of it."""

from collections.abc import AsyncIterator, Sequence
from typing import Any

from bot.model import ChatRef, Crossing, Threshold
from bot.store import keys
from bot.store import rate_records as records
from bot.store.connection import Client
from bot.store.scripts import load

SET = load("set_threshold")
REMOVE = load("remove_threshold")
CHANGE = load("change_threshold")
SCAN = load("scan")

BATCH = 1000


class RedisThresholds:
    """`Thresholds`."""

    def __init__(self, client: Client) -> None:
        self._client = client

    async def add(self, threshold: Threshold, limit: int) -> bool:
        """One script."""
        words = threshold.chat.id, _name(threshold), records.dump_threshold(threshold), limit
        return bool(await self._client.run(SET, (keys.THRESHOLDS,), *words))

    async def remove(self, chat: ChatRef, key: str) -> bool:
        """One script."""
        words = chat.id, f"{chat.topic}/{key}"
        return bool(await self._client.run(REMOVE, (keys.THRESHOLDS,), *words))

    async def of(self, chat: ChatRef) -> list[Threshold]:
        """One round trip."""
        row = await self._client.execute("HGET", keys.THRESHOLDS, chat.id)
        found = records.load_thresholds(chat.id, row or b"{}")
        mine = [each for each in found if each.chat == chat]
        return sorted(mine, key=lambda each: (each.created, each.key))

    async def all(self) -> AsyncIterator[Threshold]:
        """A thousand chats a round trip."""
        at: Any = 0
        while True:
            at, lines = await self._client.run(SCAN, (keys.THRESHOLDS,), at, BATCH)
            for line in lines.split(b"\n") if lines else ():
                chat, _, value = line.partition(b"\t")
                for threshold in records.load_thresholds(int(chat), value):
                    yield threshold
            if int(at) == 0:
                return

    async def change(self, old: Threshold, new: Threshold, crossing: Crossing | None) -> bool:
        """One script."""
        touched = keys.THRESHOLDS, keys.CROSSINGS, keys.CROSSING_TIMES
        rows = records.dump_threshold(old), records.dump_threshold(new)
        owed = (crossing.key, records.dump_crossing(crossing), crossing.at) if crossing else ()
        words = old.chat.id, _name(old), *rows, *owed
        return bool(await self._client.run(CHANGE, touched, *words))

    async def owed(self, now: float, limit: int) -> Sequence[Crossing]:
        """Two round trips."""
        asked = ("ZRANGE", keys.CROSSING_TIMES, "-inf", now, "BYSCORE", "LIMIT", 0, limit)
        names = await self._client.execute(*asked)
        rows = await self._client.execute("HMGET", keys.CROSSINGS, *names) if names else []
        return [records.load_crossing(row) for row in rows if row]

    async def put_off(self, crossing: Crossing, until: float) -> None:
        """One round trip."""
        await self._client.execute("ZADD", keys.CROSSING_TIMES, "XX", until, crossing.key)

    async def settle(self, crossing: Crossing) -> None:
        """What is left where this is broken off is nothing that is due."""
        await self._client.execute_all(
            [("ZREM", keys.CROSSING_TIMES, crossing.key), ("HDEL", keys.CROSSINGS, crossing.key)]
        )


def _name(threshold: Threshold) -> str:
    return f"{threshold.chat.topic}/{threshold.key}"
