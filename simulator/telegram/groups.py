"""Chats that people make, and who is in them: each method makes the updates that it should."""

from collections.abc import Collection

from simulator.telegram.forum import add_topic, close_topic, delete_topic
from simulator.telegram.membership import change_member, migrate
from simulator.telegram.model import Chat, Json, Person
from simulator.telegram.world import World


class Groups:
    """Setting up chats, and changing who is in them."""

    def __init__(self, world: World) -> None:
        self.world = world

    def person(
        self, first_name: str, language_code: str | None = "en", username: str | None = None
    ) -> Person:
        """Someone new, who has not written to the bot yet."""
        return self.world.add_person(first_name, language_code, username)

    def private(self, person: Person) -> int:
        """The id of the chat between a person and the bot."""
        return person.id

    def group(
        self,
        title: str,
        members: list[Person],
        *,
        supergroup: bool = False,
        forum: bool = False,
        admins: Collection[Person] = (),
        bot: str = "member",
        username: str | None = None,
    ) -> int:
        """A new group; the first member owns it. `bot`: the bot's status (`left`: not in it)."""
        statuses = {member.id: "member" for member in members}
        statuses |= {admin.id: "administrator" for admin in admins}
        statuses |= {member.id: "creator" for member in members[:1]}
        kind = "supergroup" if supergroup or forum else "group"
        chat = self.world.add_chat(kind, title, statuses, forum=forum)
        chat.username = username
        self._enter(chat, members[0].user(), bot)
        return chat.id

    def channel(
        self,
        title: str,
        admins: list[Person],
        *,
        bot: str = "administrator",
        username: str | None = None,
    ) -> int:
        """A new channel."""
        statuses = {admin.id: "creator" for admin in admins[:1]}
        statuses |= {admin.id: "administrator" for admin in admins[1:]}
        chat = self.world.add_chat("channel", title, statuses, forum=False)
        chat.username = username
        self._enter(chat, admins[0].user(), bot)
        return chat.id

    def topic(self, chat_id: int, name: str) -> int:
        """A new topic of a forum: the id of its thread."""
        chat = self.world.chats[chat_id]
        return add_topic(self.world, chat, name, self._owner(chat)).id

    def close_topic(self, chat_id: int, thread: int) -> None:
        """An administrator closes a topic."""
        chat = self.world.chats[chat_id]
        close_topic(self.world, chat, chat.topics[thread], self._owner(chat), closed=True)

    def reopen_topic(self, chat_id: int, thread: int) -> None:
        """An administrator opens it again."""
        chat = self.world.chats[chat_id]
        close_topic(self.world, chat, chat.topics[thread], self._owner(chat), closed=False)

    def delete_topic(self, chat_id: int, thread: int) -> None:
        """An administrator deletes a topic and what was said there."""
        delete_topic(self.world, self.world.chats[chat_id], thread)

    def block(self, person: Person) -> None:
        """Someone blocks the bot."""
        self._set_bot(person.id, "kicked", person.user())

    def unblock(self, person: Person) -> None:
        """And unblocks it."""
        self._set_bot(person.id, "member", person.user())

    def add_bot(self, chat_id: int, status: str = "member") -> None:
        """Someone brings the bot in, or makes it an administrator."""
        chat = self.world.chats[chat_id]
        self._set_bot(chat_id, status, self._owner(chat)["from"])

    def kick_bot(self, chat_id: int) -> None:
        """Someone puts the bot out."""
        self._set_bot(chat_id, "kicked", self._owner(self.world.chats[chat_id])["from"])

    def migrate(self, chat_id: int) -> int:
        """The group becomes a supergroup: its new id."""
        return migrate(self.world, self.world.chats[chat_id]).id

    def set_member(self, chat_id: int, person: Person, status: str) -> None:
        """Someone comes (`member`), goes (`left`), is put out (`kicked`) or made an
        `administrator`.
        """
        chat = self.world.chats[chat_id]
        change_member(self.world, chat, person.id, status, person.user())

    def deactivate(self, person: Person) -> None:
        """Someone deletes their account."""
        self.world.deactivated.add(person.id)

    def _owner(self, chat: Chat) -> Json:
        return {"from": self.world.user(next(iter(chat.members)))}

    def _enter(self, chat: Chat, by: Json, status: str) -> None:
        if status != "left":
            change_member(self.world, chat, self.world.bot.id, status, by)

    def _set_bot(self, chat_id: int, status: str, by: Json) -> None:
        change_member(self.world, self.world.chats[chat_id], self.world.bot.id, status, by)
