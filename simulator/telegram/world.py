"""The world that the bot's server knows: people, chats, messages, and what is told of them."""

from collections.abc import Callable, Iterable
from itertools import count

from simulator.telegram.events import Events
from simulator.telegram.files import Files
from simulator.telegram.hook import Hook
from simulator.telegram.menu import Menu
from simulator.telegram.model import Bot, Chat, Json, Person
from simulator.telegram.privacy import is_for
from simulator.telegram.profile import Profile
from simulator.telegram.queries import Queries
from simulator.telegram.updates import Updates

FIRST_PERSON = 1001
FIRST_GROUP = 4001
FIRST_SUPERGROUP = 1_000_000_000_001
"""Supergroups and channels are numbered downwards from -1000000000001."""


class World:
    """State, and the few ways in which it changes. Every change is an event."""

    def __init__(self, bot: Bot, clock: Callable[[], float], query_lifetime: float) -> None:
        self.bot = bot
        self.clock = clock
        self.events = Events()
        self.updates = Updates(clock, self.events)
        self.menu = Menu()
        self.profile = Profile()
        self.queries = Queries(clock, query_lifetime)
        self.files = Files()
        self.people: dict[int, Person] = {}
        self.deactivated: set[int] = set()
        self.chats: dict[int, Chat] = {}
        self.inline_messages: dict[str, tuple[Chat, int]] = {}
        """Where messages sent via the bot are, by `inline_message_id`."""
        self.hook: Hook | None = None
        self._person_ids = count(FIRST_PERSON)
        self._group_ids = count(FIRST_GROUP)
        self._supergroup_ids = count(FIRST_SUPERGROUP)

    def now(self) -> int:
        """Unix time."""
        return int(self.clock())

    def add_person(self, first_name: str, language: str | None, username: str | None) -> Person:
        """Someone new, and their private chat with the bot, in which nobody has written yet."""
        person = Person(next(self._person_ids), first_name, language, username)
        self.people[person.id] = person
        members = {person.id: "member", self.bot.id: "member"}
        self.chats[person.id] = Chat(person.id, "private", person=person, members=members)
        return person

    def add_chat(self, kind: str, title: str, members: dict[int, str], *, forum: bool) -> Chat:
        """A new group, supergroup or channel."""
        number = next(self._group_ids if kind == "group" else self._supergroup_ids)
        chat = Chat(-number, kind, title, forum=forum, members=members)
        self.chats[chat.id] = chat
        return chat

    def set_hook(self, hook: Hook | None) -> None:
        """Post updates there from now on; None: nowhere."""
        self.hook = hook
        self.updates.arrived.set()

    def user(self, user_id: int) -> Json:
        """The Bot API's `User`."""
        if user_id == self.bot.id:
            return self.bot.user()
        person = self.people.get(user_id)
        return person.user() if person else {"id": user_id, "is_bot": False, "first_name": ""}

    def post(
        self, chat: Chat, content: Json, thread: int | None = None, reply_to: int | None = None
    ) -> Json:
        """Put a message into a chat. `content` says who from and what. A message is never changed
        in place.
        """
        head: Json = {"message_id": chat.next_id(), "date": self.now(), "chat": chat.summary()}
        message: Json = head | self._place(chat, thread, reply_to) | self._with_users(content)
        chat.messages[message["message_id"]] = message
        self._tell("message", chat, message)
        return message

    def inline_id(self, chat: Chat, message_id: int) -> str | None:
        """The `inline_message_id` of a message that was sent via the bot."""
        places = self.inline_messages.items()
        return next((number for number, place in places if place == (chat, message_id)), None)

    def edit(self, chat: Chat, message: Json, changes: Json, gone: Iterable[str] = ()) -> Json:
        """Change a message; the fields in `gone` disappear unless they are in `changes`."""
        kept = {key: value for key, value in message.items() if key not in set(gone)}
        edited = kept | {"edit_date": self.now()} | self._with_users(changes)
        chat.messages[message["message_id"]] = edited
        self._tell("edited", chat, edited)
        return edited

    def delete(self, chat: Chat, message_id: int) -> None:
        """Take a message away."""
        message = chat.messages.pop(message_id)
        self._tell("deleted", chat, message)

    def tell_bot(self, chat: Chat, message: Json, *, edited: bool = False) -> None:
        """Make an update of a message, where the bot is to see it."""
        if is_for(self.bot, chat, message):
            kind = "channel_post" if chat.type == "channel" else "message"
            self.updates.add(f"edited_{kind}" if edited else kind, as_bot_sees(message))

    def _place(self, chat: Chat, thread: int | None, reply_to: int | None) -> Json:
        place: Json = {}
        if thread:
            place = {"message_thread_id": thread, "is_topic_message": True}
        answered = chat.messages.get(reply_to or thread or 0)
        if answered:
            place["reply_to_message"] = without_reply(answered)
        return place

    def _with_users(self, content: Json) -> Json:
        for field in ("entities", "caption_entities"):
            for entity in content.get(field, ()):
                if entity["type"] == "text_mention" and "user" in entity:
                    entity["user"] = self.user(entity["user"]["id"])
        return content

    def _tell(self, kind: str, chat: Chat, message: Json) -> None:
        event = {"type": kind, "chat_id": chat.id, "message_id": message["message_id"]}
        self.events.emit(event | {"message": message})


def without_reply(message: Json) -> Json:
    """As it is shown inside of another: replies aren't nested."""
    return {key: value for key, value in message.items() if key != "reply_to_message"}


def as_bot_sees(message: Json) -> Json:
    """For the bot: keyboards other than inline ones aren't told."""
    if "inline_keyboard" in message.get("reply_markup", {}):
        return message
    return {key: value for key, value in message.items() if key != "reply_markup"}
