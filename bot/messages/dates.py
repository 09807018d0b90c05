"""Days and times in the reader's language and zone."""

from datetime import datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_skeleton, get_timezone_location

from bot.model import Chat

FALLBACK = "Asia/Bishkek"


def moment(when: datetime, chat: Chat, now: datetime) -> str:
    """Today the time alone, else the day too, in another year the year too."""
    local, today = localized(when, chat), localized(now, chat)
    if local.date() == today.date():
        return clock(local)
    if local.year == today.year:
        return f"{day(local, chat)}, {clock(local)}"
    return f"{date(local, chat)}, {clock(local)}"


def localized(when: datetime, chat: Chat) -> datetime:
    """In the chat's zone."""
    return when.astimezone(zone(chat.timezone))


def zone(name: str) -> ZoneInfo:
    """The zone of this IANA name. One may vanish from the tables after a chat has chosen it."""
    return _known(name) or ZoneInfo(FALLBACK)


@lru_cache
def _known(name: str) -> ZoneInfo | None:
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return None


def clock(local: datetime) -> str:
    """15:43, which all our languages write alike."""
    return f"{local:%H:%M}"


def day(local: datetime, chat: Chat) -> str:
    """March 12."""
    return format_skeleton("MMMMd", local, locale=chat.language)


def date(local: datetime, chat: Chat) -> str:
    """March 12, 2026."""
    return format_date(local, "long", locale=chat.language)


def city(timezone: str, chat: Chat) -> str:
    """What the zone's people call it: Bishkek, Бишкек; its name where nobody is known to."""
    known = _known(timezone)
    return get_timezone_location(known, chat.language, return_city=True) if known else timezone
