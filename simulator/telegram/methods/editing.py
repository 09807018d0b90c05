"""Changing and deleting messages."""

from typing import Any

from simulator.telegram.access import check_member, find_chat
from simulator.telegram.errors import bad_request
from simulator.telegram.formatting import caption_of, text_of
from simulator.telegram.keyboards import checked_markup
from simulator.telegram.methods.media import FILES, album_item
from simulator.telegram.methods.sending import preview_of
from simulator.telegram.model import Chat, Json
from simulator.telegram.world import World, as_bot_sees

TEXT = frozenset({"text", "entities", "link_preview_options"})
CAPTION = frozenset({"caption", "caption_entities"})
NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same "
    "as a current content and reply markup of the message"
)
MAX_DELETED = 100


def edit_text(world: World, params: Json) -> Json | bool:
    """Another text."""
    chat, message = _editable(world, params)
    if "text" not in message:
        raise bad_request("there is no text in the message to edit")
    return _change(world, params, chat, message, text_of(params) | preview_of(params), TEXT)


def edit_caption(world: World, params: Json) -> Json | bool:
    """Another caption."""
    chat, message = _editable(world, params)
    if FILES.keys().isdisjoint(message):
        raise bad_request("there is no caption in the message to edit")
    return _change(world, params, chat, message, caption_of(params), CAPTION)


def edit_media(world: World, params: Json) -> Json | bool:
    """Another file."""
    chat, message = _editable(world, params)
    content = album_item(world, params, params.get("media", {}))
    return _change(world, params, chat, message, content, CAPTION | FILES.keys() | TEXT)


def edit_markup(world: World, params: Json) -> Json | bool:
    """Another keyboard, or none."""
    chat, message = _editable(world, params)
    return _change(world, params, chat, message, {}, frozenset())


def delete_message(world: World, params: Json) -> bool:
    """One message away."""
    chat = find_chat(world, params.get("chat_id"))
    if chat.type != "private":
        check_member(world, chat)
    _check_deletable(world, chat, params.get("message_id", 0))
    world.delete(chat, params["message_id"])
    return True


def delete_messages(world: World, params: Json) -> bool:
    """Several messages away; those that aren't there are passed over."""
    chat = find_chat(world, params.get("chat_id"))
    ids = params.get("message_ids", [])
    if len(ids) > MAX_DELETED:
        raise bad_request("too many message identifiers specified")
    for message_id in ids:
        if message_id in chat.messages:
            _check_deletable(world, chat, message_id)
            world.delete(chat, message_id)
    return True


def _editable(world: World, params: Json) -> tuple[Chat, Json]:
    if inline_id := params.get("inline_message_id"):
        place = world.inline_messages.get(inline_id)
        if place is None:
            raise bad_request("MESSAGE_ID_INVALID")
        return place[0], place[0].messages[place[1]]
    chat = find_chat(world, params.get("chat_id"))
    if not params.get("message_id"):
        raise bad_request("message identifier is not specified")
    message = chat.messages.get(params["message_id"])
    if message is None:
        raise bad_request("message to edit not found")
    ours = message.get("from", {}).get("id") == world.bot.id
    if not ours and not (chat.type == "channel" and chat.is_admin(world.bot.id)):
        raise bad_request("message can't be edited")
    return chat, message


def _change(
    world: World, params: Json, chat: Chat, message: Json, content: Json, fields: frozenset[str]
) -> Json | bool:
    markup = checked_markup(params.get("reply_markup"))
    changes = content | ({"reply_markup": markup} if markup else {})
    gone = fields | {"reply_markup"}
    before: dict[str, Any] = {key: message[key] for key in gone if key in message}
    if before == changes:
        raise bad_request(NOT_MODIFIED)
    edited = world.edit(chat, message, changes, gone)
    return True if "inline_message_id" in params else as_bot_sees(edited)


def _check_deletable(world: World, chat: Chat, message_id: int) -> None:
    message = chat.messages.get(message_id)
    if message is None:
        raise bad_request("message to delete not found")
    ours = message.get("from", {}).get("id") == world.bot.id
    if not (ours or chat.type == "private" or chat.is_admin(world.bot.id)):
        raise bad_request("message can't be deleted")


METHODS = {
    "editMessageText": edit_text,
    "editMessageCaption": edit_caption,
    "editMessageMedia": edit_media,
    "editMessageReplyMarkup": edit_markup,
    "deleteMessage": delete_message,
    "deleteMessages": delete_messages,
}
