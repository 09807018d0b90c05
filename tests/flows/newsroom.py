"""The flows, put together over stores and a site in memory."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from bot.flows.audience import Audience
from bot.flows.backfill import Backfill
from bot.flows.collect import Collect
from bot.flows.poll import Poll
from bot.flows.reach import Reach
from bot.flows.review import Review
from bot.flows.stories import Stories
from bot.flows.troubles import Troubles
from bot.model import Article, Chat, Edition, Item, Rate
from bot.ports import StoreUnavailable
from tests.builders.news import EN, chat, subscription
from tests.fakes.archive import FakeArchive
from tests.fakes.articles import FakeArticles
from tests.fakes.clock import FakeClock
from tests.fakes.corrections import FakeCorrections
from tests.fakes.meter import FakeMeter
from tests.fakes.outbox import FakeOutbox
from tests.fakes.site import FakeSite
from tests.fakes.subscriptions import FakeSubscriptions

MAX_AGE = timedelta(hours=24)
POLL_SECONDS = 60.0
PAUSE_SECONDS = 2.5


class Newsroom:
    """A site, a store, and a bot that collects: `restart` kills the bot and starts another."""

    def __init__(self, rows_a_page: int = 3, site: FakeSite | None = None) -> None:
        self.clock = FakeClock()
        self.site = site or FakeSite(rows_a_page)
        self.told: list[str] = []
        self.noticed: list[Rate] = []
        self.wants_rates = False
        self.meter = FakeMeter()
        self.empty_store()
        self.restart()

    def empty_store(self) -> None:
        """What FLUSHALL does."""
        self.outbox = FakeOutbox()
        self.articles = FakeArticles(self.outbox)
        self.archive = FakeArchive(self.articles)
        self.corrections = FakeCorrections(self.articles)
        self.subscriptions = FakeSubscriptions()

    def restart(self) -> None:
        """Another process on the same store."""
        self.troubles = Troubles(self._tell)
        self.audience = Audience(self.subscriptions)
        self.review = Review(self.site, self.articles, self.corrections, self.clock)
        self.reach = Reach(self.clock)
        self.poll = Poll(
            self.site,
            self.articles,
            self.review,
            self.reach,
            self.clock,
            self.troubles,
            self.meter,
            max_age=MAX_AGE,
            notice=self._notice,
            wants_rates=lambda: self.wants_rates,
        )
        self.collect = Collect(
            self.site,
            self.articles,
            self.audience,
            Stories(self.articles, self.clock),
            self.reach,
            self.clock,
            self.meter,
            max_age=MAX_AGE,
            poll_seconds=POLL_SECONDS,
        )

    def backfill(self, *editions: Edition, pages: int = 5) -> Backfill:
        """Of this process."""
        return Backfill(
            self.site,
            self.articles,
            self.archive,
            self.reach,
            self.clock,
            editions or (EN,),
            pages=pages,
            pause=PAUSE_SECONDS,
            max_age=MAX_AGE,
        )

    async def _notice(self, rates: Sequence[Rate]) -> None:
        self.noticed += rates

    def _tell(self, text: str) -> None:
        self.told.append(text)

    async def subscribe(self, text: str = "visa", reader: Chat | None = None) -> None:
        """Somebody asks for a word, in whatever process."""
        ref = (reader or chat()).ref
        assert await self.subscriptions.add(subscription(ref, text), 100)

    async def look(self, *editions: Edition) -> int:
        """One turn of the timetable: poll and read; how many articles were kept."""
        for edition in editions or (EN,):
            await self.poll.look(edition)
        return await self.collect.read()

    async def later(self, seconds: float = POLL_SECONDS) -> int:
        """The next turn."""
        self.clock.pass_time(seconds)
        return await self.look()

    def publish(self, *articles: Article) -> list[Item]:
        """Put articles on the site."""
        return self.site.publish(*articles)

    async def kept(self) -> list[int]:
        """Which articles were read, of those that may exist."""
        return sorted(await self.articles.get(range(1, 2000)))

    @property
    def alerted(self) -> list[int]:
        """For which articles somebody is owed an alert."""
        return sorted(alert.article for alert in self.outbox.alerts)


@dataclass
class Failing:
    """A port of which the named methods fail while `fails` is set, as a store does."""

    whole: object
    methods: frozenset[str]
    fails: bool = True
    error: Exception = field(default_factory=lambda: StoreUnavailable("the store is away"))

    def __getattr__(self, name: str) -> object:
        method = getattr(self.whole, name)

        async def guarded(*arguments: object, **named: object) -> object:
            if self.fails:
                raise self.error
            return await method(*arguments, **named)

        return guarded if name in self.methods else method
