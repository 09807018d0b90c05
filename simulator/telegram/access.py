"""May the bot write here? Each no in Telegram's words."""

from simulator.telegram.errors import bad_request, forbidden
from simulator.telegram.model import PRESENT, Chat, Json
from simulator.telegram.world import World


def find_chat(world: World, chat_id: int | str | None) -> Chat:
    """The chat of this id or `@username`. Raises ApiError."""
    if chat_id in {None, ""}:
        raise bad_request("chat_id is empty")
    chat = _by_name(world, chat_id) if isinstance(chat_id, str) else world.chats.get(chat_id or 0)
    if chat is None:
        raise bad_request("chat not found")
    if chat.moved_to:
        raise bad_request(
            "group chat was upgraded to a supergroup chat", migrate_to_chat_id=chat.moved_to
        )
    return chat


def writable(world: World, params: Json) -> Chat:
    """The chat that a message goes to. Raises ApiError where the bot may not write."""
    chat = find_chat(world, params.get("chat_id"))
    if chat.type == "private":
        _check_private(world, chat)
    else:
        check_member(world, chat)
        if chat.type == "channel" and not chat.is_admin(world.bot.id):
            raise bad_request("need administrator rights in the channel chat")
    return chat


def check_member(world: World, chat: Chat) -> None:
    """Raises ApiError where the bot is not in the chat."""
    status = chat.members.get(world.bot.id)
    if status == "kicked":
        raise forbidden(f"bot was kicked from the {chat.type} chat")
    if status not in PRESENT:
        raise forbidden(f"bot is not a member of the {chat.type} chat")


def open_thread(world: World, chat: Chat, thread: int | None) -> int | None:
    """The thread to write in. Raises ApiError where there is none such, or it is closed."""
    if not thread:
        return None
    topic = chat.topics.get(thread)
    if topic is None:
        raise bad_request("message thread not found")
    if topic.closed and not chat.is_admin(world.bot.id):
        raise bad_request("TOPIC_CLOSED")
    return thread


def _check_private(world: World, chat: Chat) -> None:
    if chat.id in world.deactivated:
        raise forbidden("user is deactivated")
    if not chat.started:
        raise forbidden("bot can't initiate conversation with a user")
    if chat.members[world.bot.id] == "kicked":
        raise forbidden("bot was blocked by the user")


def _by_name(world: World, name: str) -> Chat | None:
    wanted = name.removeprefix("@").lower()
    public = (chat for chat in world.chats.values() if chat.type in {"supergroup", "channel"})
    return next((chat for chat in public if (chat.username or "").lower() == wanted), None)
