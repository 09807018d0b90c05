"""What a bot is told of what people write: in groups, by default, only what is meant for it."""

from simulator.telegram.model import PRESENT, Bot, Chat, Json

SERVICE = frozenset(
    {
        "new_chat_members",
        "left_chat_member",
        "new_chat_title",
        "group_chat_created",
        "migrate_to_chat_id",
        "migrate_from_chat_id",
        "pinned_message",
        "forum_topic_created",
        "forum_topic_closed",
        "forum_topic_reopened",
    }
)


def is_for(bot: Bot, chat: Chat, message: Json) -> bool:
    """Whether this message becomes an update."""
    if chat.members.get(bot.id) not in PRESENT:
        return False
    if chat.type in {"private", "channel"} or chat.is_admin(bot.id) or not bot.privacy:
        return not _is_command_for_another(bot, message)
    return (
        not SERVICE.isdisjoint(message)
        or message.get("via_bot", {}).get("id") == bot.id
        or message.get("reply_to_message", {}).get("from", {}).get("id") == bot.id
        or _names(bot, message)
    )


def _names(bot: Bot, message: Json) -> bool:
    """A command without a name, or one with ours, or a mention."""
    own = bot.username.lower()
    marked = _marked(message)
    return any(
        (kind == "bot_command" and value.partition("@")[2] in {"", own})
        or (kind == "mention" and value == f"@{own}")
        for kind, value in marked
    )


def _is_command_for_another(bot: Bot, message: Json) -> bool:
    own = bot.username.lower()
    return message["chat"]["type"] != "private" and any(
        kind == "bot_command" and value.partition("@")[2] not in {"", own}
        for kind, value in _marked(message)[:1]
    )


def _marked(message: Json) -> list[tuple[str, str]]:
    units = (message.get("text") or message.get("caption") or "").encode("utf-16-le")
    entities = message.get("entities") or message.get("caption_entities") or []
    return [(entity["type"], _slice(units, entity).lower()) for entity in entities]


def _slice(units: bytes, entity: Json) -> str:
    start = 2 * entity["offset"]
    return units[start : start + 2 * entity["length"]].decode("utf-16-le")
