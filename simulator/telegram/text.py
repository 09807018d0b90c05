"""Formatted text: lengths in UTF-16 units, cleaning and trimming as Telegram does."""

import re
from dataclasses import dataclass
from itertools import accumulate

from simulator.telegram.errors import bad_request
from simulator.telegram.model import Json

MAX_ENTITIES = 100
UNCLEAN = re.compile("[\x00-\x09\x0b-\x1f\u2028-\u202e]")
SURROGATE = re.compile("[\ud800-\udfff]")
DROPPED = re.compile("[\r\u2028-\u202e]")


@dataclass(frozen=True, slots=True)
class Formatted:
    """A text and its entities: Bot API `MessageEntity`, offsets in UTF-16 units."""

    text: str
    entities: list[Json]


def utf16_length(text: str) -> int:
    """The length in UTF-16 units: what Telegram counts."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def refuse_surrogates(text: str) -> None:
    """Half a character can't be encoded in UTF-8. Raises ApiError."""
    if SURROGATE.search(text):
        raise bad_request("strings must be encoded in UTF-8")


def tidy(formatted: Formatted) -> Formatted:
    """Control characters cleaned, white space around cut off, entities fitted to what is left,
    the first hundred of them.
    """
    cleaned = _clean(formatted)
    text = cleaned.text
    first = min((entity["offset"] for entity in cleaned.entities), default=len(text))
    start = min(len(text) - len(text.lstrip(" \n")), first)
    text = text[start:].rstrip()
    end = utf16_length(text)
    entities = (_fitted(entity, start, end) for entity in cleaned.entities)
    kept = sorted((entity for entity in entities if entity), key=order)
    return Formatted(text, kept[:MAX_ENTITIES])


def order(entity: Json) -> tuple[int, int]:
    """Outer before inner, left before right."""
    return entity["offset"], -entity["length"]


def overlaps(one: Json, other: Json) -> bool:
    """Whether two entities share a unit."""
    one_ends, other_ends = (each["offset"] + each["length"] for each in (one, other))
    return bool(one["offset"] < other_ends and other["offset"] < one_ends)


def _fitted(entity: Json, start: int, end: int) -> Json | None:
    offset = max(entity["offset"] - start, 0)
    length = min(entity["offset"] + entity["length"] - start, end) - offset
    return entity | {"offset": offset, "length": length} if length > 0 else None


def _clean(formatted: Formatted) -> Formatted:
    if not UNCLEAN.search(formatted.text):
        return formatted
    positions = _positions_after_cleaning(formatted.text)
    text = UNCLEAN.sub(" ", DROPPED.sub("", formatted.text))
    moved = []
    for entity in formatted.entities:
        start, end = (
            positions[min(at, len(positions) - 1)]
            for at in (entity["offset"], entity["offset"] + entity["length"])
        )
        moved.append(entity | {"offset": start, "length": end - start})
    return Formatted(text, moved)


def _positions_after_cleaning(text: str) -> list[int]:
    """Where each UTF-16 position of the text goes when the dropped characters are out."""
    widths = [
        width
        for character in text
        for width in ([0] if DROPPED.match(character) else [1] * utf16_length(character))
    ]
    return list(accumulate(widths, initial=0))
