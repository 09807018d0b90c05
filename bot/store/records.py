"""How the nouns are written in the store."""

import json
import zlib
from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

from bot.model import (
    Alert,
    Article,
    Chat,
    ChatRef,
    ChatState,
    Edition,
    Item,
    Language,
    Subscription,
    Validator,
)


def _dump(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=_plain)


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime) else sorted(value)


def dump_item(item: Item) -> str:
    """A row, as JSON."""
    return _dump(asdict(item))


def load_item(text: bytes) -> Item:
    """The inverse."""
    given = json.loads(text)
    given["edition"] = Edition(given["edition"])
    given["published"] = datetime.fromisoformat(given["published"])
    return Item(**given)


def headline(article: Article) -> Item:
    """The row that an article leaves among the latest news."""
    return Item(
        edition=article.edition,
        id=article.id,
        url=article.url,
        title=article.title,
        published=article.published,
        important=article.important,
    )


def dump_article(article: Article) -> bytes:
    """An article, as compressed JSON."""
    return zlib.compress(_dump(asdict(article)).encode())


def load_article(data: bytes) -> Article:
    """The inverse."""
    given = json.loads(zlib.decompress(data))
    given["edition"] = Edition(given["edition"])
    given["published"] = datetime.fromisoformat(given["published"])
    given["body"] = tuple(given["body"])
    return Article(**given)


def dump_validator(validator: Validator) -> str:
    """A validator, as JSON."""
    return _dump(asdict(validator))


def load_validator(text: bytes) -> Validator:
    """The inverse."""
    return Validator(**json.loads(text))


def dump_subscription(subscription: Subscription) -> str:
    """Everything but chat and key: editions, marked where they are pinned, microseconds since
    the epoch, text.
    """
    created = subscription.created - EPOCH
    microseconds = (created.days * 86400 + created.seconds) * 10**6 + created.microseconds
    editions = _dump_editions(subscription.editions) + PINNED * subscription.is_pinned
    return f"{editions}\t{microseconds}\t{subscription.text}"


def load_subscription(chat: ChatRef, key: str, value: str) -> Subscription:
    """The inverse. Made a million times at start."""
    editions, microseconds, text = value.split("\t", 2)
    created = datetime.fromtimestamp(int(microseconds) / 1e6, UTC)
    pinned = editions.endswith(PINNED)
    return Subscription(chat, key, text, _load_editions(editions), created, pinned)


def load_subscriptions(chat: int, value: bytes) -> list[Subscription]:
    """All of a chat's, its topics' included, from the field that holds them."""
    found, general = [], ChatRef(chat)
    for name, text in json.loads(value).items():
        topic, _, key = name.partition("/")
        ref = general if topic == "0" else ChatRef(chat, int(topic))
        found.append(load_subscription(ref, key, text))
    return found


def dump_chat(chat: Chat) -> str:
    """A chat's settings, without its state, as JSON."""
    settings = asdict(chat)
    del settings["ref"], settings["state"]
    return _dump(settings)


def load_chat(ref: ChatRef, topics: bytes, *, gone: bool) -> Chat | None:
    """The settings of one topic, out of those of all of a chat's."""
    text = json.loads(topics).get(str(ref.topic))
    if text is None:
        return None
    given = json.loads(text)
    return Chat(
        ref=ref,
        language=Language(given["language"]),
        editions=frozenset(map(Edition, given["editions"])),
        timezone=given["timezone"],
        state=ChatState.GONE if gone else ChatState.ACTIVE,
    )


def dump_alerts(alerts: Sequence[Alert], now: float) -> list[str]:
    """Chat and line of each, as the scripts take them."""
    words: list[str] = []
    for alert in alerts:
        keys_of = " ".join(alert.subscriptions)
        words += (str(alert.chat), f"{now:.3f} {alert.article} {alert.chat.topic} {keys_of}")
    return words


PINNED = "!"
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_EDITIONS: dict[str, frozenset[Edition]] = {}


def _dump_editions(editions: frozenset[Edition]) -> str:
    return ",".join(sorted(editions))


def _load_editions(text: str) -> frozenset[Edition]:
    if text not in _EDITIONS:
        names = text.removesuffix(PINNED).split(",")
        _EDITIONS[text] = frozenset(Edition(name) for name in names if name)
    return _EDITIONS[text]
