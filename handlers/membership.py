"""The bot is added, put out, blocked or let in again; a group becomes a supergroup."""

from telegram import Chat as TelegramChat
from telegram import (
    ChatMember,
    ChatMemberAdministrator,
    ChatMemberRestricted,
    ChatMemberUpdated,
    Update,
)
from telegram.ext import ContextTypes

from bot.messages import replies
from bot.model import ChatRef
from handlers.context import Services, language_code
from handlers.reply import Reply

OUT = frozenset({ChatMember.LEFT, ChatMember.BANNED})


def may_write(member: ChatMember, is_channel: bool) -> bool:
    """Whether the bot, being this kind of member, can write to the chat."""
    match member:
        case ChatMemberRestricted():
            return member.is_member and member.can_send_messages
        case ChatMemberAdministrator() if is_channel:
            return member.can_post_messages is not False
    return member.status not in OUT


def arrives(change: ChatMemberUpdated) -> bool:
    """Whether the bot is new to a group, or back in it."""
    return (
        change.chat.type in {TelegramChat.GROUP, TelegramChat.SUPERGROUP}
        and change.old_chat_member.status in OUT
        and change.new_chat_member.status not in OUT
    )


class Membership:
    """Keeps track of which chats can be written to."""

    def __init__(self, services: Services, reply: Reply) -> None:
        self._chats = services.chats
        self._reply = reply

    async def change(self, update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        """The bot's standing in a chat is another."""
        if (change := update.my_chat_member) is None:
            return
        ref = ChatRef(change.chat.id)
        if not may_write(change.new_chat_member, change.chat.type == TelegramChat.CHANNEL):
            await self._chats.gone(ref)
            return
        is_stranger = await self._chats.back(ref)
        if arrives(change) and is_stranger:
            chat = await self._chats.meet(ref, language_code(update))
            await self._reply.say(ref, replies.greeting_in_group(chat))

    async def migrate(self, update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        """A group has a new id. The old one and the new one both say so."""
        if (message := update.effective_message) is None:
            return
        if message.migrate_to_chat_id:
            await self._move(message.chat_id, message.migrate_to_chat_id)
        elif message.migrate_from_chat_id:
            await self._move(message.migrate_from_chat_id, message.chat_id)

    async def _move(self, old: int, new: int) -> None:
        await self._chats.moved(old, new)
        # Whatever was reported of the new id before: the bot hears from it, so it is in there.
        await self._chats.back(ChatRef(new))
