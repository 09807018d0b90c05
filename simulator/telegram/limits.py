"""Telegram's limits: how many messages go where in which time."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from math import ceil

from simulator.telegram.errors import too_many_requests

MINUTE = 60.0
ROUNDING = 1e-6


@dataclass(frozen=True, slots=True)
class Limits:
    """Figures, and whether they hold. A bucket of `burst` fills with `rate` a second."""

    enabled: bool = True
    overall: float = 30.0
    paid: float = 1000.0
    """Overall, with `allow_paid_broadcast`."""
    per_chat: float = 1.0
    chat_burst: int = 5
    group_per_minute: int = 20

    @classmethod
    def off(cls) -> "Limits":
        """No limits at all."""
        return cls(enabled=False)


@dataclass(slots=True)
class Bucket:
    """A token bucket. After a refusal it gives nothing until the time named there."""

    rate: float
    capacity: float
    level: float = field(init=False)
    filled: float = 0.0
    barred: float = 0.0

    def __post_init__(self) -> None:
        self.level = self.capacity

    def wait(self, now: float, amount: int) -> float:
        """Seconds until `amount` can be taken; 0: now."""
        self.level = min(self.capacity, self.level + max(0.0, now - self.filled) * self.rate)
        self.filled = now
        missing = min(amount, self.capacity) - self.level
        seconds = max(missing / self.rate, self.barred - now)
        return seconds if seconds > ROUNDING else 0.0

    def take(self, amount: int) -> None:
        """Take them."""
        self.level -= amount

    def bar(self, until: float) -> None:
        """Give nothing before this, or before what was said earlier."""
        if self.barred <= self.filled:
            self.barred = until


class Gate:
    """Lets messages pass, or raises a 429."""

    def __init__(self, limits: Limits, clock: Callable[[], float]) -> None:
        self.limits = limits
        self._clock = clock
        self._buckets: dict[tuple[str, int], Bucket] = {}

    def admit(self, chat_id: int, messages: int, *, group: bool, paid: bool) -> None:
        """Count messages to a chat. Raises ApiError where they are too many."""
        if not self.limits.enabled:
            return
        now = self._clock()
        buckets = list(self._of(chat_id, group=group, paid=paid))
        waits = [(bucket.wait(now, messages), bucket) for bucket in buckets]
        longest, slowest = max(waits, key=lambda each: each[0])
        if longest > 0:
            seconds = max(1, ceil(longest))
            slowest.bar(now + seconds)
            raise too_many_requests(seconds)
        for bucket in buckets:
            bucket.take(messages)

    def _of(self, chat_id: int, *, group: bool, paid: bool) -> Iterator[Bucket]:
        limits = self.limits
        overall = limits.paid if paid else limits.overall
        yield self._bucket(("paid" if paid else "overall", 0), overall, overall)
        yield self._bucket(("chat", chat_id), limits.per_chat, limits.chat_burst)
        if group:
            minute = limits.group_per_minute
            yield self._bucket(("group", chat_id), minute / MINUTE, minute)

    def _bucket(self, key: tuple[str, int], rate: float, capacity: float) -> Bucket:
        if key not in self._buckets:
            self._buckets[key] = Bucket(rate, max(1.0, capacity))
        return self._buckets[key]
