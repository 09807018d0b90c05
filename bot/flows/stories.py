"""Which of the day's stories an article tells again."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import structlog

from bot.matching.retelling import Account, Day, account
from bot.messages.summary import lead
from bot.model import Article
from bot.ports import Articles, Clock

DAY = timedelta(days=1)
AHEAD = timedelta(minutes=10)
"""The site's clock may be before ours."""
CHUNK = 10
PATIENCE_SECONDS = 2.0
"""News does not wait longer for what is only good to know. What was read until then stays."""

log = structlog.get_logger(__name__)


class Stories:
    """The stories of the last day, as one process knows them: read from the store, a few articles
    at a time.
    """

    def __init__(self, articles: Articles, clock: Clock) -> None:
        self._articles = articles
        self._clock = clock
        self._day = Day()
        self._looked: set[int] = set()

    async def placed(self, article: Article) -> Article:
        """The article with the id of the one whose story it tells again. Never fails: whatever
        goes wrong is logged, and the article tells a story of its own.
        """
        try:
            async with asyncio.timeout(PATIENCE_SECONDS):
                await self._look()
            return replace(article, repeats=self._day.first(_account(article)))
        except Exception as error:  # noqa: BLE001 - news must not be lost for this
            reason = f"{type(error).__name__}: {error}"
            log.warning("article not compared", url=article.url, reason=reason)
            return article

    async def _look(self) -> None:
        """Know what was kept since the last look, by whatever process."""
        now = self._clock.now()
        self._day.forget((now - DAY).timestamp())
        items = await self._articles.between(now - DAY, now + AHEAD)
        new = [item.id for item in items if item.id not in self._looked]
        for at in range(0, len(new), CHUNK):
            chunk = new[at : at + CHUNK]
            for found in (await self._articles.get(chunk)).values():
                self._day.add(_account(found))
                await asyncio.sleep(0)
            self._looked.update(chunk)
        self._looked.intersection_update(item.id for item in items)


def _account(article: Article) -> Account:
    made = account(
        article.edition, article.id, article.published.timestamp(), article.title, lead(article)
    )
    return replace(made, first=article.repeats or article.id)
