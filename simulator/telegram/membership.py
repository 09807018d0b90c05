"""Who is in which chat, and what is told of it."""

from simulator.telegram.errors import bad_request
from simulator.telegram.model import ADMINS, PRESENT, Chat, Json
from simulator.telegram.world import World

RIGHTS = (
    "can_manage_chat",
    "can_delete_messages",
    "can_manage_video_chats",
    "can_restrict_members",
    "can_promote_members",
    "can_change_info",
    "can_invite_users",
    "can_post_stories",
    "can_edit_stories",
    "can_delete_stories",
)


def member(world: World, user_id: int, status: str) -> Json:
    """The Bot API's `ChatMember`."""
    described: Json = {"status": status, "user": world.user(user_id)}
    if status in ADMINS:
        described["is_anonymous"] = False
    if status == "administrator":
        described |= {"can_be_edited": False} | dict.fromkeys(RIGHTS, True)
    if status == "kicked":
        described["until_date"] = 0
    return described


def change_member(world: World, chat: Chat, user_id: int, status: str, by: Json) -> None:
    """Give a user another status; the bot is told of its own by `my_chat_member`, and of others'
    by `chat_member`.
    """
    before = chat.members.get(user_id, "left")
    if before == status:
        return
    chat.members[user_id] = status
    kind = "my_chat_member" if user_id == world.bot.id else "chat_member"
    change = {
        "chat": chat.summary(),
        "from": by,
        "date": world.now(),
        "old_chat_member": member(world, user_id, before),
        "new_chat_member": member(world, user_id, status),
    }
    if kind == "my_chat_member" or chat.is_admin(world.bot.id):
        world.updates.add(kind, change)
    world.events.emit({"type": "member", "chat_id": chat.id, "user_id": user_id, "status": status})
    _announce(world, chat, user_id, by, (before in PRESENT, status in PRESENT))


def migrate(world: World, chat: Chat) -> Chat:
    """The group becomes a supergroup, under a new id; each says so in a service message. Raises
    ApiError where it is none, or did before.
    """
    if chat.type != "group" or chat.moved_to:
        raise bad_request("only a group that hasn't moved yet can become a supergroup")
    new = world.add_chat("supergroup", chat.title, dict(chat.members), forum=False)
    sender = {"from": world.user(next(iter(chat.members)))}
    notices = ((chat, "migrate_to_chat_id", new.id), (new, "migrate_from_chat_id", chat.id))
    for place, field, number in notices:
        message = world.post(place, sender | {field: number})
        world.tell_bot(place, message)
    chat.moved_to = new.id
    return new


def _announce(
    world: World, chat: Chat, user_id: int, by: Json, presence: tuple[bool, bool]
) -> None:
    if chat.type not in {"group", "supergroup"} or presence[0] == presence[1]:
        return
    user = world.user(user_id)
    came = {"new_chat_members": [user]} if presence[1] else {"left_chat_member": user}
    world.tell_bot(chat, world.post(chat, {"from": by} | came))
