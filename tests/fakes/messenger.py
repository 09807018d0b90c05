"""A Messenger that sends nothing, remembers everything, and answers as scripted."""

from collections import defaultdict, deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from bot.model import ChatRef, Message, Offers, Outcome, Sent

Observer = Callable[[ChatRef, Message], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Send:
    """One attempt, in the order made."""

    chat: ChatRef
    message: Message
    plain: bool
    outcome: Outcome


class FakeMessenger:
    """Sends succeed unless scripted otherwise."""

    def __init__(self, before_answer: Observer | None = None) -> None:
        self.sends: list[Send] = []
        self.edits: list[tuple[ChatRef, int, Message]] = []
        self.offered: list[tuple[str, Offers]] = []
        self._scripts: defaultdict[ChatRef, deque[Outcome | Exception]] = defaultdict(deque)
        self._always: dict[ChatRef, Outcome] = {}
        self._before_answer = before_answer

    def script(self, chat: ChatRef, *outcomes: Outcome | Exception) -> None:
        """The next attempts for this chat end so, one after the other; then they succeed."""
        self._scripts[chat].extend(outcomes)

    def always(self, chat: ChatRef, outcome: Outcome) -> None:
        """Every attempt for this chat that is not scripted ends so."""
        self._always[chat] = outcome

    def delivered(self, chat: ChatRef | None = None) -> list[Message]:
        """What arrived, in one chat or in all."""
        return [
            send.message
            for send in self.sends
            if isinstance(send.outcome, Sent) and chat in (None, send.chat)
        ]

    async def send(self, chat: ChatRef, message: Message) -> Outcome:
        return await self._attempt(chat, message, plain=False)

    async def send_plain(self, chat: ChatRef, message: Message) -> Outcome:
        return await self._attempt(chat, message, plain=True)

    async def edit(self, chat: ChatRef, message_id: int, message: Message) -> Outcome:
        if self._before_answer:
            await self._before_answer(chat, message)
        self.edits.append((chat, message_id, message))
        return Sent(message_id)

    async def offer(self, query: str, offers: Offers) -> Outcome:
        self.offered.append((query, offers))
        return Sent(0)

    async def _attempt(self, chat: ChatRef, message: Message, *, plain: bool) -> Outcome:
        if self._before_answer:
            await self._before_answer(chat, message)
        script = self._scripts[chat]
        outcome = script.popleft() if script else self._always.get(chat, Sent(len(self.sends) + 1))
        if isinstance(outcome, Exception):
            raise outcome
        self.sends.append(Send(chat, message, plain, outcome))
        return outcome
