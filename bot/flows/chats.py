"""Meet a chat, change its settings, see it leave and come back."""

from collections.abc import Awaitable, Callable, Collection
from dataclasses import dataclass, replace
from datetime import time
from functools import cache
from zoneinfo import available_timezones

from bot.matching import query
from bot.model import (
    Chat,
    ChatRef,
    ChatState,
    Edition,
    Language,
    Quiet,
    Repeats,
    Subscription,
)
from bot.ports import Chats, Subscriptions

NOT_PLACES = frozenset({"factory", "localtime"})


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


def timezone_named(said: str) -> str | None:
    """The IANA name meant by "europe/berlin", "New York" or "bishkek"; None: no such zone."""
    return _zones().get("_".join(said.split()).casefold())


@cache
def _zones() -> dict[str, str]:
    """Every zone by its full name, and by its city's."""
    names = sorted(name for name in available_timezones() if name.casefold() not in NOT_PLACES)
    # Where two zones share a city, the later is the one that people mean: Europe/Istanbul.
    cities = {name.rpartition("/")[2].casefold(): name for name in names}
    return cities | {name.casefold(): name for name in names}


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
    ) -> None:
        """`release`: `Outbox.release`, since what is set decides what is told when."""
        self._release = release
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
        return replace(known, state=ChatState.ACTIVE)

    async def _welcome(self, ref: ChatRef, language_code: str | None) -> Chat:
        """A new topic takes over what its group has set, but not its pause."""
        group = await self._chats.get(ChatRef(ref.id)) if ref.topic else None
        chat = (
            replace(group, ref=ref, state=ChatState.ACTIVE, is_paused=False)
            if group
            else self.stranger(ref, language_code)
        )
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

    async def pause(self, chat: Chat, *, is_paused: bool) -> Chat:
        """Tell it nothing for a while, or what it missed, and all that follows."""
        return await self._change(chat, replace(chat, is_paused=is_paused))

    async def be_quiet(self, chat: Chat, quiet: Quiet | None) -> Chat:
        """Tell it nothing in these hours."""
        return await self._change(chat, replace(chat, quiet=quiet))

    async def change_daily(self, chat: Chat, daily_at: time) -> Chat:
        """When its daily message comes."""
        return await self._change(chat, replace(chat, daily_at=daily_at))

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
        return known is None or known.state is ChatState.GONE

    async def moved(self, old: int, new: int) -> None:
        """A group has a new id. Telegram says so twice: here and there."""
        if old != new:
            await self._chats.move(old, new)
