"""What waits is read, and kept with its alerts.

claim → page → who wants it → one step: kept, seen, alerts in the outbox
"""

from datetime import timedelta

import structlog

from bot.flows.audience import Audience
from bot.flows.news import LONGEST_WAIT_SECONDS, Failed, after_failure, headline, is_news
from bot.flows.reach import Reach
from bot.flows.review import looks
from bot.flows.stories import Stories
from bot.model import Alert, Article, Item
from bot.ports import Articles, Clock, Meter, NewsSite, StoreUnavailable

LEASE_SECONDS = 20.0

log = structlog.get_logger(__name__)


class Collect:
    """Calls the ports in the right order; what to do is decided in `news`."""

    def __init__(
        self,
        site: NewsSite,
        articles: Articles,
        audience: Audience,
        stories: Stories,
        reach: Reach,
        clock: Clock,
        meter: Meter,
        *,
        max_age: timedelta,
        poll_seconds: float,
    ) -> None:
        self._site = site
        self._articles = articles
        self._audience = audience
        self._stories = stories
        self._reach = reach
        self._clock = clock
        self._meter = meter
        self._max_age = max_age
        self._poll_seconds = poll_seconds
        self._stopped = False

    def stop(self) -> None:
        """Begin no article any more."""
        self._stopped = True

    async def read(self) -> int:
        """Read what waits and is due, what may be told before what is too old for it, while the
        site answers; how many were kept. Raises StoreUnavailable.
        """
        kept = 0
        while self._reach.answers and not self._stopped:
            fresh_since = self._now() - self._max_age.total_seconds()
            claimed = await self._articles.claim(self._now(), LEASE_SECONDS, 1, fresh_since)
            if not claimed:
                break
            kept += await self._read_one(*claimed[0])
        return kept

    async def _read_one(self, item: Item, token: str, attempts: int) -> bool:
        try:
            return await self._keep(await self._site.article(item), token)
        except StoreUnavailable:
            raise
        except Exception as error:  # noqa: BLE001 - one bad page must not stop the next
            self._reach.rest(error)
            failed = after_failure(error, attempts, self._poll_seconds)
            reason = f"{type(error).__name__}: {error}"
            log.warning("article unreadable", url=item.url, then=failed.then, reason=reason)
            return await self._make_do(item, token, failed)

    async def _make_do(self, item: Item, token: str, failed: Failed) -> bool:
        match failed.then:
            case "headline":
                return await self._keep_headline(item, token)
            case "drop":
                await self._articles.drop(item.id, token)
            case _:
                await self._articles.put_off(item.id, token, self._now() + failed.seconds)
        return False

    async def _keep_headline(self, item: Item, token: str) -> bool:
        """What even fails of a headline waits for a program that is mended."""
        try:
            return await self._keep(headline(item), token)
        except StoreUnavailable:
            raise
        except Exception:
            log.exception("article can't be kept", url=item.url)
            await self._articles.put_off(item.id, token, self._now() + LONGEST_WAIT_SECONDS)
            return False

    async def _keep(self, read: Article, token: str) -> bool:
        article = await self._stories.placed(read)
        alerts = await self._alerts(article)
        now = self._now()
        kept = await self._articles.keep(article, alerts, token, now, looks(now))
        if kept:
            self._meter.kept(article.edition)
        log.info("article kept", url=article.url, alerts=len(alerts), claimed=kept)
        return kept

    async def _alerts(self, article: Article) -> list[Alert]:
        floor = await self._articles.floor(article.edition)
        if not is_news(article.published, self._clock.now(), self._max_age, floor):
            return []
        return await self._audience.wanting(article)

    def _now(self) -> float:
        return self._clock.now().timestamp()
