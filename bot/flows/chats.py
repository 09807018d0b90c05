"""Meet a chat, change its settings, see it leave and come back."""

from collections.abc import Awaitable, Callable, Collection
from dataclasses import dataclass, replace
from datetime import datetime, time

from bot.matching import query
from bot.model import (
    Chat,
    ChatRef,
    ChatState,
    Digest,
    Edition,
    Language,
    Quiet,
    Repeats,
    Subscription,
)
from bot.ports import Chats, Subscriptions


@dataclass(frozen=True, slots=True)
class Defaults:
    """What a new chat begins with, unless its Telegram language says otherwise."""

    language: Language
    timezone: str
    polled: frozenset[Edition] = frozenset(Edition)
    """The editions that are read at all."""

    def editions(self, language: Language) -> frozenset[Edition]:
        """The edition of this language; all of them where that one is not read."""
        own = {each for each in self.polled if each.value == language.value}
        return frozenset(own) or self.polled

    def stranger(self, ref: ChatRef, language_code: str | None) -> Chat:
        """A chat that was never met. `language_code`: its IETF tag, as Telegram tells it."""
        language = spoken(language_code) or self.language
        return Chat(ref, language, self.editions(language), self.timezone)


def spoken(language_code: str | None) -> Language | None:
    """The language of an IETF tag ("ru", "en-US"); None where it is none of ours."""
    tag = (language_code or "").replace("_", "-").partition("-")[0].lower()
    return Language(tag) if tag in frozenset(Language) else None


def toggled(editions: frozenset[Edition], edition: Edition) -> frozenset[Edition]:
    """With `edition` put in or taken out; the last one stays."""
    return editions ^ {edition} or editions


def following(subscription: Subscription, editions: frozenset[Edition]) -> Subscription:
    """The subscription as a chat that reads `editions` follows it."""
    if subscription.is_pinned:
        return subscription
    try:
        asked = query.parse(subscription.text)
    except query.QueryError:
        return subscription
    return replace(subscription, editions=query.followed_in(asked, editions))


class ChatKeeper:
    """Keeps what chats have set. Every method raises StoreUnavailable."""

    def __init__(
        self,
        chats: Chats,
        subscriptions: Subscriptions,
        defaults: Defaults,
        release: Callable[[ChatRef], Awaitable[None]],
        reschedule: Callable[[Chat], Awaitable[None]],
    ) -> None:
        """`release`: `Outbox.release`, since what is set decides what is told when."""
        self._release = release
        self._reschedule = reschedule
        self._chats = chats
        self._subscriptions = subscriptions
        self._defaults = defaults

    @property
    def polled(self) -> Collection[Edition]:
        """The editions that a chat may choose from."""
        return self._defaults.polled

    def stranger(self, ref: ChatRef, language_code: str | None) -> Chat:
        """The chat as if never met: what can be known of it without the store."""
        return self._defaults.stranger(ref, language_code)

    async def look(self, ref: ChatRef, language_code: str | None) -> Chat:
        """The chat's settings, or a stranger's; nothing is kept and nobody is back."""
        return await self._chats.get(ref) or self.stranger(ref, language_code)

    async def meet(self, ref: ChatRef, language_code: str | None) -> Chat:
        """The chat's settings; a new chat is kept, and one that was gone is back."""
        known = await self._chats.get(ref)
        if known is None:
            return await self._welcome(ref, language_code)
        if known.state is ChatState.GONE:
            await self._chats.mark_back(ref)
            await self._reschedule(known)
        return replace(known, state=ChatState.ACTIVE)

    async def _welcome(self, ref: ChatRef, language_code: str | None) -> Chat:
        """A new topic takes over what its group has set, but neither its pause nor its digest."""
        group = await self._chats.get(ChatRef(ref.id)) if ref.topic else None
        if group is None:
            chat = self.stranger(ref, language_code)
        else:
            chat = replace(group, ref=ref, state=ChatState.ACTIVE, digest=None)
            chat = replace(chat, is_paused=False, paused_until=None)
        await self._chats.save(chat)
        return chat

    async def change_language(self, chat: Chat, language: Language) -> Chat:
        """Speak this language. Editions that were never touched go with it."""
        untouched = chat.editions == self._defaults.editions(chat.language)
        editions = self._defaults.editions(language) if untouched else chat.editions
        return await self._change(chat, replace(chat, language=language, editions=editions))

    async def change_timezone(self, chat: Chat, timezone: str) -> Chat:
        """`timezone`: an IANA name, as `timezone_named` gives it."""
        return await self._change(chat, replace(chat, timezone=timezone))

    async def toggle_edition(self, chat: Chat, edition: Edition) -> Chat:
        """Read this edition, or no longer; the last one stays. Subscriptions follow."""
        return await self._change(chat, replace(chat, editions=toggled(chat.editions, edition)))

    async def pause(self, chat: Chat, *, is_paused: bool, until: datetime | None = None) -> Chat:
        """Tell it nothing for a while, or what it missed, and all that follows."""
        return await self._change(chat, replace(chat, is_paused=is_paused, paused_until=until))

    async def be_quiet(self, chat: Chat, quiet: Quiet | None) -> Chat:
        """Tell it nothing in these hours."""
        return await self._change(chat, replace(chat, quiet=quiet))

    async def change_daily(self, chat: Chat, daily_at: time) -> Chat:
        """When its daily message comes."""
        return await self._change(chat, replace(chat, daily_at=daily_at))

    async def change_digest(self, chat: Chat, digest: Digest | None, daily_at: time) -> Chat:
        """What its daily message holds, and when it comes; None: it gets none."""
        new = replace(chat, digest=digest, daily_at=daily_at, is_asked=True)
        return await self._change(chat, new)

    async def asked(self, chat: Chat) -> None:
        """It was asked whether it wants a digest."""
        await self._chats.save(replace(chat, is_asked=True))

    async def limit(self, chat: Chat, most_a_day: int) -> Chat:
        """How many messages it wants on a day; 0: any number."""
        return await self._change(chat, replace(chat, most_a_day=most_a_day))

    async def change_repeats(self, chat: Chat, repeats: Repeats) -> Chat:
        """What becomes of a story that is told again."""
        return await self._change(chat, replace(chat, repeats=repeats))

    async def _change(self, old: Chat, new: Chat) -> Chat:
        # The chat comes last, and what waits is let out in any case: where this is broken off and
        # the same update handled again, it starts from the same settings, or only lets out.
        if new.editions != old.editions:
            await self._refollow(new)
        if _clockwork(new) != _clockwork(old):
            await self._reschedule(new)
        if new != old:
            await self._chats.save(new)
        await self._release(new.ref)
        return new

    async def _refollow(self, chat: Chat) -> None:
        subscriptions = await self._subscriptions.of(chat.ref)
        for old in subscriptions:
            new = following(old, chat.editions)
            if new != old:
                await self._subscriptions.add(new, limit=len(subscriptions) + 1)

    async def gone(self, ref: ChatRef) -> None:
        """The chat can't be written to any more."""
        await self._chats.mark_gone(ref)

    async def back(self, ref: ChatRef) -> bool:
        """It can again. True: it was gone, or never met."""
        known = await self._chats.get(ref)
        await self._chats.mark_back(ref)
        if known:
            await self._reschedule(known)
        return known is None or known.state is ChatState.GONE

    async def moved(self, old: int, new: int) -> None:
        """A group has a new id. Telegram says so twice: here and there."""
        if old != new:
            await self._chats.move(old, new)


def _clockwork(chat: Chat) -> tuple[object, ...]:
    """All that decides when its digest is due."""
    return chat.timezone, chat.daily_at, chat.digest and chat.digest.weekdays_only
