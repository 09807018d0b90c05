"""How and when a subscription is told."""

from collections.abc import Iterator
from datetime import datetime

from bot.messages.catalog import marked
from bot.messages.dates import moment
from bot.messages.keyboard import Rows, rows
from bot.messages.markup import Markup
from bot.messages.phrases import ticked, words
from bot.model import Button, Chat, Delivery, Subscription

_LABELS = {
    Delivery.INSTANT: marked("At once"),
    Delivery.SILENT: marked("Silently"),
    Delivery.HOURLY: marked("Hourly"),
    Delivery.DAILY: marked("Daily"),
}
_WORDS = {
    Delivery.SILENT: marked("silently"),
    Delivery.HOURLY: marked("hourly"),
    Delivery.DAILY: marked("daily"),
}


def deliveries(chat: Chat, subscription: Subscription) -> Rows:
    """A button for each way, the chosen one ticked."""
    buttons = [
        Button(
            ticked(words(chat).label(label), each is subscription.delivery),
            data=f"d:{subscription.key}:{each}",
        )
        for each, label in _LABELS.items()
    ]
    return rows(buttons, 2)


def mute_toggle(chat: Chat, subscription: Subscription, now: datetime) -> Button:
    """On its card: tells nothing under it for a day, or tells it again."""
    if is_muted(subscription, now):
        return Button(words(chat).label("Unmute"), data=f"mute:{subscription.key}:off")
    return Button(words(chat).label("Mute for a day"), data=f"mute:{subscription.key}:on")


def manner(chat: Chat, subscription: Subscription, now: datetime) -> Iterator[Markup]:
    """What is not the usual: hourly, muted until a time."""
    if subscription.delivery in _WORDS:
        yield words(chat).text(_WORDS[subscription.delivery])
    if subscription.muted_until and is_muted(subscription, now):
        until = moment(subscription.muted_until, chat, now)
        yield words(chat).text("muted until {time}", time=until)


def is_muted(subscription: Subscription, now: datetime) -> bool:
    """Whether nothing is told under it now."""
    return subscription.muted_until is not None and subscription.muted_until > now
