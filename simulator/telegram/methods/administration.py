"""What a bot does to chats beside writing: pins, reactions, topics, leaving."""

from typing import Any

from simulator.telegram.access import check_member, find_chat, open_thread, writable
from simulator.telegram.errors import bad_request
from simulator.telegram.forum import add_topic, close_topic, delete_topic
from simulator.telegram.membership import change_member
from simulator.telegram.model import Chat, Json
from simulator.telegram.world import World


def send_action(world: World, params: Json) -> bool:
    """`typing…` and its like."""
    chat = writable(world, params)
    open_thread(world, chat, params.get("message_thread_id"))
    event = {"type": "typing", "chat_id": chat.id, "action": params.get("action")}
    world.events.emit(event | {"message_thread_id": params.get("message_thread_id")})
    return True


def leave(world: World, params: Json) -> bool:
    """The bot goes."""
    chat = find_chat(world, params.get("chat_id"))
    if chat.type == "private":
        raise bad_request("chat member status can't be changed in private chats")
    check_member(world, chat)
    change_member(world, chat, world.bot.id, "left", by=world.bot.user())
    return True


def pin(world: World, params: Json) -> bool:
    """A message to the top."""
    chat = writable(world, params)
    if params.get("message_id") not in chat.messages:
        raise bad_request("message to pin not found")
    _check_rights(world, chat, "not enough rights to manage pinned messages in the chat")
    chat.pinned = [*(each for each in chat.pinned if each != params["message_id"])]
    chat.pinned.append(params["message_id"])
    world.events.emit({"type": "pinned", "chat_id": chat.id, "message_id": params["message_id"]})
    return True


def unpin(world: World, params: Json) -> bool:
    """The newest or the named one from the top."""
    chat = writable(world, params)
    message_id = params.get("message_id", chat.pinned[-1] if chat.pinned else 0)
    if message_id not in chat.pinned:
        raise bad_request("message to unpin not found")
    chat.pinned.remove(message_id)
    return True


def unpin_all(world: World, params: Json) -> bool:
    """All from the top."""
    writable(world, params).pinned.clear()
    return True


def react(world: World, params: Json) -> bool:
    """An emoji under a message."""
    chat = writable(world, params)
    message_id = params.get("message_id", 0)
    if message_id not in chat.messages:
        raise bad_request("message to react not found")
    event: dict[str, Any] = {"type": "reaction", "chat_id": chat.id, "message_id": message_id}
    world.events.emit(event | {"reaction": params.get("reaction", [])})
    return True


def create_one(world: World, params: Json) -> Json:
    """A new thread."""
    chat = _forum(world, params)
    topic = add_topic(world, chat, params["name"], {"from": world.bot.user()})
    return {"message_thread_id": topic.id, "name": topic.name, "icon_color": 7322096}


def close_one(world: World, params: Json) -> bool:
    """Nobody but administrators writes there any more."""
    return _set_closed(world, params, closed=True)


def reopen_one(world: World, params: Json) -> bool:
    """The opposite."""
    return _set_closed(world, params, closed=False)


def delete_one(world: World, params: Json) -> bool:
    """With all its messages."""
    chat = _forum(world, params)
    if params["message_thread_id"] not in chat.topics:
        raise bad_request("TOPIC_ID_INVALID")
    delete_topic(world, chat, params["message_thread_id"])
    return True


def _set_closed(world: World, params: Json, *, closed: bool) -> bool:
    chat = _forum(world, params)
    topic = chat.topics.get(params["message_thread_id"])
    if topic is None:
        raise bad_request("TOPIC_ID_INVALID")
    if topic.closed == closed:
        raise bad_request("TOPIC_NOT_MODIFIED")
    close_topic(world, chat, topic, {"from": world.bot.user()}, closed=closed)
    return True


def _forum(world: World, params: Json) -> Chat:
    chat = writable(world, params)
    if not chat.forum:
        raise bad_request("the chat is not a forum")
    _check_rights(world, chat, "not enough rights to create a topic")
    return chat


def _check_rights(world: World, chat: Chat, refusal: str) -> None:
    if chat.type != "private" and not chat.is_admin(world.bot.id):
        raise bad_request(refusal)


METHODS = {
    "sendChatAction": send_action,
    "leaveChat": leave,
    "pinChatMessage": pin,
    "unpinChatMessage": unpin,
    "unpinAllChatMessages": unpin_all,
    "setMessageReaction": react,
    "createForumTopic": create_one,
    "closeForumTopic": close_one,
    "reopenForumTopic": reopen_one,
    "deleteForumTopic": delete_one,
}
