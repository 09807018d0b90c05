"""An Outbox, its pacing and its posts in memory: the contracts, as plainly as they go."""

import math
from collections import defaultdict
from collections.abc import AsyncIterator, Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from bot.model import Alert, Booked, Bundle, ChatRef, Post, Slot, Telling, Verdict

MOST_HELD = 200
EVENLY = 0.95
FAR = 60.0


@dataclass(frozen=True, slots=True)
class Owed:
    """An alert that was put in, and until when it is put aside."""

    alert: Alert
    till: float = 0.0

    @property
    def order(self) -> tuple[float, int, int]:
        return self.alert.since, self.alert.chat.topic, self.alert.article

    @property
    def name(self) -> tuple[int, int]:
        return self.alert.chat.topic, self.alert.article

    def of(self, chat: int) -> "Owed":
        ref = ChatRef(chat, self.alert.chat.topic)
        return replace(self, alert=replace(self.alert, chat=ref))


@dataclass(frozen=True, slots=True)
class Lease:
    """What is out for a chat."""

    token: str
    topic: int
    until: float
    owed: tuple[Owed, ...]
    is_released: bool = False
    """What the chat has set was changed since."""


class FakePacing:
    """`Pacing`. A window has room for `per_second` messages, and lasts so long."""

    def __init__(self, per_second: float, spare: float = 1.018) -> None:
        self._most = max(1, int(per_second))
        self._window = spare * self._most / per_second
        self._slots: list[float] = []
        self._paces: dict[int, float] = {}
        self.when_set_back: list[Callable[[float, float], None]] = [self._earlier_by]
        """Told by how much the clock was set back, and what it shows."""
        self.until = 0.0
        """Nothing goes before."""

    def pace(self, chat: int) -> float:
        return self._paces.get(chat, 0.0)

    def set_pace(self, chat: int, free: float) -> None:
        self._paces[chat] = max(self.pace(chat), free)

    async def book(self, chats: Sequence[ChatRef | None], now: float, ahead: float) -> list[Slot]:
        answers = []
        self.mind_the_clock(now)
        for chat in chats:
            at = max(now, self.until, *self._next())
            if at > now + ahead:
                return [*answers, Slot(at - ahead, Verdict.ALL_ARE_BUSY)]
            answers.append(self._answer(chat, at))
        return answers

    def _answer(self, chat: ChatRef | None, at: float) -> Slot:
        if chat is not None and self.pace(chat.id) > at:
            return Slot(self.pace(chat.id), Verdict.CHAT_IS_BUSY)
        self._slots.insert(0, at)
        if chat is not None:
            self._paces[chat.id] = at + gap(chat.id)
        return Slot(at, Verdict.GRANTED)

    async def give_up(self, booked: Sequence[Booked]) -> None:
        for chat, slot in booked:
            if slot.at in self._slots:
                self._slots.remove(slot.at)
            if chat is not None and self.pace(chat.id) == slot.at + gap(chat.id):
                del self._paces[chat.id]

    def _next(self) -> list[float]:
        evenly = [slot + EVENLY * self._window / self._most for slot in self._slots[:1]]
        return [0.0, *evenly, *(slot + self._window for slot in self._slots[self._most - 1 :][:1])]

    def mind_the_clock(self, now: float) -> None:
        back = max(self._slots, default=0.0) - now
        if back >= FAR:
            for tell in self.when_set_back:
                tell(back, now)

    def _earlier_by(self, seconds: float, now: float) -> None:
        self._slots = [slot - seconds for slot in self._slots]
        self._paces = earlier(self._paces, seconds, now)
        self.until -= seconds if self.until > now else 0.0

    async def hold(self, chat: ChatRef, until: float) -> None:
        self.set_pace(chat.id, until)

    async def hold_all(self, until: float) -> None:
        self.until = max(self.until, until)


class FakePosts:
    """`Posts`."""

    def __init__(self) -> None:
        self.all: dict[tuple[int, ChatRef], Post] = {}
        self.counts: defaultdict[tuple[ChatRef, str], int] = defaultdict(int)

    def remember(self, chat: ChatRef, telling: Telling) -> None:
        """What `Outbox.settle` does."""
        post = Post(chat, telling.message_id, is_alone=len(telling.articles) == 1)
        self.all |= {(article, chat): post for article in telling.articles}
        if telling.day:
            self.counts[chat, telling.day] += 1

    async def of(self, article: int) -> AsyncIterator[Post]:
        for (told, _), post in [*self.all.items()]:
            if told == article:
                yield post

    async def find(self, article: int, chats: Collection[ChatRef]) -> dict[ChatRef, Post]:
        return {chat: self.all[article, chat] for chat in chats if (article, chat) in self.all}

    async def count(self, chats: Mapping[ChatRef, str]) -> dict[ChatRef, int]:
        return {chat: self.counts[chat, day] for chat, day in chats.items()}


class FakeOutbox:
    """`Outbox`. Everything is by Telegram's chat: a forum's topics share its pace and its turn."""

    def __init__(self, per_second: float = 30) -> None:
        self.pacing = FakePacing(per_second)
        self.posts = FakePosts()
        self._owed: defaultdict[int, list[Owed]] = defaultdict(list)
        self._aside: defaultdict[int, list[Owed]] = defaultdict(list)
        self._leases: dict[int, Lease] = {}
        self._attempts: defaultdict[int, int] = defaultdict(int)
        self._not_before: dict[int, float] = {}
        self._taken = 0
        self._moved: dict[int, int] = {}
        self.pacing.when_set_back.append(self._earlier_by)
        self.gone: set[int] = set()
        """What `Chats.mark_gone` marks."""

    def put(self, alerts: Iterable[Alert], now: float) -> None:
        """What `Articles.keep` does; `now` is kept to the millisecond."""
        met = set()
        for alert in alerts:
            chat = self._current(alert.chat)
            if chat.id not in self.gone and (chat, alert.article) not in met:
                new = replace(alert, chat=chat, since=round(now, 3))
                self._add(chat.id, [Owed(new)])
            met.add((chat, alert.article))

    @property
    def alerts(self) -> list[Alert]:
        """All that are neither settled nor put aside, by chat."""
        leased = [owed for lease in self._leases.values() for owed in lease.owed]
        waiting = [owed for owed_to in self._owed.values() for owed in owed_to]
        return sorted((owed.alert for owed in leased + waiting), key=lambda a: (a.chat, a.article))

    def discard(self, chat: ChatRef, articles: Collection[int]) -> None:
        """Of what is put aside for a chat. What `Digests.settle` does."""
        self._aside[chat.id] = [
            one
            for one in self._aside[chat.id]
            if one.alert.chat != chat or one.alert.article not in articles
        ]

    @property
    def aside(self) -> list[Alert]:
        """All that are put aside, by chat."""
        aside = [owed.alert for owed_to in self._aside.values() for owed in owed_to]
        return sorted(aside, key=lambda alert: (alert.chat, alert.article))

    async def take(self, now: float, lease: float, limit: int) -> list[Bundle]:
        self.pacing.mind_the_clock(now)
        if self.pacing.until > now:
            return []
        self._expire(now)
        for chat in [*self._aside]:
            self._wake(chat, now)
        self._taken += 1
        return [self._lease_out(chat, now + lease) for chat in self._ready(now)[:limit]]

    async def settle(
        self,
        bundle: Bundle,
        now: float,
        articles: Collection[int] | None = None,
        telling: Telling | None = None,
    ) -> bool:
        chat, lease = bundle.chat.id, self._lease_of(bundle)
        if lease is None:
            return False
        if telling:
            self.posts.remember(bundle.chat, telling)
        rest = [owed for owed in lease.owed if not _settled(owed, articles)]
        self._end(chat)
        self._add(chat, rest)
        self.pacing.set_pace(chat, now + gap(chat) if telling else now)
        self._turn(chat, self.pacing.pace(chat))
        return True

    async def postpone(self, bundle: Bundle, until: float, *, has_failed: bool = True) -> bool:
        lease = self._lease_of(bundle)
        if lease is not None:
            self._put_off(bundle.chat.id, lease, until, failed=has_failed)
        return lease is not None

    async def hold(self, bundle: Bundle, until: Mapping[int, float]) -> bool:
        chat, lease = bundle.chat.id, self._lease_of(bundle)
        if lease is None:
            return False
        aside = [
            replace(one, till=0.0 if lease.is_released else until[one.alert.article])
            for one in lease.owed
            if _is_in(one, until)
        ]
        self._aside[chat] = sorted(self._aside[chat] + aside, key=lambda o: o.order)[-MOST_HELD:]
        rest = tuple(one for one in lease.owed if not _is_in(one, until))
        self._leases[chat] = replace(lease, owed=rest)
        if not rest:
            self._end(chat)
            self._turn(chat, 0.0)
        return True

    async def release(self, chat: ChatRef) -> None:
        self._wake(chat.id, math.inf)
        if chat.id in self._leases:
            self._leases[chat.id] = replace(self._leases[chat.id], is_released=True)

    async def waiting(self) -> int:
        return len(self.alerts)

    async def oldest(self) -> float | None:
        free = self._owed.keys() - self._leases.keys() - self._not_before.keys()
        return min(
            (self._owed[chat][0].alert.since for chat in free if self._owed[chat]), default=None
        )

    def move_chat(self, old: int, new: int) -> None:
        """What `Chats.move` does."""
        self._moved.pop(new, None)
        self._moved[old] = new
        for chat in (old, new):
            self._wake(chat, math.inf)
        known = {one.name for one in self._owed_to(new)}
        moving = [one for one in self._owed_to(old) if one.name not in known]
        self._owed[old] = []
        for of_chat in (self._leases, self._not_before, self._attempts):
            of_chat.pop(old, None)
        self._add(new, [one.of(new) for one in moving])
        if moving and new not in self._leases:
            self._not_before.setdefault(new, 0.0)

    def _earlier_by(self, seconds: float, now: float) -> None:
        self._not_before = earlier(self._not_before, seconds, now)
        ends = earlier({chat: lease.until for chat, lease in self._leases.items()}, seconds, now)
        self._leases = {
            chat: replace(lease, until=ends[chat]) for chat, lease in self._leases.items()
        }

    def _current(self, ref: ChatRef) -> ChatRef:
        chat = ref.id
        while chat in self._moved:
            chat = self._moved[chat]
        return ChatRef(chat, ref.topic)

    def _expire(self, now: float) -> None:
        for chat, lease in [*self._leases.items()]:
            if lease.until <= now:
                self.pacing.set_pace(chat, lease.until + gap(chat))
                self._put_off(chat, lease, self.pacing.pace(chat), failed=True)

    def _wake(self, chat: int, now: float) -> None:
        awake = [replace(one, till=0.0) for one in self._aside[chat] if one.till <= now]
        self._aside[chat] = [one for one in self._aside[chat] if one.till > now]
        waits = bool(self._owed[chat])
        self._add(chat, awake)
        if not waits:
            self._turn(chat, 0.0)

    def _turn(self, chat: int, due: float) -> None:
        if self._owed[chat] and chat not in self._leases:
            self._not_before[chat] = due

    def _ready(self, now: float) -> list[int]:
        chats = [chat for chat, owed in self._owed.items() if owed and chat not in self._leases]
        due = [chat for chat in chats if self._not_before.get(chat, 0.0) <= now]
        for chat in due:
            if self.pacing.pace(chat) > now:
                self._not_before[chat] = self.pacing.pace(chat)
        ready = [chat for chat in due if self.pacing.pace(chat) <= now]
        return sorted(ready, key=lambda chat: (self._owed[chat][0].alert.since, chat))

    def _lease_out(self, chat: int, until: float) -> Bundle:
        owed = self._owed[chat]
        ref = owed[0].alert.chat
        out = tuple(one for one in owed if one.alert.chat == ref)
        self._owed[chat] = [one for one in owed if one.alert.chat != ref]
        token = str(self._taken)
        self._leases[chat] = Lease(token, ref.topic, until, out)
        self._not_before.pop(chat, None)
        alerts = tuple(one.alert for one in out)
        return Bundle(ref, alerts, token, until, self._attempts[chat], out[0].alert.since)

    def _put_off(self, chat: int, lease: Lease, until: float, *, failed: bool) -> None:
        del self._leases[chat]
        self._attempts[chat] += failed
        self._add(chat, lease.owed)
        self._not_before[chat] = until

    def _lease_of(self, bundle: Bundle) -> Lease | None:
        lease = self._leases.get(bundle.chat.id)
        return lease if lease and lease.token == bundle.lease else None

    def _end(self, chat: int) -> None:
        del self._leases[chat]
        self._attempts.pop(chat, None)

    def _add(self, chat: int, owed: Sequence[Owed]) -> None:
        self._owed[chat] = sorted([*self._owed[chat], *owed], key=lambda one: one.order)

    def _owed_to(self, chat: int) -> list[Owed]:
        out = self._leases[chat].owed if chat in self._leases else ()
        return [*out, *self._owed[chat]]


def _settled(owed: Owed, articles: Collection[int] | None) -> bool:
    return articles is None or owed.alert.article in articles


def _is_in(owed: Owed, until: Mapping[int, float]) -> bool:
    return owed.alert.article in until


def earlier(times: Mapping[int, float], seconds: float, now: float) -> dict[int, float]:
    return {chat: time - seconds if time > now else time for chat, time in times.items()}


def gap(chat: int) -> float:
    """Telegram: a message a second to a person, twenty a minute to a group or channel."""
    return 1.0 if chat > 0 else 3.0
