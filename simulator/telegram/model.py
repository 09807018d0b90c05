"""The nouns of the simulated world: people, chats, topics, the bot."""

from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]

ADMINS = frozenset({"creator", "administrator"})
PRESENT = ADMINS | {"member", "restricted"}
GROUPS = frozenset({"group", "supergroup"})

ANONYMOUS_ADMIN: Json = {
    "id": 1087968824,
    "is_bot": True,
    "first_name": "Group",
    "username": "GroupAnonymousBot",
}
"""Who Telegram names as sender of an anonymous administrator's message."""

CHANNEL_BOT: Json = {
    "id": 136817688,
    "is_bot": True,
    "first_name": "Channel",
    "username": "Channel_Bot",
}
"""Who Telegram names as sender of what is written in a channel's name."""


@dataclass(frozen=True, slots=True)
class Person:
    """Someone with a Telegram account."""

    id: int
    first_name: str
    language_code: str | None = None
    username: str | None = None

    def user(self) -> Json:
        """The Bot API's `User`."""
        named = {"language_code": self.language_code, "username": self.username}
        known = {key: value for key, value in named.items() if value}
        return {"id": self.id, "is_bot": False, "first_name": self.first_name} | known


@dataclass(frozen=True, slots=True)
class Bot:
    """The account behind the token."""

    token: str
    username: str
    name: str
    inline: bool = True
    inline_feedback: bool = True
    """Whether choosing an inline result is told to the bot."""
    privacy: bool = True
    """Whether it sees of groups only what is meant for it: Telegram's default."""

    @property
    def id(self) -> int:
        """What stands before the colon of the token."""
        head = self.token.partition(":")[0]
        return int(head) if head.isdecimal() else 42

    def user(self) -> Json:
        """The Bot API's `User`, as others see it."""
        return {
            "id": self.id,
            "is_bot": True,
            "first_name": self.name,
            "username": self.username,
        }


@dataclass(slots=True)
class Topic:
    """A thread of a forum; its id is that of the service message that opened it."""

    id: int
    name: str
    closed: bool = False


@dataclass(slots=True)
class Chat:
    """A conversation and everything in it. The bot is a member under its own id."""

    id: int
    type: str
    title: str = ""
    person: Person | None = None
    """The other side of a private chat."""
    forum: bool = False
    username: str | None = None
    started: bool = False
    """Whether the other side of a private chat ever wrote to the bot."""
    members: dict[int, str] = field(default_factory=dict)
    """User id → status, in the words of `ChatMember`."""
    messages: dict[int, Json] = field(default_factory=dict)
    topics: dict[int, Topic] = field(default_factory=dict)
    pinned: list[int] = field(default_factory=list)
    last_id: int = 0
    moved_to: int | None = None
    """The supergroup that this group became."""

    def summary(self) -> Json:
        """The Bot API's `Chat`."""
        summary: Json = {"id": self.id, "type": self.type}
        if self.person:
            summary["first_name"] = self.person.first_name
        else:
            summary["title"] = self.title
        if username := self.username or (self.person and self.person.username):
            summary["username"] = username
        return summary | {"is_forum": True} if self.forum else summary

    def next_id(self) -> int:
        """The number of the next message."""
        self.last_id += 1
        return self.last_id

    def is_admin(self, user_id: int) -> bool:
        """Whether this user runs the chat."""
        return self.members.get(user_id) in ADMINS
