"""The commands as Telegram offers them: one list per scope and language."""

from collections.abc import Collection

import structlog
from telegram import (
    Bot,
    BotCommand,
    BotCommandScope,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeDefault,
)
from telegram.error import TelegramError

from bot.messages import replies
from bot.model import Language

FALLBACK = Language.EN
"""Its list is shown in every language that has none."""
NOT_IN_GROUPS = frozenset({"start"})

log = structlog.get_logger(__name__)


def listed(names: Collection[str], language: Language, scope: BotCommandScope) -> list[BotCommand]:
    """What a scope offers, in the menu's order."""
    described = replies.command_descriptions(language)
    hidden = NOT_IN_GROUPS if isinstance(scope, BotCommandScopeAllGroupChats) else frozenset()
    return [BotCommand(name, described[name]) for name in names if name not in hidden]


async def announce(bot: Bot, names: Collection[str]) -> None:
    """Tell Telegram all lists. What fails is logged: the commands work all the same."""
    scopes = (
        BotCommandScopeDefault(),
        BotCommandScopeAllPrivateChats(),
        BotCommandScopeAllGroupChats(),
    )
    for scope in scopes:
        for language in Language:
            await _announce(bot, names, language, scope)


async def _announce(
    bot: Bot, names: Collection[str], language: Language, scope: BotCommandScope
) -> None:
    code = None if language is FALLBACK else str(language)
    try:
        await bot.set_my_commands(listed(names, language, scope), scope, code)
    except TelegramError as error:
        log.warning(
            "commands not announced", scope=scope.type, language=language, reason=error.message
        )
