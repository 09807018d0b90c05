"""Chats in memory."""

from collections.abc import Collection
from dataclasses import replace

from bot.model import Chat, ChatRef, ChatState
from tests.fakes.digests import FakeDigests
from tests.fakes.outbox import FakeOutbox
from tests.fakes.subscriptions import FakeSubscriptions


class FakeChats:
    """`Chats`. What moves with a chat is moved in the others, where they are given."""

    def __init__(
        self,
        subscriptions: FakeSubscriptions | None = None,
        outbox: FakeOutbox | None = None,
        digests: FakeDigests | None = None,
    ) -> None:
        self._subscriptions = subscriptions
        self._digests = digests
        self._outbox = outbox or FakeOutbox()
        self._chats: dict[ChatRef, Chat] = {}
        self._gone = self._outbox.gone

    async def get(self, ref: ChatRef) -> Chat | None:
        chat = self._chats.get(ref)
        state = ChatState.GONE if ref.id in self._gone else ChatState.ACTIVE
        return replace(chat, state=state) if chat else None

    async def get_many(self, refs: Collection[ChatRef]) -> dict[ChatRef, Chat]:
        chats = [await self.get(ref) for ref in refs]
        return {chat.ref: chat for chat in chats if chat}

    async def save(self, chat: Chat) -> None:
        self._chats[chat.ref] = chat
        if chat.state is ChatState.GONE:
            await self.mark_gone(chat.ref)
        else:
            await self.mark_back(chat.ref)

    async def mark_gone(self, ref: ChatRef) -> None:
        self._gone.add(ref.id)

    async def mark_back(self, ref: ChatRef) -> None:
        self._gone.discard(ref.id)

    async def move(self, old: int, new: int) -> None:
        if old == new:
            return
        for ref in [ref for ref in self._chats if ref.id == old]:
            chat = self._chats.pop(ref)
            target = ChatRef(new, ref.topic)
            if self._digests:
                self._digests.move(ref, target, is_new=target not in self._chats)
            self._chats.setdefault(target, replace(chat, ref=target))
        self._gone.discard(old)
        if self._subscriptions:
            self._subscriptions.move(old, new)
        self._outbox.move_chat(old, new)
