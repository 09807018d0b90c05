"""When a chat is told what it is owed, by what it has set. Pure."""

import math
from collections.abc import Collection, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

from bot.messages.dates import zone
from bot.model import Chat, Delivery, Part, Quiet, Subscription

HOUR = 3600.0
LATE_SECONDS = 3 * HOUR
"""A digest that is later than this is left out."""
IN_DIGEST_SECONDS = LATE_SECONDS + 600.0
"""What goes into a digest waits for so long, and then for it no more."""
NEAR_SECONDS = 900.0
"""What would be told so shortly before or after a digest goes into it."""
SATURDAY = 5


def when(since: float, now: float, chat: Chat, met: Collection[Subscription], told: int) -> float:
    """From when on an alert that was put in at `since` may be told; `now` or later, infinite in a
    pause without an end. `met`: the subscriptions that it meets; the soonest counts. `told`: how
    many messages the chat had on its day so far.
    """
    resumed = end_of_pause(now, chat)
    if resumed == math.inf:
        return resumed
    soonest = min((_scheduled(since, chat, each.delivery) for each in met), default=since)
    if _is_over(since, now, chat, told):
        soonest = max(soonest, _next(now, chat, chat.daily_at))
    moment = after_quiet(max(soonest, resumed), chat)
    return _after_digest(moment, since, chat) if moment > now else moment


def end_of_pause(now: float, chat: Chat) -> float:
    """`now` where it is in none, infinite where it ends when the chat says so."""
    if not chat.is_paused:
        return now
    return max(now, chat.paused_until.timestamp()) if chat.paused_until else math.inf


def awake(chat: Chat, now: float) -> Chat:
    """The chat, out of a pause that has ended by itself."""
    is_over = end_of_pause(now, chat) == now
    return replace(chat, is_paused=False, paused_until=None) if is_over else chat


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


def next_digest(after: float, chat: Chat, done: str = "") -> float | None:
    """When its digest is due after a moment, but not again on the day that is `done` (ISO 8601);
    None where it wants none.
    """
    if chat.digest is None:
        return None
    today = _local(after, chat).date()
    days = (today + timedelta(number) for number in range(-1, 9))
    wanted = (day for day in days if _has_digest(day, chat) and day.isoformat() != done)
    return next(moment for day in wanted if (moment := _digest_on(day, chat)) > after)


def last_digest(now: float, chat: Chat) -> float:
    """When its digest was due last, whether it came or not."""
    today = _local(now, chat).date()
    days = (today - timedelta(number) for number in range(9))
    wanted = (day for day in days if _has_digest(day, chat))
    return next(moment for day in wanted if (moment := _digest_on(day, chat)) <= now)


def _has_digest(day: date, chat: Chat) -> bool:
    return not (chat.digest and chat.digest.weekdays_only and day.weekday() >= SATURDAY)


def _digest_on(day: date, chat: Chat) -> float:
    """Where clocks are put back over it, it comes the first time."""
    return next(_at(day, chat.daily_at, chat))


def _after_digest(moment: float, since: float, chat: Chat) -> float:
    """The moment itself, or, where what was put in at `since` goes into a digest, when it waits
    for that no more.
    """
    if chat.digest is None or Part.STORIES not in chat.digest.parts:
        return moment
    due = next_digest(moment - NEAR_SECONDS, chat)
    if due is None or not since < due <= moment + NEAR_SECONDS:
        return moment
    return due + IN_DIGEST_SECONDS


def after_quiet(moment: float, chat: Chat) -> float:
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
