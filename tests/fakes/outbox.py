"""An Outbox in memory: the contract written down as plainly as it goes."""

import math
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from bot.model import Alert, Bundle, ChatRef


@dataclass(frozen=True, slots=True)
class Owed:
    """An alert and when it was put in."""

    since: float
    alert: Alert

    @property
    def order(self) -> tuple[float, int, int]:
        return self.since, self.alert.chat.topic, self.alert.article

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


class FakeOutbox:
    """`Outbox`. Everything is by Telegram's chat: a forum's topics share its pace and its turn."""

    def __init__(self, per_second: float = 30) -> None:
        self.spacing = 1 / per_second
        self._owed: defaultdict[int, list[Owed]] = defaultdict(list)
        self._leases: dict[int, Lease] = {}
        self._attempts: defaultdict[int, int] = defaultdict(int)
        self._paces: defaultdict[int, float] = defaultdict(float)
        self._not_before: defaultdict[int, float] = defaultdict(float)
        self._slot = 0.0
        self._hold = 0.0
        self._taken = 0
        self._moved: dict[int, int] = {}
        self.gone: set[int] = set()
        """What `Chats.mark_gone` marks."""

    def put(self, alerts: Iterable[Alert], now: float) -> None:
        """What `Articles.keep` does; `now` is kept to the millisecond."""
        met = set()
        for alert in alerts:
            chat = self._current(alert.chat)
            if chat.id not in self.gone and (chat, alert.article) not in met:
                self._add(chat.id, [Owed(round(now, 3), replace(alert, chat=chat))])
            met.add((chat, alert.article))

    @property
    def alerts(self) -> list[Alert]:
        """All that are not settled, by chat."""
        leased = [owed for lease in self._leases.values() for owed in lease.owed]
        waiting = [owed for owed_to in self._owed.values() for owed in owed_to]
        return sorted((owed.alert for owed in leased + waiting), key=lambda a: (a.chat, a.article))

    async def take(self, now: float, lease: float, limit: int) -> list[Bundle]:
        slot, last = max(self._slot, now), now + lease / 3
        if self._hold > now or slot > last:
            return []
        self._expire(now)
        self._taken += 1
        limit = min(limit, math.floor((last - slot) / self.spacing) + 1)
        bundles = []
        for chat in self._ready(now)[:limit]:
            bundles.append(self._lease_out(chat, now + lease, slot))
            slot = self._slot = slot + self.spacing
        return bundles

    async def settle(
        self, bundle: Bundle, now: float, articles: Collection[int] | None = None
    ) -> bool:
        chat = bundle.chat.id
        lease = self._held(bundle)
        if lease is None:
            return False
        rest = [owed for owed in lease.owed if not _settled(owed, articles)]
        del self._leases[chat]
        self._attempts.pop(chat, None)
        self._add(chat, rest)
        self._paces[chat] = max(self._paces[chat], now + _gap(chat))
        return True

    async def postpone(self, bundle: Bundle, until: float) -> bool:
        lease = self._held(bundle)
        if lease is not None:
            self._put_off(bundle.chat.id, lease, until)
        return lease is not None

    async def hold_all(self, until: float) -> None:
        self._hold = max(self._hold, until)

    async def waiting(self) -> int:
        return len(self.alerts)

    async def spend(self, chat: ChatRef, now: float) -> None:
        self._slot = max(self._slot, now) + self.spacing
        self._paces[chat.id] = max(self._paces[chat.id], now) + _gap(chat.id)

    def move_chat(self, old: int, new: int) -> None:
        """What `Chats.move` does."""
        self._moved.pop(new, None)
        self._moved[old] = new
        known = {one.name for one in self._owed_to(new)}
        moving = [one for one in self._owed_to(old) if one.name not in known]
        self._owed[old] = []
        for of_chat in (self._leases, self._not_before, self._attempts):
            of_chat.pop(old, None)
        self._add(new, [one.of(new) for one in moving])

    def _current(self, ref: ChatRef) -> ChatRef:
        chat = ref.id
        while chat in self._moved:
            chat = self._moved[chat]
        return ChatRef(chat, ref.topic)

    def _expire(self, now: float) -> None:
        for chat, lease in [*self._leases.items()]:
            if lease.until <= now:
                self._put_off(chat, lease, lease.until + _gap(chat))

    def _ready(self, now: float) -> list[int]:
        chats = [chat for chat, owed in self._owed.items() if owed and chat not in self._leases]
        ready = [chat for chat in chats if max(self._paces[chat], self._not_before[chat]) <= now]
        return sorted(ready, key=lambda chat: (self._owed[chat][0].since, chat))

    def _lease_out(self, chat: int, until: float, slot: float) -> Bundle:
        owed = self._owed[chat]
        ref = owed[0].alert.chat
        out = tuple(one for one in owed if one.alert.chat == ref)
        self._owed[chat] = [one for one in owed if one.alert.chat != ref]
        token = str(self._taken)
        self._leases[chat] = Lease(token, ref.topic, until, out)
        self._not_before.pop(chat, None)
        self._paces[chat] = slot + _gap(chat)
        alerts = tuple(one.alert for one in out)
        return Bundle(ref, alerts, token, until, slot, self._attempts[chat], out[0].since)

    def _put_off(self, chat: int, lease: Lease, until: float) -> None:
        del self._leases[chat]
        self._attempts[chat] += 1
        self._add(chat, lease.owed)
        self._not_before[chat] = until

    def _held(self, bundle: Bundle) -> Lease | None:
        lease = self._leases.get(bundle.chat.id)
        return lease if lease and lease.token == bundle.lease else None

    def _add(self, chat: int, owed: Sequence[Owed]) -> None:
        self._owed[chat] = sorted([*self._owed[chat], *owed], key=lambda one: one.order)

    def _owed_to(self, chat: int) -> list[Owed]:
        out = self._leases[chat].owed if chat in self._leases else ()
        return [*out, *self._owed[chat]]


def _settled(owed: Owed, articles: Collection[int] | None) -> bool:
    return articles is None or owed.alert.article in articles


def _gap(chat: int) -> float:
    """Telegram: a message a second to a person, twenty a minute to a group or channel."""
    return 1.0 if chat > 0 else 3.0
