"""Messages: text, forwards and copies."""

from typing import Any

from simulator.telegram.access import find_chat, open_thread, writable
from simulator.telegram.errors import bad_request
from simulator.telegram.formatting import caption_of, text_of
from simulator.telegram.keyboards import checked_markup
from simulator.telegram.model import Chat, Json
from simulator.telegram.schema import table
from simulator.telegram.world import World, as_bot_sees

HEAD = frozenset(
    {
        "message_id",
        "date",
        "chat",
        "from",
        "sender_chat",
        "reply_to_message",
        "message_thread_id",
        "is_topic_message",
        "edit_date",
        "reply_markup",
        "via_bot",
        "forward_origin",
    }
)
"""Fields of a message that are not its content."""


def send(world: World, params: Json, content: Json) -> Json:
    """Put the bot's message into the chat that `params` name. Raises ApiError."""
    chat = writable(world, params)
    thread = open_thread(world, chat, params.get("message_thread_id"))
    markup = checked_markup(params.get("reply_markup"))
    reply = _replied(chat, params)
    kept = {"reply_markup": markup} if markup else {}
    message = world.post(chat, bot_as_sender(world, chat) | content | kept, thread, reply)
    return as_bot_sees(message)


def bot_as_sender(world: World, chat: Chat) -> Json:
    """Who the bot's messages are from: in a channel, the channel."""
    if chat.type == "channel":
        return {"sender_chat": chat.summary()}
    return {"from": world.bot.user()}


def preview_of(params: Json) -> Json:
    """`link_preview_options`, as far as they are known, where any were given."""
    known = table()["types"]["LinkPreviewOptions"]
    given = params.get("link_preview_options") or {}
    options = {name: value for name, value in given.items() if name in known}
    return {"link_preview_options": options} if options else {}


def send_message(world: World, params: Json) -> Json:
    """A text."""
    writable(world, params)
    return send(world, params, text_of(params) | preview_of(params))


def forward_message(world: World, params: Json) -> Json:
    """Someone's message again, with its origin."""
    message = _source(world, params, params.get("message_id", 0), "forward")
    origin = {"type": "user", "date": message["date"], "sender_user": message.get("from")}
    if "from" not in message:
        origin = {
            "type": "channel",
            "date": message["date"],
            "chat": message["sender_chat"],
            "message_id": message["message_id"],
        }
    return send(world, params, _content(message) | {"forward_origin": origin})


def copy_message(world: World, params: Json) -> Json:
    """Someone's message again, as the bot's own, with another caption where one is given."""
    content = _content(_source(world, params, params.get("message_id", 0), "copy"))
    if "caption" in params:
        for field in ("caption", "caption_entities"):
            content.pop(field, None)
        content |= caption_of(params)
    return {"message_id": send(world, params, content)["message_id"]}


def _each(world: World, params: Json, one: Any) -> list[Json]:
    ids = params.get("message_ids", [])
    sent = (one(world, params | {"message_id": message_id}) for message_id in ids)
    return [{"message_id": message["message_id"]} for message in sent]


def _source(world: World, params: Json, message_id: int, verb: str) -> Json:
    chat = find_chat(world, params.get("from_chat_id"))
    if message := chat.messages.get(message_id):
        return message
    raise bad_request(f"message to {verb} not found")


def _content(message: Json) -> Json:
    return {key: value for key, value in message.items() if key not in HEAD}


def _replied(chat: Chat, params: Json) -> int | None:
    reply = params.get("reply_parameters") or {}
    message_id: int | None = reply.get("message_id") or params.get("reply_to_message_id")
    lenient = reply.get("allow_sending_without_reply") or params.get("allow_sending_without_reply")
    if message_id and message_id not in chat.messages:
        if not lenient:
            raise bad_request("message to be replied not found")
        return None
    return message_id


METHODS = {
    "sendMessage": send_message,
    "forwardMessage": forward_message,
    "copyMessage": copy_message,
    "forwardMessages": lambda world, params: _each(world, params, forward_message),
    "copyMessages": lambda world, params: _each(world, params, copy_message),
}
