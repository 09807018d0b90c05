"""How the nouns are written in the store."""

import json
import zlib
from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, datetime, time
from functools import lru_cache
from typing import Any

from bot.model import (
    Alert,
    Article,
    Chat,
    ChatRef,
    ChatState,
    Delivery,
    Digest,
    Edition,
    Following,
    Item,
    Language,
    Part,
    Quiet,
    Repeats,
    Subscription,
    Validator,
)


def _dump(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=_plain)


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime | time) else sorted(value)


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
    given["related"] = tuple(given.get("related", ()))
    return Article(**given)


def dump_validator(validator: Validator) -> str:
    """A validator, as JSON."""
    return _dump(asdict(validator))


def load_validator(text: bytes) -> Validator:
    """The inverse."""
    return Validator(**json.loads(text))


def dump_subscription(subscription: Subscription) -> str:
    """Everything but chat and key: the manner (editions, marked where they are pinned, then
    delivery and mute where they are not the usual), microseconds since the epoch, text.
    """
    created = _microseconds(subscription.created)
    return f"{_dump_manner(subscription)}\t{created}\t{subscription.text}"


def load_subscription(chat: ChatRef, key: str, value: str) -> Subscription:
    """The inverse. Made a million times at start."""
    manner, microseconds, text = value.split("\t", 2)
    created = datetime.fromtimestamp(int(microseconds) / 1e6, UTC)
    editions, is_pinned, delivery, muted_until = _load_manner(manner)
    return Subscription(chat, key, text, editions, created, is_pinned, delivery, muted_until)


def load_following(name: str, manner: str, text: str, chats: Sequence[int]) -> Following:
    """What these chats have in common. `name`: of the row in the chats' fields."""
    topic, _, key = name.partition("/")
    editions, *_ = _load_manner(manner)
    return Following(key, text, editions, chats, int(topic))


def load_subscriptions(chat: int, value: str | bytes) -> list[Subscription]:
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
    text = _topics(topics).get(str(ref.topic))
    return _load_chat(text, ref, ChatState.GONE if gone else ChatState.ACTIVE) if text else None


# An article goes to many chats with the same settings, as text.
@lru_cache(maxsize=4096)
def _topics(field: bytes) -> dict[str, str]:
    found: dict[str, str] = json.loads(field)
    return found


@lru_cache(maxsize=4096)
def _settings(text: str) -> dict[str, Any]:
    given: dict[str, Any] = json.loads(text)
    given["language"] = Language(given["language"])
    given["editions"] = frozenset(map(Edition, given["editions"]))
    given["daily_at"] = time.fromisoformat(given.get("daily_at", "08:00"))
    given["repeats"] = Repeats(given.get("repeats", Repeats.REPLY))
    quiet = given.get("quiet")
    given["quiet"] = Quiet(*(time.fromisoformat(quiet[end]) for end in ENDS)) if quiet else None
    until = given.get("paused_until")
    given["paused_until"] = datetime.fromisoformat(until) if until else None
    digest = given.get("digest")
    given["digest"] = _load_digest(digest) if digest else None
    return given


def _load_digest(given: dict[str, Any]) -> Digest:
    return Digest(frozenset(map(Part, given["parts"])), given["weekdays_only"])


def _load_chat(text: str, ref: ChatRef, state: ChatState) -> Chat:
    return Chat(ref=ref, state=state, **_settings(text))


def dump_alerts(alerts: Sequence[Alert], now: float) -> list[str]:
    """Chat and line of each, as the scripts take them."""
    words: list[str] = []
    for alert in alerts:
        keys_of = " ".join(alert.subscriptions)
        words += (str(alert.chat), f"{now:.3f} {alert.article} {alert.chat.topic} {keys_of}")
    return words


PINNED, DELIVERED, MUTED = "!", "/", "@"
ENDS = ("begin", "end")
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def _microseconds(moment: datetime) -> int:
    since = moment - EPOCH
    return (since.days * 86400 + since.seconds) * 10**6 + since.microseconds


def _dump_manner(subscription: Subscription) -> str:
    manner = ",".join(sorted(subscription.editions)) + PINNED * subscription.is_pinned
    if subscription.delivery is not Delivery.INSTANT:
        manner += DELIVERED + subscription.delivery
    if subscription.muted_until is not None:
        manner += f"{MUTED}{_microseconds(subscription.muted_until) // 10**6}"
    return manner


@lru_cache(maxsize=4096)
def _load_manner(manner: str) -> tuple[frozenset[Edition], bool, Delivery, datetime | None]:
    """There are a few dozen of them, but for the muted ones."""
    manner, _, muted = manner.partition(MUTED)
    muted_until = datetime.fromtimestamp(int(muted), UTC) if muted else None
    editions, _, delivery = manner.partition(DELIVERED)
    names = editions.removesuffix(PINNED).split(",")
    found = frozenset(Edition(name) for name in names if name)
    return found, editions.endswith(PINNED), Delivery(delivery or Delivery.INSTANT), muted_until
