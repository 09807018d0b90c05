"""Over any history of site, store and processes, no news is lost and none is told twice."""

import asyncio
import contextlib
from datetime import timedelta

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from bot.ports import PageUnreadable, SiteUnavailable, StoreUnavailable
from tests.builders.news import article
from tests.flows.newsroom import MAX_AGE, Failing, Newsroom

ROWS = 3
ERRORS = (SiteUnavailable("503"), PageUnreadable("changed"), ValueError("unforeseen"))
CALLS = frozenset({"unknown", "discover", "claim", "keep", "put_off", "drop", "gap", "floor"})


class Killed(BaseException):
    """What SIGKILL does: nothing after it is done, not even what stands in a `finally`."""


class Mortal:
    """The store as a process sees it that dies before or after a certain call."""

    def __init__(self, whole):
        self.whole = whole
        self.calls_left = None
        self.before = True
        self.kept = []

    def __getattr__(self, name):
        method = getattr(self.whole, name)

        async def call(*arguments, **named):
            last = name in CALLS and self._is_last()
            if last and self.before:
                raise Killed
            result = await method(*arguments, **named)
            if name == "keep" and result:
                self.kept.append(arguments[0].id)
            if last:
                raise Killed
            return result

        return call

    def _is_last(self):
        if self.calls_left is None:
            return False
        self.calls_left -= 1
        return self.calls_left < 0


class Histories(RuleBasedStateMachine):
    """What is owed at the end is compared with what was on the site for long enough."""

    @initialize(old=st.integers(1, 8))
    def begin(self, old):
        self.loop = asyncio.new_event_loop()
        self.room = Newsroom(ROWS)
        self.room.publish(*(article(n, minutes=old - n) for n in range(old)))
        self.number = old
        self.news = {}
        self.mortal = self.room.articles = Mortal(self.room.articles)
        self.room.restart()
        self._do(self.room.subscribe("visa"))
        self._do(self.room.look())

    def _do(self, awaitable):
        self.loop.run_until_complete(awaitable)

    @rule(count=st.integers(1, 7))
    def publish(self, count):
        for _ in range(count):
            self.number += 1
            self.room.clock.pass_time(1)
            made = article(self.number, published=self.room.clock.now())
            self.news[self.number] = made.published
            self.room.publish(made)

    @rule()
    def publish_back_dated(self):
        """Below a newer one that was looked at before."""
        self.publish(1)
        self._do(self._turn())
        self.number += 1
        made = article(self.number, published=self.room.clock.now() - timedelta(seconds=0.5))
        self.news[self.number] = made.published
        self.room.publish(made)
        self._do(self._turn())

    @precondition(lambda self: self.news)
    @rule(data=st.data())
    def withdraw(self, data):
        number = data.draw(st.sampled_from(sorted(self.news)))
        self.room.site.withdraw(number)
        self.news.pop(number)
        self._do(self._turn())

    @rule(page=st.integers(1, 4), error=st.sampled_from(ERRORS))
    def break_page(self, page, error):
        self.room.site.fail(error, f"listing en {page}")

    @rule(error=st.sampled_from(ERRORS))
    def break_articles(self, error):
        self.room.site.fail(error, "article")

    @rule()
    def mend(self):
        for page in range(1, 5):
            self.room.site.recover(f"listing en {page}")
        self.room.site.recover("article")

    @rule(seconds=st.sampled_from([1, 30, 90, 1900]))
    def look(self, seconds):
        self.room.clock.pass_time(seconds)
        self._do(self._turn())

    @rule(calls=st.integers(0, 12), before=st.booleans())
    def die(self, calls, before):
        """Kill the process at some call of a turn, and start another."""
        self.mortal.calls_left, self.mortal.before = calls, before
        with contextlib.suppress(Killed):
            self._do(self._turn())
        self.mortal.calls_left = None
        self.room.restart()

    @rule(method=st.sampled_from(sorted(CALLS)))
    def lose_store(self, method):
        self.room.articles = Failing(self.mortal, frozenset({method}))
        self.room.restart()
        with contextlib.suppress(StoreUnavailable):
            self._do(self._turn())
        self.room.articles = self.mortal
        self.room.restart()

    async def _turn(self):
        await self.room.look()

    def teardown(self):
        if not hasattr(self, "room"):
            return
        self.mend()
        for _ in range(4):
            self.look(1900)
        self.loop.close()
        horizon = self.room.clock.now() - MAX_AGE
        news = {n for n, published in self.news.items() if published > horizon}
        kept = self.mortal.kept
        assert len(kept) == len(set(kept)), "kept twice"
        alerted = self.room.alerted
        assert len(alerted) == len(set(alerted)), "told twice"
        assert news <= set(alerted), "lost"


TestHistories = Histories.TestCase
TestHistories.settings = settings(max_examples=50, stateful_step_count=25, deadline=None)
