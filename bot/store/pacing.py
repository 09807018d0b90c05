"""Telegram's limits, kept by all processes together."""

from collections.abc import Sequence

from bot.model import ChatRef, Slot, Verdict
from bot.store import keys
from bot.store.connection import Client
from bot.store.scripts import load

BOOK = load("outbox", "pace", "clock", "book")
HOLD = load("hold")
HOLD_CHAT = load("pace", "hold_chat")

SPARE = 1.018
"""A window lasts so many seconds: messages that went evenly arrive with some jitter."""
_PACED = (*keys.OUTBOX, keys.PACES)
_VERDICTS = {1: Verdict.GRANTED, 2: Verdict.CHAT_IS_BUSY, 3: Verdict.ALL_ARE_BUSY}


class RedisPacing:
    """`Pacing`. `per_second`: how many messages all processes together may send."""

    def __init__(self, client: Client, per_second: float) -> None:
        self._client = client
        self._most = max(1, int(per_second))
        self._window = SPARE * self._most / per_second

    async def book(self, chats: Sequence[ChatRef | None], now: float, ahead: float) -> list[Slot]:
        """One script."""
        names = [chat.id if chat else "" for chat in chats]
        words = (now, ahead, self._most, self._window, *names)
        rows = await self._client.run(BOOK, (*_PACED, keys.SLOTS), *words)
        return [Slot(float(at), _VERDICTS[verdict]) for verdict, at in rows]

    async def hold(self, chat: ChatRef, until: float) -> None:
        """A longer hold stands."""
        await self._client.run(HOLD_CHAT, _PACED, chat.id, until)

    async def hold_all(self, until: float) -> None:
        """A longer hold stands."""
        await self._client.run(HOLD, (keys.PACING,), until)
