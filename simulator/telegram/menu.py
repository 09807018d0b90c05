"""The lists of commands that a bot registers, by scope and language."""

from collections.abc import Iterator

from simulator.telegram.model import Chat, Json

Key = tuple[str, int, int, str]
"""Scope type, chat, user, language."""


class Menu:
    """The lists, and which of them a person is offered."""

    def __init__(self) -> None:
        self._lists: dict[Key, list[Json]] = {}

    def set(self, scope: Json, language: str, commands: list[Json]) -> None:
        """Keep a list; an empty one is removed."""
        self._lists[_key(scope, language)] = commands
        if not commands:
            self.delete(scope, language)

    def get(self, scope: Json, language: str) -> list[Json]:
        """Exactly this list."""
        return self._lists.get(_key(scope, language), [])

    def delete(self, scope: Json, language: str) -> None:
        """Forget exactly this list."""
        self._lists.pop(_key(scope, language), None)

    def offered(self, chat: Chat, user_id: int, language: str) -> list[Json]:
        """The first that there is, from the narrowest scope to the widest; in each, the
        person's language before none.
        """
        for kind, chat_id, member in _scopes(chat, user_id):
            for spoken in (language, ""):
                if commands := self._lists.get((kind, chat_id, member, spoken)):
                    return commands
        return []


def _scopes(chat: Chat, user_id: int) -> Iterator[tuple[str, int, int]]:
    if chat.type == "private":
        yield "chat", chat.id, 0
        yield "all_private_chats", 0, 0
    else:
        yield "chat_member", chat.id, user_id
        if chat.is_admin(user_id):
            yield "chat_administrators", chat.id, 0
        yield "chat", chat.id, 0
        if chat.is_admin(user_id):
            yield "all_chat_administrators", 0, 0
        yield "all_group_chats", 0, 0
    yield "default", 0, 0


def _key(scope: Json, language: str) -> Key:
    kind = scope.get("type", "default")
    return kind, int(scope.get("chat_id", 0)), int(scope.get("user_id", 0)), language
