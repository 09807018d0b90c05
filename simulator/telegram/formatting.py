"""From what a bot sends to what a reader sees: parse mode, explicit entities, length."""

from typing import Any

from simulator.telegram.errors import bad_request
from simulator.telegram.found import find_entities
from simulator.telegram.html import parse_html
from simulator.telegram.links import checked_link
from simulator.telegram.markdown import parse_markdown, parse_markdown_v2
from simulator.telegram.model import Json
from simulator.telegram.text import (
    Formatted,
    order,
    overlaps,
    refuse_surrogates,
    tidy,
    utf16_length,
)

MAX_TEXT = 4096
MAX_CAPTION = 1024
FOUND_BY_ITSELF = frozenset(
    {"url", "email", "mention", "bot_command", "hashtag", "cashtag", "phone_number"}
)
PARSERS = {"html": parse_html, "markdownv2": parse_markdown_v2, "markdown": parse_markdown}


def parse(text: str, mode: str | None, explicit: list[Json] | None = None) -> Formatted:
    """The visible text and its entities, neither trimmed nor measured. Raises ApiError."""
    refuse_surrogates(text)
    if not mode:
        return Formatted(text, [_checked(entity, text) for entity in explicit or []])
    if mode.lower() not in PARSERS:
        raise bad_request("unsupported parse_mode")
    return PARSERS[mode.lower()](text)


def finish(formatted: Formatted) -> Formatted:
    """Trimmed, with what Telegram finds by itself."""
    trimmed = tidy(_without_nesting_in_code(formatted))
    found = find_entities(trimmed.text, trimmed.entities)
    return tidy(Formatted(trimmed.text, sorted([*trimmed.entities, *found], key=order)))


def text_of(params: Json, field: str = "text", entities: str = "entities") -> Json:
    """`text` and `entities` of a message. Raises ApiError where it is empty or too long."""
    formatted = _formatted(params, field, entities)
    if not formatted.text:
        raise bad_request("message text is empty")
    if utf16_length(formatted.text) > MAX_TEXT:
        raise bad_request("message is too long")
    return _fields("text", "entities", formatted)


def caption_of(params: Json) -> Json:
    """`caption` and `caption_entities`, where there is one. Raises ApiError."""
    formatted = _formatted(params, "caption", "caption_entities")
    if utf16_length(formatted.text) > MAX_CAPTION:
        raise bad_request("message caption is too long")
    return _fields("caption", "caption_entities", formatted) if formatted.text else {}


def _formatted(params: Json, field: str, entities: str) -> Formatted:
    text: Any = params.get(field) or ""
    return finish(parse(str(text), params.get("parse_mode"), params.get(entities)))


def _fields(text: str, entities: str, formatted: Formatted) -> Json:
    return {text: formatted.text} | ({entities: formatted.entities} if formatted.entities else {})


def _checked(entity: Json, text: str) -> Json:
    place = {key: entity.get(key) for key in ("offset", "length")}
    if not all(isinstance(value, int) for value in place.values()):
        raise bad_request("can't parse entities: entity has no place")
    if entity["offset"] < 0 or entity["offset"] + entity["length"] > utf16_length(text):
        raise bad_request("entity beginning or end is out of the message text")
    if entity.get("type") == "text_link":
        return entity | {"url": checked_link(str(entity.get("url", ""))) or ""}
    return entity


def _without_nesting_in_code(formatted: Formatted) -> Formatted:
    code = [entity for entity in formatted.entities if entity["type"] in {"code", "pre"}]
    kept = [
        entity
        for entity in formatted.entities
        if entity["type"] not in FOUND_BY_ITSELF
        and (entity in code or not any(_within(entity, each) for each in code))
    ]
    return Formatted(formatted.text, kept)


def _within(inner: Json, outer: Json) -> bool:
    return overlaps(inner, outer) and order(inner) >= order(outer)
