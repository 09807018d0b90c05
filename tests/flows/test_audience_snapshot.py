"""A start from a snapshot and the log of changes is a start from the store, and quicker."""

import asyncio
import threading
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.flows import audience as flow
from bot.flows.audience import Audience
from bot.matching.matcher import Matcher
from bot.model import ChatRef
from bot.store.snapshot import FileSnapshot
from tests.builders.news import EN, KY, RU, article, subscription
from tests.fakes.subscriptions import FakeSubscriptions

ANNA, BEKZAT, GROUP = ChatRef(1001), ChatRef(1002), ChatRef(-4001)
VISA = article(1, "A visa for a day")
CHATS = (ANNA, BEKZAT, GROUP, ChatRef(GROUP.id, 7), ChatRef(-1009, 7))
TEXTS = ("visa", "day", "visas day", "visa -day", '"visa day"', "визы | дни", "title:visa", "visa*")
ARTICLES = (
    VISA,
    article(2, "A visa", body=("Day after day.",)),
    article(3, "Виза на день", edition=RU),
    article(4, "Күн", edition=KY, body=("виза",)),
)


@pytest.fixture
def subscriptions():
    return FakeSubscriptions()


@pytest.fixture
def snapshot(tmp_path):
    return FileSnapshot(tmp_path / "subscriptions.snapshot")


async def add(subscriptions, ref, text="visa", *editions):
    await subscriptions.add(subscription(ref, text, *editions), 100)


async def who(audience, found=VISA):
    return {alert.chat: alert.subscriptions for alert in await audience.wanting(found)}


async def run_and_stop(subscriptions, snapshot):
    """A process that reads an article."""
    audience = Audience(subscriptions, snapshot)
    await who(audience)
    await audience.close()


async def unread():
    raise AssertionError("everything was read")
    yield


async def test_a_process_starts_from_what_the_last_one_kept(subscriptions, snapshot):
    await add(subscriptions, ANNA)
    await run_and_stop(subscriptions, snapshot)
    await add(subscriptions, BEKZAT)
    await subscriptions.remove(ANNA, subscription(ANNA, "visa").key)
    subscriptions.all = unread
    audience = Audience(subscriptions, snapshot)
    assert set(await who(audience)) == {BEKZAT}
    await add(subscriptions, ANNA)
    assert set(await who(audience)) == {ANNA, BEKZAT}


async def test_where_the_log_no_longer_reaches_back_to_it_everything_is_read(
    subscriptions, snapshot
):
    await add(subscriptions, ANNA)
    await run_and_stop(subscriptions, snapshot)
    await subscriptions.remove(ANNA, subscription(ANNA, "visa").key)
    await add(subscriptions, BEKZAT)
    await subscriptions.trim()
    assert set(await who(Audience(subscriptions, snapshot))) == {BEKZAT}


async def test_what_another_store_left_is_not_taken(subscriptions, snapshot):
    await add(subscriptions, ANNA)
    await run_and_stop(subscriptions, snapshot)
    assert await who(Audience(FakeSubscriptions(), snapshot)) == {}


async def test_all_that_was_read_is_kept_at_once(subscriptions, snapshot, tmp_path):
    await add(subscriptions, ANNA)
    audience = Audience(subscriptions, snapshot)
    await who(audience)
    async with asyncio.timeout(20):
        while not [*tmp_path.glob("subscriptions.snapshot")]:  # noqa: ASYNC110 - a file is no event
            await asyncio.sleep(0.01)
    subscriptions.all = unread
    assert set(await who(Audience(subscriptions, snapshot))) == {ANNA}


@dataclass
class Held:
    """A `Snapshot` that is written once `go` is set; which cursors were kept."""

    go: threading.Event = field(default_factory=threading.Event)
    begun: threading.Event = field(default_factory=threading.Event)
    kept: list[str] = field(default_factory=list)

    async def times(self, count: int) -> None:
        """Wait until so many were kept."""
        async with asyncio.timeout(20):
            while len(self.kept) < count:  # noqa: ASYNC110 - a thread's doing is no event
                await asyncio.sleep(0.01)

    def load(self) -> tuple[Matcher, str] | None:
        return None

    def save(self, _: Matcher, cursor: str) -> None:
        self.begun.set()
        assert self.go.wait(20)
        self.kept.append(cursor)


async def test_it_is_kept_again_after_many_changes_and_not_after_few(subscriptions, monkeypatch):
    monkeypatch.setattr(flow, "SAVE_AFTER", 3)
    held = Held()
    held.go.set()
    audience = Audience(subscriptions, held)
    await who(audience)
    await held.times(1)
    for number in range(1, 7):
        await add(subscriptions, ChatRef(number))
        await who(audience)
        await held.times(1 + number // 3)
    assert held.kept == ["0", "3", "6"]
    await audience.close()
    assert held.kept == ["0", "3", "6"]
    await add(subscriptions, ANNA)
    await who(audience)
    await audience.close()
    assert held.kept == ["0", "3", "6", "7"]


async def test_the_matcher_is_left_alone_while_it_is_written_and_nothing_else_waits(subscriptions):
    held = Held()
    audience = Audience(subscriptions, held)
    await who(audience)
    assert await asyncio.to_thread(held.begun.wait, 20)
    await add(subscriptions, ANNA)
    asking = asyncio.create_task(who(audience))
    for _ in range(20):
        await asyncio.sleep(0)
    assert not asking.done()
    held.go.set()
    assert set(await asking) == {ANNA}
    await audience.close()


async def test_one_who_gives_up_waiting_does_not_stop_the_writing(subscriptions):
    held = Held()
    audience = Audience(subscriptions, held)
    await who(audience)
    closing = asyncio.create_task(audience.close())
    assert await asyncio.to_thread(held.begun.wait, 20)
    closing.cancel()
    await asyncio.wait({closing})
    asking = asyncio.create_task(who(audience))
    for _ in range(20):
        await asyncio.sleep(0)
    assert not asking.done()
    held.go.set()
    assert await asking == {}
    await audience.close()


async def test_a_process_that_read_nothing_or_only_half_keeps_nothing(subscriptions):
    await add(subscriptions, ANNA)
    held = Held()
    audience = Audience(subscriptions, held)
    await audience.close()
    begun, go_on, real = asyncio.Event(), asyncio.Event(), subscriptions.all

    async def slowly():
        begun.set()
        await go_on.wait()
        async for each in real():
            yield each

    subscriptions.all = slowly
    asking = asyncio.create_task(who(audience))
    await begun.wait()
    await audience.close()
    assert not held.begun.is_set()
    go_on.set()
    assert set(await asking) == {ANNA}
    held.go.set()
    await audience.close()


async def test_a_damaged_one_costs_nothing_but_time(subscriptions, snapshot, tmp_path):
    await add(subscriptions, ANNA)
    await run_and_stop(subscriptions, snapshot)
    (tmp_path / "subscriptions.snapshot").write_bytes(b"damaged")
    assert set(await who(Audience(subscriptions, snapshot))) == {ANNA}


chats, texts = st.sampled_from(CHATS), st.sampled_from(TEXTS)
steps = st.one_of(
    st.tuples(st.just("add"), chats, texts, st.sets(st.sampled_from([EN, RU, KY]), min_size=1)),
    st.tuples(st.just("remove"), chats, texts),
    st.tuples(st.just("move"), st.just(GROUP.id), st.just(-1009)),
    st.tuples(st.just("restart")),
    st.tuples(st.just("trim")),
)


async def take(step, store, path):
    match step:
        case "add", ref, text, editions:
            await add(store, ref, text, *editions)
        case "remove", ref, text:
            await store.remove(ref, subscription(ref, text).key)
        case "move", old, new:
            store.move(old, new)
        case ("trim",):
            await store.trim()
        case ("restart",):
            await run_and_stop(store, FileSnapshot(path))


@given(st.lists(steps, max_size=25))
@settings(max_examples=60)
def test_after_any_history_a_start_from_it_is_a_start_from_the_store(history):
    async def live(path):
        store = FakeSubscriptions()
        for step in history:
            await take(step, store, path)
        kept, read = Audience(store, FileSnapshot(path)), Audience(store)
        for found in ARTICLES:
            assert await who(kept, found) == await who(read, found)
        await kept.close()

    with TemporaryDirectory() as folder:
        asyncio.run(live(Path(folder) / "subscriptions.snapshot"))
