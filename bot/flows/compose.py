"""Facts into words, at the last moment: what a bundle of alerts says to its chat."""

import asyncio
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from html import escape

import structlog

from bot.flows.plan import Known, Owed, Plan, mannered, plan
from bot.flows.story import story
from bot.flows.timing import day
from bot.messages import render
from bot.messages.render import TITLE
from bot.model import Alert, Article, Bundle, Chat, ChatRef, Language, Message, Post
from bot.ports import Articles, Chats, Clock, Posts, StoreUnavailable, Subscriptions

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Told:
    """A message, and the articles that it tells: their ids, and when the first was published."""

    message: Message
    articles: tuple[int, ...]
    published: datetime


@dataclass(frozen=True, slots=True)
class Composed:
    """What a chat is told now, in order, and what it is not."""

    told: tuple[Told, ...]
    plan: Plan


class Compose:
    """Looks up what the words need, in one round trip a kind, and leaves the rest to `plan` and
    `messages`.
    """

    def __init__(
        self,
        articles: Articles,
        subscriptions: Subscriptions,
        chats: Chats,
        posts: Posts,
        clock: Clock,
    ) -> None:
        self._articles = articles
        self._subscriptions = subscriptions
        self._chats = chats
        self._posts = posts
        self._clock = clock

    async def of(self, bundles: Sequence[Bundle]) -> dict[ChatRef, Composed]:
        """A chat is missing where what is known of it can't be read. Raises StoreUnavailable."""
        try:
            return await self._of(bundles)
        except StoreUnavailable:
            raise
        except Exception:
            if len(bundles) == 1:
                log.exception("alerts can't be looked up", chat=bundles[0].chat)
                return {}
        found = [await self.of([bundle]) for bundle in bundles]
        return {chat: composed for of_one in found for chat, composed in of_one.items()}

    async def again(self, article: Article, alerts: Sequence[Alert]) -> dict[ChatRef, Message]:
        """What its alert alone says by now to chats that were told it. A chat is missing where
        nothing can be said. Raises StoreUnavailable.
        """
        refs = [alert.chat for alert in alerts]
        chats = await self._chats.get_many(refs)
        asked = await self._subscriptions.of_many(refs)
        words: Alerts = {}
        found: dict[ChatRef, Message] = {}
        for alert in (each for each in alerts if each.chat in chats):
            met = [each for each in asked[alert.chat] if each.key in alert.subscriptions]
            try:
                told = self._alert((article, met), chats[alert.chat], words)
            except Exception:
                log.exception("correction can't be put into words", chat=alert.chat)
            else:
                found[alert.chat] = told.message
        return found

    async def _of(self, bundles: Sequence[Bundle]) -> dict[ChatRef, Composed]:
        refs = [bundle.chat for bundle in bundles]
        chats = await self._chats.get_many(refs)
        asked = await self._subscriptions.of_many(refs)
        articles = await self._articles.get(sorted(_ids(bundles)))
        posts = await self._first_told(bundles, articles)
        told = await self._told_today(chats)
        known = {
            ref: Known(articles, asked[ref], posts.get(ref, {}), told.get(ref, 0)) for ref in refs
        }
        alerts: Alerts = {}
        made: dict[ChatRef, Composed] = {}
        for bundle in bundles:
            chat = bundle.chat
            made[chat] = self._composed(bundle, chats.get(chat), known[chat], alerts)
            if len(bundle.alerts) > 1:
                # Hundreds of these take long, and meanwhile somebody types.
                await asyncio.sleep(0)
        return made

    async def _told_today(self, chats: Mapping[ChatRef, Chat]) -> dict[ChatRef, int]:
        now = self._clock.now().timestamp()
        limited = {ref: day(now, chat) for ref, chat in chats.items() if chat.most_a_day}
        return await self._posts.count(limited) if limited else {}

    async def _first_told(
        self, bundles: Iterable[Bundle], articles: Mapping[int, Article]
    ) -> dict[ChatRef, dict[int, Post]]:
        """Chat → first of a story → the message that told it."""
        wanted: dict[int, set[ChatRef]] = {}
        for bundle in bundles:
            for alert in bundle.alerts:
                article = articles.get(alert.article)
                if article is not None and article.repeats:
                    wanted.setdefault(article.repeats, set()).add(bundle.chat)
        found: dict[ChatRef, dict[int, Post]] = {}
        for first, chats in wanted.items():
            for chat, post in (await self._posts.find(first, chats)).items():
                found.setdefault(chat, {})[first] = post
        return found

    def _composed(
        self, bundle: Bundle, chat: Chat | None, known: Known, alerts: "Alerts"
    ) -> Composed:
        made = plan(bundle, chat, known, self._clock.now().timestamp())
        if chat is None or not made.now:
            return Composed((), made)
        try:
            told = self._words(made.now, chat, alerts)
        except Exception:
            log.exception("alerts can't be put into words", chat=chat.ref)
            told = [_bare(article) for article, _ in made.now]
        return Composed(tuple(_mannered(one, made.now, known) for one in told), made)

    def _words(self, owed: Sequence[Owed], chat: Chat, alerts: "Alerts") -> list[Told]:
        if len(owed) == 1:
            return [self._alert(owed[0], chat, alerts)]
        stories = [story(article, met) for article, met in owed]
        published = {article.id: article.published for article, _ in owed}
        parts = render.bundle(stories, chat, self._clock.now())
        return [Told(message, ids, min(published[id_] for id_ in ids)) for message, ids in parts]

    def _alert(self, owed: Owed, chat: Chat, alerts: "Alerts") -> Told:
        """Many readers have asked for the same words."""
        article, met = owed
        asked = tuple((each.key, each.text) for each in met)
        name = article.id, asked, chat.language, chat.timezone
        if name not in alerts:
            message = render.alert(story(article, met), chat, self._clock.now())
            alerts[name] = Told(message, (article.id,), article.published)
        return alerts[name]


Alerts = dict[tuple[int, tuple[tuple[str, str], ...], Language, str], Told]
"""Those of one article that were put into words, by all that the words depend on."""


def _ids(bundles: Iterable[Bundle]) -> set[int]:
    return {alert.article for bundle in bundles for alert in bundle.alerts}


def _mannered(told: Told, owed: Collection[Owed], known: Known) -> Told:
    message = mannered(told.message, told.articles, owed, known)
    return told if message is told.message else Told(message, told.articles, told.published)


def _bare(article: Article) -> Told:
    """All that is said where a story's own words can't be put: better than nothing."""
    message = Message(f"{escape(article.title[:TITLE])}\n{escape(article.url)}")
    return Told(message, (article.id,), article.published)
