"""Entities that Telegram finds by itself: commands, mentions, hashtags, addresses."""

import re
from collections.abc import Iterable

from simulator.telegram.model import Json
from simulator.telegram.text import overlaps, utf16_length

PATTERNS = {
    "url": re.compile(
        r"(?<![\w@.])(?:(?:https?|tg|ton)://[^\s<>\"«»]+"
        r"|(?:[\w-]+\.)+(?:com|org|net|kg|ru|info|io|me|dev|app|uk|de|kz|uz|tj|gov|edu)\b"
        r"(?::\d+)?(?:[/?#][^\s<>\"«»]*)?)"
    ),
    "email": re.compile(r"(?<![\w.+-])[\w.+-]+@(?:[\w-]+\.)+[a-zA-Z]{2,}"),
    "mention": re.compile(r"(?<![\w@/])@[a-zA-Z][a-zA-Z0-9_]{2,31}(?!\w)"),
    "bot_command": re.compile(r"(?<![\w/<>])/[a-zA-Z0-9_]{1,64}(?:@[a-zA-Z0-9_]{3,32})?(?![\w/])"),
    "hashtag": re.compile(r"(?<![\w#])#(?!\d+(?!\w))\w{1,256}(?:@[a-zA-Z0-9_]{3,32})?"),
    "cashtag": re.compile(r"(?<![\w$])\$[A-Z]{1,8}(?!\w)"),
    "phone_number": re.compile(r"(?<![\w+])\+\d{10,15}(?!\w)"),
}
"""By precedence: where two would overlap, the earlier one stands."""

TRAILING = ".,;:!?)]}'…"
HINTS = re.compile(r"[/@#$+.]")


def find_entities(text: str, taken: Iterable[Json] = ()) -> list[Json]:
    """What stands in a text without markup, apart from where entities already are."""
    if not HINTS.search(text):
        return []
    blocked = [entity for entity in taken if entity["type"] not in {"bold", "italic"}]
    found: list[Json] = []
    for kind, pattern in PATTERNS.items():
        for match in pattern.finditer(text):
            entity = _entity(kind, text, match)
            if not any(overlaps(entity, other) for other in (*blocked, *found)):
                found.append(entity)
    return found


def _entity(kind: str, text: str, match: re.Match[str]) -> Json:
    value = match[0].rstrip(TRAILING) if kind == "url" else match[0]
    offset = utf16_length(text[: match.start()])
    return {"type": kind, "offset": offset, "length": utf16_length(value)}
