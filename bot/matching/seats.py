"""Chats as numbers."""

from bot.model import ChatRef

_TOPICS = -(1 << 62)
"""Topics have numbers from here on upwards; Telegram's ids have 52 bits."""


class Seats:
    """Chats as numbers: a chat's own id, or, for a topic, the next that is free."""

    def __init__(self) -> None:
        self._numbers: dict[ChatRef, int] = {}
        self._topics: dict[int, ChatRef] = {}
        self._uses: dict[int, int] = {}
        self._next = _TOPICS

    def __len__(self) -> int:
        return len(self._numbers)

    def find(self, chat: ChatRef) -> int | None:
        """Its number, if it has one."""
        return self._numbers.get(chat) if chat.topic else chat.id

    def take(self, chat: ChatRef) -> int:
        """Its number, used once more."""
        if not chat.topic:
            return chat.id
        number = self._numbers.get(chat)
        if number is None:
            number = self._next = self._next + 1
            self._numbers[chat], self._topics[number] = number, chat
        self._uses[number] = self._uses.get(number, 0) + 1
        return number

    def leave(self, number: int) -> None:
        """It is used once less."""
        if number in self._uses:
            self._uses[number] -= 1
            if not self._uses[number]:
                del self._uses[number], self._numbers[self._topics.pop(number)]

    def chat(self, number: int) -> ChatRef:
        """Whose number it is."""
        return self._topics.get(number) or ChatRef(number)
