"""Who may change things: anyone in a private chat, administrators elsewhere."""

from telegram import Bot, ChatMember
from telegram.error import BadRequest, TelegramError

from bot.model import ChatRef
from bot.ports import Clock
from handlers.context import Speaker

KEPT_SECONDS = 60.0
KEPT = 10_000
ADMINISTRATORS = frozenset({ChatMember.OWNER, ChatMember.ADMINISTRATOR})


class PermissionUnknown(Exception):
    """Telegram did not say whether the speaker is an administrator."""


class Permission:
    """Asks Telegram, and remembers administrators for a minute."""

    def __init__(self, bot: Bot, clock: Clock) -> None:
        self._bot = bot
        self._clock = clock
        self._until: dict[tuple[int, int], float] = {}

    async def may_change(self, ref: ChatRef, speaker: Speaker) -> bool:
        """Whether the speaker may change this chat's settings. Raises PermissionUnknown."""
        if ref.is_private or speaker.is_chat:
            return True
        if speaker.person is None:
            return False
        return self._is_known(ref.id, speaker.person) or await self._ask(ref.id, speaker.person)

    def _is_known(self, chat: int, person: int) -> bool:
        return self._until.get((chat, person), 0.0) > self._now()

    async def _ask(self, chat: int, person: int) -> bool:
        try:
            is_administrator = await self._is_administrator(chat, person)
        except TelegramError as error:
            raise PermissionUnknown(error.message) from error
        if is_administrator:
            self._remember(chat, person)
        return is_administrator

    async def _is_administrator(self, chat: int, person: int) -> bool:
        try:
            member = await self._bot.get_chat_member(chat, person)
        except BadRequest:
            # Where members are hidden from the bot, administrators still are not.
            administrators = await self._bot.get_chat_administrators(chat)
            return person in {each.user.id for each in administrators}
        return member.status in ADMINISTRATORS

    def _remember(self, chat: int, person: int) -> None:
        self._until.pop((chat, person), None)
        while len(self._until) >= KEPT:
            del self._until[next(iter(self._until))]
        self._until[chat, person] = self._now() + KEPT_SECONDS

    def _now(self) -> float:
        return self._clock.now().timestamp()
