"""What a bot can learn of chats and their members."""

from simulator.telegram.access import check_member, find_chat
from simulator.telegram.errors import bad_request
from simulator.telegram.membership import member
from simulator.telegram.model import ADMINS, PRESENT, Chat, Json
from simulator.telegram.world import World, as_bot_sees


def get_chat(world: World, params: Json) -> Json:
    """Everything about a chat."""
    chat = find_chat(world, params.get("chat_id"))
    if chat.type != "private":
        check_member(world, chat)
    full = chat.summary() | {
        "accent_color_id": 0,
        "max_reaction_count": 11,
        "accepted_gift_types": dict.fromkeys(
            (
                "unlimited_gifts",
                "limited_gifts",
                "unique_gifts",
                "premium_subscription",
                "gifts_from_channels",
            ),
            False,
        ),
    }
    pinned = [chat.messages[each] for each in chat.pinned if each in chat.messages]
    return full | {"pinned_message": as_bot_sees(pinned[-1])} if pinned else full


def get_member(world: World, params: Json) -> Json:
    """One member, or who it once was."""
    chat = _members_known(world, params)
    user_id = params.get("user_id", 0)
    if user_id not in world.people and user_id != world.bot.id:
        raise bad_request("user not found")
    return member(world, user_id, chat.members.get(user_id, "left"))


def get_administrators(world: World, params: Json) -> list[Json]:
    """Who runs the chat, other bots aside."""
    chat = _members_known(world, params)
    if chat.type == "private":
        raise bad_request("there are no administrators in the private chat")
    runners = {each: status for each, status in chat.members.items() if status in ADMINS}
    return [member(world, each, status) for each, status in runners.items()]


def count_members(world: World, params: Json) -> int:
    """How many there are."""
    chat = _members_known(world, params)
    return sum(status in PRESENT for status in chat.members.values())


def _members_known(world: World, params: Json) -> Chat:
    chat = find_chat(world, params.get("chat_id"))
    if chat.type != "private":
        check_member(world, chat)
    return chat


METHODS = {
    "getChat": get_chat,
    "getChatMember": get_member,
    "getChatAdministrators": get_administrators,
    "getChatMemberCount": count_members,
}
