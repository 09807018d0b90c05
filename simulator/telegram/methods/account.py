"""The bot's own account: who it is, what it says of itself, its commands."""

import re
from collections.abc import Callable
from typing import Any

from simulator.telegram.access import find_chat
from simulator.telegram.errors import bad_request
from simulator.telegram.model import Json
from simulator.telegram.world import World

MAX_COMMANDS = 100
COMMAND = re.compile(r"[a-z0-9_]{1,32}")
MAX_COMMAND_DESCRIPTION = 256
MAX_PROFILE = {"name": 64, "description": 512, "short_description": 120}
TOO_LONG = {
    "name": "BOT_TITLE_INVALID",
    "description": "BOT_DESCRIPTION_TOO_LONG",
    "short_description": "BOT_SHORT_DESCRIPTION_TOO_LONG",
}


def get_me(world: World, _: Json) -> Json:
    """The bot's `User`."""
    return world.bot.user() | {
        "can_join_groups": True,
        "can_read_all_group_messages": not world.bot.privacy,
        "supports_inline_queries": world.bot.inline,
        "can_connect_to_business": False,
        "has_main_web_app": False,
        "has_topics_enabled": False,
        "allows_users_to_create_topics": False,
        "can_manage_bots": False,
    }


def set_commands(world: World, params: Json) -> bool:
    """A list for a scope and a language."""
    commands = params.get("commands", [])
    if len(commands) > MAX_COMMANDS:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    for command in commands:
        if not COMMAND.fullmatch(command["command"]):
            raise bad_request("BOT_COMMAND_INVALID")
        if not 0 < len(command["description"]) <= MAX_COMMAND_DESCRIPTION:
            raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    world.menu.set(*_place(world, params), commands)
    world.events.emit({"type": "commands"})
    return True


def get_commands(world: World, params: Json) -> list[Json]:
    """What was set."""
    return world.menu.get(*_place(world, params))


def delete_commands(world: World, params: Json) -> bool:
    """Back to the next wider scope's."""
    world.menu.delete(*_place(world, params))
    world.events.emit({"type": "commands"})
    return True


def _place(world: World, params: Json) -> tuple[Json, str]:
    scope: Json = params.get("scope") or {"type": "default"}
    if "chat_id" in scope:
        scope = scope | {"chat_id": find_chat(world, scope["chat_id"]).id}
    return scope, params.get("language_code", "")


def _setter(kind: str) -> Callable[[World, Json], Any]:
    def set_text(world: World, params: Json) -> bool:
        text = params.get(kind, "")
        if len(text) > MAX_PROFILE[kind]:
            raise bad_request(TOO_LONG[kind])
        world.profile.set(kind, params.get("language_code", ""), text)
        return True

    return set_text


def _getter(kind: str) -> Callable[[World, Json], Any]:
    def get_text(world: World, params: Json) -> Json:
        own = world.bot.name if kind == "name" else ""
        return {kind: world.profile.get(kind, params.get("language_code", "")) or own}

    return get_text


METHODS = {
    "getMe": get_me,
    "setMyCommands": set_commands,
    "getMyCommands": get_commands,
    "deleteMyCommands": delete_commands,
    "setMyName": _setter("name"),
    "getMyName": _getter("name"),
    "setMyDescription": _setter("description"),
    "getMyDescription": _getter("description"),
    "setMyShortDescription": _setter("short_description"),
    "getMyShortDescription": _getter("short_description"),
}
