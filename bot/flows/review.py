"""Articles are looked at again for an hour after they were kept, or where their row says more.

due → page → other words → one step: kept anew, and what told it is to be put right
"""

import unicodedata
from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta

import structlog

from bot.messages.summary import lead
from bot.model import Article, Item
from bot.ports import (
    Articles,
    Clock,
    Corrections,
    NewsSite,
    SiteUnavailable,
    StoreUnavailable,
)

AFTER_SECONDS = (300.0, 1200.0, 3300.0)
"""When an article is looked at again, after it was kept."""
HOUR = timedelta(hours=1)
PUT_OFF_SECONDS = 60.0

log = structlog.get_logger(__name__)


def looks(now: float) -> tuple[float, ...]:
    """When to look again at what is kept now."""
    return tuple(now + seconds for seconds in AFTER_SECONDS)


def has_changed(kept: Article, read: Article) -> bool:
    """Whether an alert says something else now: pictures and views do not count."""
    return _shown(kept) != _shown(read)


def _shown(article: Article) -> tuple[str, str]:
    return _plain(article.title), _plain(lead(article))


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).split())


class Review:
    """Reads one page at a time, when there is nothing new to read."""

    def __init__(
        self, site: NewsSite, articles: Articles, corrections: Corrections, clock: Clock
    ) -> None:
        self._site = site
        self._articles = articles
        self._corrections = corrections
        self._clock = clock
        self._rests_until = 0.0
        self._titles: dict[int, str] = {}
        """Id → title in the row that an article was looked at again for."""

    async def notice(self, rows: Iterable[Item]) -> None:
        """Look again, at once, at what was published in the last hour and has another title in a
        listing than the one that is kept. Never fails: news must not wait for this.
        """
        try:
            await self._notice(rows)
        except Exception as error:  # noqa: BLE001 - as it says
            log.warning("rows not compared", reason=f"{type(error).__name__}: {error}")

    async def _notice(self, rows: Iterable[Item]) -> None:
        now = self._clock.now()
        recent = {item.id: item for item in await self._articles.between(now - HOUR, now + HOUR)}
        self._titles = {id_: title for id_, title in self._titles.items() if id_ in recent}
        for row in rows:
            kept = recent.get(row.id)
            # A row may always be worded otherwise than its page: it is looked at once for that.
            if kept and _plain(row.title) not in {_plain(kept.title), self._titles.get(row.id)}:
                self._titles[row.id] = _plain(row.title)
                await self._corrections.look(row.id, now.timestamp())

    async def read(self) -> None:
        """Look at the one that is due first, if any. Raises StoreUnavailable."""
        if self._now() < self._rests_until or not (due := await self._corrections.due(self._now())):
            return
        number, names = due
        kept = (await self._articles.get([number])).get(number)
        if kept is None:
            await self._corrections.looked(names)
        else:
            await self._compare(kept, names)

    async def _compare(self, kept: Article, names: Iterable[str]) -> None:
        names = [*names]
        try:
            read = await self._site.article(_row(kept))
        except StoreUnavailable:
            raise
        except SiteUnavailable as error:
            self._rests_until = self._now() + max(error.retry_after, PUT_OFF_SECONDS)
            return
        except Exception as error:  # noqa: BLE001 - one bad page must not stop the next
            reason = f"{type(error).__name__}: {error}"
            log.warning("article not looked at", url=kept.url, reason=reason)
            await self._corrections.looked(names)
            return
        await self._settle(kept, read, names)

    async def _settle(self, kept: Article, read: Article, names: list[str]) -> None:
        if not has_changed(kept, read):
            await self._corrections.looked(names)
            return
        # What is not shown stays: an article keeps its place among the others.
        anew = replace(
            read, published=kept.published, important=kept.important, repeats=kept.repeats
        )
        await self._corrections.correct(anew, names, self._now())
        log.info("article changed", url=anew.url)

    def _now(self) -> float:
        return self._clock.now().timestamp()


def _row(article: Article) -> Item:
    return Item(
        article.edition,
        article.id,
        article.url,
        article.title,
        article.published,
        article.important,
    )
