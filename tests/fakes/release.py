"""`Outbox.release`, remembered."""

from bot.model import ChatRef


class Releases(list[ChatRef]):
    """The chats that were released, in order."""

    async def __call__(self, chat: ChatRef) -> None:
        self.append(chat)
