"""What becomes of a bundle: which of its alerts are told now, and which later. Pure."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from bot.flows.timing import day, when
from bot.model import (
    Alert,
    Article,
    Bundle,
    Chat,
    ChatState,
    Delivery,
    Message,
    Post,
    Repeats,
    Subscription,
)

GIVE_UP_SECONDS = 48 * 3600.0
"""What could not be told for so long is told no more."""

Owed = tuple[Article, list[Subscription]]
"""An article that is still wanted, with the subscriptions that it meets."""


@dataclass(frozen=True, slots=True)
class Known:
    """What a plan must know."""

    articles: Mapping[int, Article]
    asked: Collection[Subscription]
    posts: Mapping[int, Post]
    """What told the chat the stories that its articles tell again, by the first's id."""
    told: int
    """How many messages it had today, where they are limited."""


@dataclass(frozen=True, slots=True)
class Plan:
    """Neither `now` nor `held`: there is nothing more to say. The chat is gone, has unsubscribed
    from all that its alerts meet, was told the story, or could not be told for two days.
    """

    now: tuple[Owed, ...] = ()
    """In the order of publication."""
    held: Mapping[int, float] = field(default_factory=dict)
    """By article: until when it is put aside."""
    late: int = 0
    """Alerts that waited too long."""
    day: str = ""
    """The chat's, where its messages are counted."""


def plan(bundle: Bundle, chat: Chat | None, known: Known, now: float) -> Plan:
    """What becomes of a bundle at this moment."""
    if chat is None or chat.state is ChatState.GONE:
        return Plan()
    timely = [alert for alert in bundle.alerts if not _is_late(alert, now)]
    owed = list(_owed(timely, chat, known))
    held = _held(owed, timely, chat, known.told, now)
    told = sorted((one for one in owed if one[0].id not in held), key=lambda o: o[0].published)
    late = len(bundle.alerts) - len(timely)
    return Plan(tuple(told), held, late, day(now, chat) if chat.most_a_day else "")


def _is_late(alert: Alert, now: float) -> bool:
    return 0 < alert.since < now - GIVE_UP_SECONDS


def _held(
    owed: Sequence[Owed], alerts: Iterable[Alert], chat: Chat, told: int, now: float
) -> dict[int, float]:
    # Put in by a clock that was ahead, or was set back since: it waits for that clock no more.
    since = {alert.article: min(alert.since or now, now) for alert in alerts}
    times = {article.id: when(since[article.id], now, chat, met, told) for article, met in owed}
    return {article: time for article, time in times.items() if time > now}


def _owed(alerts: Sequence[Alert], chat: Chat, known: Known) -> Iterator[Owed]:
    """The articles that are still wanted, with the subscriptions that each meets."""
    wanted = {article.id: (article, met) for article, met in _wanted(alerts, known)}
    for article, met in wanted.values():
        if not _is_dropped(article, chat, known, wanted):
            yield article, met


def _wanted(alerts: Sequence[Alert], known: Known) -> Iterator[Owed]:
    for alert in alerts:
        article = known.articles.get(alert.article)
        met = [each for each in known.asked if each.key in alert.subscriptions]
        if article and (met := [each for each in met if not _is_muted(each, article)]):
            yield article, met


def _is_muted(subscription: Subscription, article: Article) -> bool:
    until = subscription.muted_until
    return until is not None and article.published < until


def _is_dropped(article: Article, chat: Chat, known: Known, together: Collection[int]) -> bool:
    """Whether it tells a story again that the chat does not want twice."""
    if chat.repeats is not Repeats.DROP:
        return False
    return article.repeats in known.posts or article.repeats in together


def mannered(
    message: Message, articles: Sequence[int], owed: Collection[Owed], known: Known
) -> Message:
    """A message with its manner: silent where all that is owed may be, and, where it tells a
    story again, as a reply to the one that told it first.
    """
    is_silent = all(each.delivery is Delivery.SILENT for _, met in owed for each in met)
    first = known.articles[articles[0]].repeats if len(articles) == 1 else 0
    post = known.posts.get(first)
    if not is_silent and post is None:
        return message
    return replace(message, silent=is_silent, reply_to=post.message_id if post else 0)
