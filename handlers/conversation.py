"""From an update to the command or button that it means, and back to the reader."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from telegram import CallbackQuery, Update
from telegram import Message as TelegramMessage
from telegram.ext import ContextTypes

from bot.flows.timing import awake
from bot.messages import replies
from bot.model import Chat, ChatRef
from handlers import fallback
from handlers.context import (
    Answer,
    Command,
    Effect,
    Outdated,
    Press,
    Services,
    Turn,
    language_code,
    links_of,
    ref_of,
    speaker_of,
)
from handlers.permission import Permission
from handlers.reply import Reply
from handlers.said import Said, is_for_us


@dataclass(frozen=True, slots=True)
class Entry:
    """A command of the menu."""

    act: Command
    changes: bool = False
    """Said with words it changes something, which in groups is for administrators."""
    always: bool = False
    """Without words, too."""


@dataclass(frozen=True, slots=True)
class Route:
    """A kind of button."""

    act: Press
    changes: bool = False
    """As in `Entry`."""


class Conversation:
    """Hears commands, texts and presses, in private chats, groups, topics and channels."""

    def __init__(
        self,
        menu: Mapping[str, Entry],
        routes: Mapping[str, Route],
        services: Services,
        permission: Permission,
        reply: Reply,
    ) -> None:
        self._menu = menu
        self._routes = routes
        self._services = services
        self._permission = permission
        self._reply = reply

    async def hear(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """A text: a command, or not."""
        ref, message = ref_of(update), update.effective_message
        if ref is None or message is None or not message.text:
            return
        said = Said.parse(message.text)
        if is_for_us(said, ref, context.bot.username, self._menu):
            turn = await self._turn(update, ref, said.words, said.command)
            turn = replace(turn, answered=links_of(message.reply_to_message))
            await self._say(ref, await self._answer(turn))

    async def _turn(self, update: Update, ref: ChatRef, words: str, command: str = "") -> Turn:
        chat = await self._services.chats.meet(ref, language_code(update))
        chat = awake(chat, self._services.clock.now().timestamp())
        return Turn(chat, speaker_of(update), words, self._services, command)

    async def _answer(self, turn: Turn) -> Answer:
        entry = self._menu.get(turn.command)
        if entry is None:
            return await fallback.answer(turn)
        is_change = entry.changes and (turn.words or entry.always)
        if is_change and not await self._may_change(turn):
            return replies.admins_only(turn.chat)
        return await entry.act(turn)

    async def _may_change(self, turn: Turn) -> bool:
        return await self._permission.may_change(turn.chat.ref, turn.speaker)

    async def press(self, update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        """A button. Every press is answered, or the button would seem to wait."""
        query, ref = update.callback_query, ref_of(update)
        if query is None:
            return
        if ref is None:
            chat = self._services.chats.stranger(ChatRef(query.from_user.id), language_code(update))
            await self._reply.toast(query, replies.toast_outdated(chat))
            return
        kind, _colon, words = (query.data or "").partition(":")
        turn = await self._turn(update, ref, words)
        await self._show(await self._effect(kind, turn), turn.chat, query)

    async def _effect(self, kind: str, turn: Turn) -> Effect:
        route = self._routes.get(kind)
        if route is None:
            return Effect(replies.toast_outdated(turn.chat))
        if route.changes and not await self._may_change(turn):
            return Effect(replies.toast_admins_only(turn.chat))
        try:
            return await route.act(turn)
        except Outdated:
            return Effect(replies.toast_outdated(turn.chat))

    async def _show(self, effect: Effect, chat: Chat, query: CallbackQuery) -> None:
        await self._reply.toast(query, effect.toast)
        place = query.message if isinstance(query.message, TelegramMessage) else None
        if effect.edit and place:
            await self._reply.edit(chat.ref, place, effect.edit)
        if effect.is_spent and place:
            await self._reply.take_button(chat.ref, place, query.data or "")
        if effect.say:
            await self._say(chat.ref, effect.say)

    async def _say(self, ref: ChatRef, answer: Answer) -> None:
        for message in answer if isinstance(answer, tuple) else (answer,):
            await self._reply.say(ref, message)
