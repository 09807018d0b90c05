"""When a chat is told what it is owed, by what it has set. Pure."""

import math
from collections.abc import Collection, Iterator
from datetime import UTC, date, datetime, time, timedelta

from bot.messages.dates import zone
from bot.model import Chat, Delivery, Quiet, Subscription

HOUR = 3600.0


def when(since: float, now: float, chat: Chat, met: Collection[Subscription], told: int) -> float:
    """From when on an alert that was put in at `since` may be told; `now` or later, infinite
    while the chat is paused. `met`: the subscriptions that it meets; the soonest counts. `told`:
    how many messages the chat had on its day so far.
    """
    if chat.is_paused:
        return math.inf
    soonest = min((_scheduled(since, chat, each.delivery) for each in met), default=since)
    if _is_over(since, now, chat, told):
        soonest = max(soonest, _next(now, chat, chat.daily_at))
    return _after_quiet(max(soonest, now), chat)


def day(now: float, chat: Chat) -> str:
    """The chat's day, ISO 8601."""
    return _local(now, chat).date().isoformat()


def _is_over(since: float, now: float, chat: Chat, told: int) -> bool:
    """Whether the chat has had enough. What has waited for the daily message is in it."""
    if not 0 < chat.most_a_day <= told:
        return False
    return _next(since, chat, chat.daily_at) > now


def _scheduled(since: float, chat: Chat, delivery: Delivery) -> float:
    match delivery:
        case Delivery.HOURLY:
            moment = _local(since, chat).replace(minute=0, second=0, microsecond=0)
            return moment.timestamp() + HOUR
        case Delivery.DAILY:
            return _next(since, chat, chat.daily_at)
    return since


def _next(after: float, chat: Chat, clock: time) -> float:
    """When the chat's clock shows this time for the first time after a moment."""
    today = _local(after, chat).date()
    days = (today + timedelta(number) for number in range(3))
    return min(moment for day in days for moment in _at(day, clock, chat) if moment > after)


def _after_quiet(moment: float, chat: Chat) -> float:
    """The moment itself, or the end of the quiet hours that it lies in."""
    while chat.quiet and is_quiet(_local(moment, chat).time(), chat.quiet):
        moment = _next(moment, chat, chat.quiet.end)
    return moment


def quiet_now(now: datetime, chat: Chat) -> Quiet | None:
    """The chat's quiet hours, where it is in them."""
    is_in = chat.quiet and is_quiet(_local(now.timestamp(), chat).time(), chat.quiet)
    return chat.quiet if is_in else None


def is_quiet(clock: time, quiet: Quiet) -> bool:
    """Whether a time of the day lies in these hours."""
    if quiet.begin <= quiet.end:
        return quiet.begin <= clock < quiet.end
    return clock >= quiet.begin or clock < quiet.end


def _at(day: date, clock: time, chat: Chat) -> Iterator[float]:
    """Twice where clocks are put back over it; where they are put forward over it, once, late."""
    local = datetime.combine(day, clock, zone(chat.timezone))
    first, second = local.timestamp(), local.replace(fold=1).timestamp()
    yield first
    if second > first:
        yield second


def _local(moment: float, chat: Chat) -> datetime:
    return datetime.fromtimestamp(moment, UTC).astimezone(zone(chat.timezone))
