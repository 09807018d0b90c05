"""What people say and press, and what they see."""

from copy import deepcopy

from simulator.telegram.formatting import finish
from simulator.telegram.groups import Groups
from simulator.telegram.keyboards import find_button
from simulator.telegram.model import ANONYMOUS_ADMIN, CHANNEL_BOT, Chat, Json, Person
from simulator.telegram.text import Formatted
from simulator.telegram.world import as_bot_sees, without_reply


class Conversation(Groups):
    """Writing, pressing, reading."""

    def say(
        self,
        person: Person,
        chat_id: int,
        text: str,
        *,
        thread: int | None = None,
        reply_to: int | None = None,
        anonymous: bool = False,
        as_channel: int | None = None,
    ) -> Json:
        """Someone writes: the message, with its entities. `anonymous`: as an administrator who
        hides behind the group; `as_channel`: in the name of this channel. To write to a bot that
        one blocked is to unblock it.
        """
        return self.send(
            person,
            chat_id,
            _written(text),
            thread=thread,
            reply_to=reply_to,
            anonymous=anonymous,
            as_channel=as_channel,
        )

    def send(
        self,
        person: Person,
        chat_id: int,
        content: Json,
        *,
        thread: int | None = None,
        reply_to: int | None = None,
        anonymous: bool = False,
        as_channel: int | None = None,
    ) -> Json:
        """As `say`, for what is more than text: `content` holds the fields of a Bot API `Message`
        (`photo`, `location`, `contact`, …) as the bot is to see them.
        """
        chat = self.world.chats[chat_id]
        self._begin(chat, person)
        sender = self._sender(person, chat, as_channel, anonymous=anonymous)
        message = self.world.post(chat, sender | content, thread, reply_to)
        self.world.tell_bot(chat, message)
        return deepcopy(message)

    def edit(self, chat_id: int, message_id: int, text: str) -> Json:
        """Someone changes what they wrote."""
        chat = self.world.chats[chat_id]
        message = chat.messages[message_id]
        edited = self.world.edit(chat, message, _written(text), ("text", "entities"))
        self.world.tell_bot(chat, edited, edited=True)
        return deepcopy(edited)

    def delete(self, chat_id: int, message_id: int) -> None:
        """Someone deletes a message; the bot is not told."""
        self.world.delete(self.world.chats[chat_id], message_id)

    def press(self, person: Person, chat_id: int, message_id: int, data_or_label: str) -> str:
        """Someone presses a button: the id of the callback query, under which the bot's answer
        will be in `callback_answers`. Raises ValueError where there is no such button.
        """
        chat = self.world.chats[chat_id]
        message = chat.messages[message_id]
        button = find_button(message, data_or_label)
        if "callback_data" not in button:
            raise ValueError(f"the button {data_or_label!r} tells the bot nothing")
        query = self.world.queries.ask("callback", person.id, chat_id=chat_id)
        place: Json = {"message": as_bot_sees(without_reply(message))}
        if inline_id := self.world.inline_id(chat, message_id):
            place = {"inline_message_id": inline_id}
        asked = {"id": query.id, "from": person.user(), "chat_instance": str(chat_id)}
        data = {"data": button["callback_data"]}
        self.world.updates.add("callback_query", asked | place | data)
        return query.id

    @property
    def callback_answers(self) -> dict[str, Json]:
        """The parameters of `answerCallbackQuery`, by query id."""
        return self.world.queries.answers("callback")

    def history(self, chat_id: int, thread: int | None = None) -> list[Json]:
        """The messages as a reader sees them now, oldest first. `thread`: of one topic alone; 0: of
        the general one.
        """
        return [
            deepcopy(message)
            for message in self.world.chats[chat_id].messages.values()
            if thread is None or message.get("message_thread_id", 0) == thread
        ]

    def commands(self, chat_id: int, person: Person) -> list[Json]:
        """What typing `/` offers this person there."""
        chat = self.world.chats[chat_id]
        return self.world.menu.offered(chat, person.id, person.language_code or "")

    def _begin(self, chat: Chat, person: Person) -> None:
        if person.id in self.world.deactivated:
            raise ValueError(f"{person.first_name} has no account any more")
        if chat.type == "private":
            chat.started = True
            self.unblock(person)
        elif chat.type != "channel":
            chat.members.setdefault(person.id, "member")

    def _sender(self, person: Person, chat: Chat, channel: int | None, *, anonymous: bool) -> Json:
        if chat.type == "channel":
            return {"sender_chat": chat.summary()}
        if anonymous:
            return {"from": ANONYMOUS_ADMIN, "sender_chat": chat.summary()}
        if channel:
            return {"from": CHANNEL_BOT, "sender_chat": self.world.chats[channel].summary()}
        return {"from": person.user()}


def _written(text: str) -> Json:
    formatted = finish(Formatted(text, []))
    return {"text": formatted.text} | (
        {"entities": formatted.entities} if formatted.entities else {}
    )
