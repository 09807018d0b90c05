"""How thresholds and crossings are written in the store."""

import json
from dataclasses import asdict
from datetime import datetime
from decimal import Decimal
from typing import Any

from bot.model import Bound, ChatRef, Crossing, Rate, Threshold


def dump_threshold(threshold: Threshold) -> str:
    """All but its chat, as JSON: equal ones are written alike."""
    fields = asdict(threshold)
    del fields["chat"]
    return _dump(fields)


def load_threshold(chat: ChatRef, text: str | bytes) -> Threshold:
    """The inverse."""
    return _threshold(chat, json.loads(text))


def load_thresholds(chat: int, value: bytes) -> list[Threshold]:
    """All of a chat's, its topics' included, from the field that holds them."""
    found = json.loads(value).items()
    return [
        load_threshold(ChatRef(chat, int(name.partition("/")[0])), text) for name, text in found
    ]


def dump_crossing(crossing: Crossing) -> str:
    """As JSON."""
    fields = asdict(crossing)
    fields["threshold"]["chat"] = str(crossing.threshold.chat)
    return _dump(fields)


def load_crossing(text: bytes) -> Crossing:
    """The inverse."""
    given = json.loads(text)
    chat = ChatRef.parse(given["threshold"].pop("chat"))
    rate = given["rate"] | {"value": Decimal(given["rate"]["value"])}
    return Crossing(_threshold(chat, given["threshold"]), Rate(**rate), given["at"])


def _threshold(chat: ChatRef, given: dict[str, Any]) -> Threshold:
    given["bound"] = Bound(given["bound"])
    given["level"], given["base"] = Decimal(given["level"]), Decimal(given["base"])
    given["created"] = datetime.fromisoformat(given["created"])
    return Threshold(chat=chat, **given)


def _dump(fields: dict[str, Any]) -> str:
    return json.dumps(fields, separators=(",", ":"), default=_plain)


def _plain(value: Decimal | datetime) -> str:
    return value.isoformat() if isinstance(value, datetime) else str(value)
