"""Telegram's limits, kept by all processes together."""

from collections.abc import Sequence

from bot.model import Booked, ChatRef, Slot, Verdict
from bot.store import keys
from bot.store.connection import Client
from bot.store.scripts import load

BOOK = load("outbox", "pace", "clock", "book")
GIVE_UP = load("pace", "give_up")
HOLD = load("hold")
HOLD_CHAT = load("pace", "hold_chat")

SPARE = 1.018
"""A window lasts so many seconds: messages that went evenly arrive with some jitter."""
_PACED = (*keys.OUTBOX, keys.PACES)
_VERDICTS = {b"1": Verdict.GRANTED, b"2": Verdict.CHAT_IS_BUSY, b"3": Verdict.ALL_ARE_BUSY}


class RedisPacing:
    """`Pacing`. `per_second`: how many messages all processes together may send."""

    def __init__(self, client: Client, per_second: float) -> None:
        self._client = client
        self._most = max(1, int(per_second))
        self._window = SPARE * self._most / per_second

    async def book(self, chats: Sequence[ChatRef | None], now: float, ahead: float) -> list[Slot]:
        """One script."""
        words = (now, ahead, self._most, self._window, " ".join(map(_name, chats)))
        found = (await self._client.run(BOOK, (*_PACED, keys.SLOTS), *words)).split()
        pairs = zip(found[::2], found[1::2], strict=True)
        return [Slot(float(at), _VERDICTS[verdict]) for verdict, at in pairs]

    async def give_up(self, booked: Sequence[Booked]) -> None:
        """One script. Moments are written as the store writes them."""
        words = [word for chat, slot in booked for word in (_name(chat), f"{slot.at:.17g}")]
        await self._client.run(GIVE_UP, (*_PACED, keys.SLOTS), *words)

    async def hold(self, chat: ChatRef, until: float) -> None:
        """A longer hold stands."""
        await self._client.run(HOLD_CHAT, _PACED, chat.id, until)

    async def hold_all(self, until: float) -> None:
        """A longer hold stands."""
        await self._client.run(HOLD, (keys.PACING,), until)


def _name(chat: ChatRef | None) -> str:
    return str(chat.id if chat else 0)
