"""The site itself: what is published, and what comes next."""

import random
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal

from aiohttp import web

from simulator.site.archive import Archive
from simulator.site.article import BISHKEK
from simulator.site.article_page import article_page
from simulator.site.bank import Bank
from simulator.site.editions import EDITIONS, Edition, edition_named
from simulator.site.feed import feed
from simulator.site.listing_page import ROWS, fingerprint, listing_page
from simulator.site.markup import missing_page
from simulator.site.newsroom import Newsroom, Story
from simulator.site.server import Fault, Request, application
from simulator.site.surroundings import surroundings

HEADER = ("USD", "EUR", "RUB")
"""The rates that it shows."""
CENT = Decimal("0.01")
OLDER = 60
"""Articles that an edition has when the site starts: more than one page of its listing."""


def _bishkek_now() -> datetime:
    return datetime.now(BISHKEK)


class Site(Archive):
    """A 24.kg. `older`: articles that each edition starts with; `seed`: the same one gives the
    same news. `rates` are shown in the header as they stand; emptied, the block is missing. The
    National Bank's files, of which they are, lie at `/XML/`.
    """

    def __init__(
        self,
        *,
        older: int = OLDER,
        seed: int = 24,
        first_id: int = 365_000,
        now: Callable[[], datetime] = _bishkek_now,
    ) -> None:
        super().__init__(now, random.Random(seed), first_id)  # noqa: S311 - no secrets here
        self.requests: list[Request] = []
        self.faults: list[Fault] = []
        self.bank = Bank(lambda: self.now())  # noqa: PLW0108  # tests set another clock
        self.rates = {code: self.bank.now()[code].quantize(CENT, ROUND_HALF_UP) for code in HEADER}
        self._newsroom = Newsroom(self._dice)
        self._fill(older)

    def fail(
        self,
        pattern: str,
        *,
        status: int = 200,
        body: str | bytes | None = None,
        times: int | None = None,
        delay: float = 0.0,
        headers: dict[str, str] | None = None,
    ) -> None:
        """Answer requests for paths like `pattern` (`*` stands for anything) with `status` and
        `body`, `delay` seconds late; `times`: how often, None: until `mend`. With a delay alone
        the right page comes late.
        """
        self.faults.append(Fault(pattern, status, body, times, delay, headers or {}))

    def mend(self) -> None:
        """No faults any more."""
        self.faults.clear()

    async def run(self, every_seconds: float) -> None:
        """Publish the next story every so many seconds, the editions in turn, for ever."""
        await self._newsroom.run(every_seconds, self.publish_next)

    def publish_next(self, edition: str) -> int:
        """Publish the edition's next story now."""
        chosen = edition_named(edition)
        return self._tell(self._newsroom.next(chosen), chosen)

    def upcoming(self, edition: str) -> list[str]:
        """Words to subscribe to, the soonest heard of first: see `Newsroom.upcoming`."""
        return self._newsroom.upcoming(edition_named(edition))

    def app(self) -> web.Application:
        """The site over HTTP."""
        return application(self)

    def listing(self, edition: Edition, number: int) -> tuple[str, str, datetime]:
        """A page of a listing as HTML, with its entity tag and the time of the last change."""
        articles = self.articles(edition)
        shown = articles[(number - 1) * ROWS : number * ROWS]
        html = listing_page(edition, articles, number, now=self.now(), rates=self.rates)
        return html, fingerprint(shown, self.rates), self._changed.astimezone(UTC)

    def article(self, number: int, origin: str) -> str | None:
        """An article's page as HTML."""
        if not (article := self._articles.get(number)):
            return None
        self._articles[number] = replace(article, views=article.views + 1)
        around = surroundings(article, self.articles(article.edition))
        return article_page(article, around, origin=origin, now=self.now(), rates=self.rates)

    def feed(self, origin: str) -> str:
        """The feed as XML."""
        return feed(self._articles.values(), origin)

    def missing(self) -> str:
        """The page that stands in for one that there is not."""
        return missing_page(now=self.now(), rates=self.rates)

    def _fill(self, older: int) -> None:
        told = [
            (moment, edition, story)
            for edition in EDITIONS
            for moment, story in zip(
                self._past(), self._newsroom.older(edition, older), strict=False
            )
        ]
        for moment, edition, story in sorted(told, key=lambda one: one[0]):
            self._tell(story, edition, moment)

    def _past(self) -> Iterator[datetime]:
        moment = self.now()
        while True:
            moment -= timedelta(minutes=self._dice.randint(9, 75))
            yield moment

    def _tell(self, story: Story, edition: Edition, published: datetime | None = None) -> int:
        number = self._take_id(None)
        picture = self._dice.choice((f"/files/media/{number}.png", None))
        return self.publish(
            edition,
            story.title,
            story.body,
            story.section or None,
            published=published,
            id=number,
            important=story.important,
            picture=picture,
        )
