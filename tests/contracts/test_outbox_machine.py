"""Any commands of any workers in any order: the outbox in Redis does as the one in memory does,
and neither ever breaks its promises. A worker that crashes is one that never comes back.
"""

import asyncio
import os
from collections import defaultdict
from dataclasses import replace
from datetime import UTC, datetime
from math import inf
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    invariant,
    multiple,
    rule,
    run_state_machine_as_test,
)

from bot.model import Alert, Article, ChatRef, Edition, Item, Telling, Verdict
from bot.store import keys
from bot.store.articles import RedisArticles
from bot.store.chats import RedisChats
from bot.store.connection import connect
from bot.store.outbox import RedisOutbox
from bot.store.pacing import RedisPacing
from tests.fakes.articles import FakeArticles
from tests.fakes.chats import FakeChats
from tests.fakes.outbox import FakeOutbox

PER_SECOND = 4.0
MOST = 4
FOREVER = 1e6

REFS = [ChatRef(1), ChatRef(2), ChatRef(-3), ChatRef(-3, 5), ChatRef(-3, 7), ChatRef(-4)]
REFS += [ChatRef(-4, 5)]
refs = st.sampled_from(REFS)
# Neighbours, so that an alert that goes after a move stands where the fake sorts it in.
groups = st.sampled_from([-3, -4])
quarters = st.integers(0, 40).map(lambda number: number / 4)
leases = st.sampled_from([1.5, 6.0, 60.0])


def gap(chat):
    return 1 if chat > 0 else 3


class OutboxMachine(RuleBasedStateMachine):
    """`real` and `fake` are told the same; `sent` is what Telegram may have seen at the latest."""

    taken = Bundle("taken")

    def __init__(self, url):
        super().__init__()
        self.runner = asyncio.Runner()
        self.client = self.wait(connect(url, Path()))
        self.wait(self.client.execute("FLUSHALL"))
        self.real = RedisOutbox(self.client)
        self.fake = FakeOutbox(PER_SECOND)
        self.pacing = [RedisPacing(self.client, PER_SECOND), self.fake.pacing]
        self.articles = [RedisArticles(self.client), FakeArticles(self.fake)]
        self.chats = [RedisChats(self.client), FakeChats(None, self.fake)]
        self.now = 1_772_000_000.0
        self.article = 0
        self.slots = []
        self.sent = defaultdict(float)
        self.out = {}
        self.settled = set()
        self.moved = set()

    def wait(self, coroutine):
        return self.runner.run(coroutine)

    def both(self, name, real, fake):
        results = [
            self.wait(getattr(outbox, name)(*arguments))
            for outbox, arguments in ((self.real, real), (self.fake, fake))
        ]
        assert results[0] == results[1], name
        return results[0]

    @rule(seconds=quarters)
    def time_passes(self, seconds):
        self.now += seconds

    @rule(chats=st.sets(refs, min_size=1))
    def an_article_is_kept(self, chats):
        self.article += 1
        self.now += 0.25
        published = datetime.fromtimestamp(self.article, UTC)
        item = Item(Edition.EN, self.article, "", "", published)
        article = Article(Edition.EN, self.article, "", "", (), published)
        alerts = [Alert(chat, self.article, ("a", "b")) for chat in chats]
        for articles in self.articles:
            self.wait(articles.discover(Edition.EN, [item], None, 0))
            [(_, token, _)] = self.wait(articles.claim(self.now, 60, 1))
            assert self.wait(articles.keep(article, alerts, token, self.now))

    @rule(target=taken, lease=leases, limit=st.integers(1, 5))
    def a_worker_takes(self, lease, limit):
        real = self.wait(self.real.take(self.now, lease, limit))
        fake = self.wait(self.fake.take(self.now, lease, limit))
        assert [replace(bundle, lease="") for bundle in real] == [
            replace(bundle, lease="") for bundle in fake
        ]
        self.forget_ended_leases()
        for bundle in real:
            self.check_granted(bundle)
        return multiple(*zip(real, fake, strict=True))

    def forget_ended_leases(self):
        for chat, bundle in [*self.out.items()]:
            if bundle.until <= self.now:
                del self.out[chat]
                self.sent[chat] = max(self.sent[chat], bundle.until)

    def check_granted(self, bundle):
        chat = bundle.chat.id
        assert chat not in self.out, "two bundles of one chat are out"
        assert self.now >= self.sent[chat] + gap(chat) - 1e-6, "the chat's pace is broken"
        self.out[chat] = bundle

    @rule(chats=st.lists(refs | st.none(), min_size=1, max_size=6), ahead=quarters)
    def slots_are_booked(self, chats, ahead):
        real, fake = (self.wait(each.book(chats, self.now, ahead)) for each in self.pacing)
        assert [slot.verdict for slot in real] == [slot.verdict for slot in fake]
        assert [slot.at for slot in real] == pytest.approx([slot.at for slot in fake], abs=1e-6)
        for chat, slot in zip(chats, real, strict=False):
            if slot.verdict is Verdict.GRANTED:
                self.check_slot(chat, slot.at)

    def check_slot(self, chat, at):
        assert not self.slots or at >= self.slots[-1], "slots are out of order"
        self.slots.append(at)
        late = self.slots[-MOST - 1] if len(self.slots) > MOST else -inf
        assert at >= late + 1, "the overall rate is broken"
        if chat is not None:
            assert at >= self.sent[chat.id] + gap(chat.id) - 1e-6, "the chat's pace is broken"
            self.sent[chat.id] = at

    @rule(pair=taken, part=st.none() | st.sets(st.integers(1, 6)), is_told=st.booleans())
    def a_worker_settles(self, pair, part, is_told):
        real, fake = pair
        telling = Telling(1, tuple(sorted(part or {1}))) if is_told else None
        if self.both("settle", (real, self.now, part, telling), (fake, self.now, part, telling)):
            self.out.pop(real.chat.id, None)
            if is_told:
                self.sent[real.chat.id] = max(self.sent[real.chat.id], self.now)
            self.check_settled(real, part)

    @rule(pair=taken, part=st.sets(st.integers(1, 6), min_size=1), seconds=quarters | st.just(inf))
    def a_worker_puts_aside(self, pair, part, seconds):
        until = dict.fromkeys(part, self.now + seconds)
        real, fake = pair
        if self.both("hold", (real, until), (fake, until)) and all(
            alert.article in part for alert in real.alerts
        ):
            self.out.pop(real.chat.id, None)

    @rule(chat=refs)
    def a_chat_is_released(self, chat):
        self.both("release", (chat,), (chat,))

    def check_settled(self, bundle, part):
        for alert in bundle.alerts:
            name = alert.chat, alert.article
            if (part is None or alert.article in part) and alert.chat.id not in self.moved:
                assert name not in self.settled, "settled twice"
                self.settled.add(name)

    @rule(pair=taken, seconds=quarters, has_failed=st.booleans())
    def a_worker_postpones(self, pair, seconds, has_failed):
        real, fake = pair
        until = self.now + seconds
        results = [
            self.wait(outbox.postpone(bundle, until, has_failed=has_failed))
            for outbox, bundle in ((self.real, real), (self.fake, fake))
        ]
        assert results[0] == results[1]
        if results[0]:
            self.out.pop(real.chat.id, None)

    @rule(seconds=quarters)
    def everything_is_held(self, seconds):
        for pacing in self.pacing:
            self.wait(pacing.hold_all(self.now + seconds))

    @rule(chat=refs, seconds=quarters)
    def a_chat_is_held(self, chat, seconds):
        for pacing in self.pacing:
            self.wait(pacing.hold(chat, self.now + seconds))

    @rule(old=groups, new=groups)
    def a_group_moves(self, old, new):
        for chats in self.chats:
            self.wait(chats.move(old, new))
        self.forget(old, new)

    @rule(chat=refs)
    def a_chat_is_gone(self, chat):
        for chats in self.chats:
            self.wait(chats.mark_gone(chat))

    @rule(chat=refs)
    def a_chat_is_back(self, chat):
        for chats in self.chats:
            self.wait(chats.mark_back(chat))

    def forget(self, old, new):
        self.moved |= {old, new}
        self.out.pop(old, None)

    @invariant()
    def as_much_is_owed(self):
        assert self.wait(self.real.waiting()) == len(self.fake.alerts)

    def teardown(self):
        try:
            self.drain()
        finally:
            self.wait(self.client.close())
            self.runner.close()

    def drain(self):
        """Whatever happened, all that is owed comes out, and nothing is left behind."""
        waiting = [*self.fake.alerts, *self.fake.aside]
        owed = sorted((alert.chat, alert.article) for alert in waiting)
        told = []
        self.now += FOREVER
        for chat in REFS:
            self.wait(self.real.release(chat))
        while bundles := self.wait(self.real.take(self.now, FOREVER, 1000)):
            for bundle in bundles:
                told += [(alert.chat, alert.article) for alert in bundle.alerts]
                assert self.wait(self.real.settle(bundle, self.now))
            self.now += FOREVER
        assert sorted(told) == owed
        queues = {keys.OWED, keys.FRESH, keys.DELAYED, keys.LEASES, keys.LEASED, keys.ATTEMPTS}
        queues |= {keys.HELD, keys.DUE}
        left = {key.decode() for key in self.wait(self.client.execute("KEYS", "*"))}
        assert not left & queues
        assert self.wait(self.real.waiting()) == 0


def test_the_outbox_keeps_its_promises_whatever_workers_do(redis_server_url):
    run_state_machine_as_test(
        lambda: OutboxMachine(redis_server_url),
        settings=settings(
            max_examples=int(os.environ.get("EXAMPLES", "40")),
            stateful_step_count=40,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
