from dataclasses import replace
from datetime import UTC, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.flows.chats import ChatKeeper, Defaults, spoken, toggled
from bot.flows.reschedule import Reschedule
from bot.flows.subscribe import LIMIT, Subscribing
from bot.flows.timing import next_digest
from bot.flows.zones import timezone_like, timezone_named
from bot.model import (
    Chat,
    ChatRef,
    ChatState,
    Digest,
    Edition,
    Language,
    Quiet,
    Repeats,
    Subscription,
)
from tests.fakes.chats import FakeChats
from tests.fakes.clock import START, FakeClock
from tests.fakes.digests import FakeDigests
from tests.fakes.release import Releases
from tests.fakes.subscriptions import FakeSubscriptions

EN, RU, KY = Edition
ALL = frozenset(Edition)
DEFAULTS = Defaults(Language.EN, "Asia/Bishkek", ALL)
ANNA, GROUP, TOPIC = ChatRef(1001), ChatRef(-4001), ChatRef(-4001, 7)


@pytest.fixture
def subscriptions():
    return FakeSubscriptions()


@pytest.fixture
def chats(subscriptions):
    return FakeChats(subscriptions)


def unscheduled():
    return Reschedule(FakeDigests(), FakeClock())


@pytest.fixture
def keeper(chats, subscriptions):
    return ChatKeeper(chats, subscriptions, DEFAULTS, Releases(), unscheduled())


@pytest.mark.parametrize(
    ("tag", "language"),
    [
        ("en", Language.EN),
        ("en-US", Language.EN),
        ("ru", Language.RU),
        ("RU_kg", Language.RU),
        ("ky", Language.KY),
        ("ky-Cyrl-KG", Language.KY),
        ("kk", None),
        ("english", None),
        ("", None),
        (None, None),
    ],
)
def test_a_language_tag_is_one_of_ours_by_its_first_part(tag, language):
    assert spoken(tag) is language


@pytest.mark.parametrize(
    ("said", "zone"),
    [
        ("Asia/Bishkek", "Asia/Bishkek"),
        ("asia/bishkek", "Asia/Bishkek"),
        ("  Europe/Berlin ", "Europe/Berlin"),
        ("America/New York", "America/New_York"),
        ("new york", "America/New_York"),
        ("bishkek", "Asia/Bishkek"),
        ("ISTANBUL", "Europe/Istanbul"),
        ("utc", "UTC"),
        ("Etc/GMT-6", "Etc/GMT-6"),
        ("Бишкек", "Asia/Bishkek"),
        ("москва", "Europe/Moscow"),
        ("Нью-Йорк", "America/New_York"),
        ("Стамбул", "Europe/Istanbul"),
        ("Марс", None),
        ("Mars/Base", None),
        ("Europe", None),
        ("localtime", None),
        ("Factory", None),
        ("../../etc/passwd", None),
        ("/etc/localtime", None),
        ("", None),
    ],
)
def test_a_time_zone_is_named_in_full_or_by_its_city(said, zone):
    assert timezone_named(said) == zone


@pytest.mark.parametrize(
    ("said", "zone"),
    [
        ("Bishkekk", "Asia/Bishkek"),
        ("Europe/Berlim", "Europe/Berlin"),
        ("Москва́", "Europe/Moscow"),
        ("Бишкекк", "Asia/Bishkek"),
        ("often", None),
        ("", None),
        ("x" * 5000, None),
    ],
)
def test_a_time_zone_that_is_nearly_right_is_known_again(said, zone):
    assert timezone_named(said) is None
    assert timezone_like(said) == zone


@given(st.frozensets(st.sampled_from(Edition), min_size=1), st.sampled_from(Edition))
def test_an_edition_goes_in_and_out_and_one_always_stays(editions, edition):
    changed = toggled(editions, edition)
    assert changed
    assert changed - {edition} == editions - {edition}
    if editions != {edition}:
        assert (edition in changed) is (edition not in editions)
        assert toggled(changed, edition) == editions or changed == {edition}


def test_an_edition_that_is_not_read_is_nobody_s_default():
    only_russian = Defaults(Language.EN, "Asia/Bishkek", frozenset({RU}))
    assert only_russian.stranger(ANNA, "ky").editions == {RU}
    assert only_russian.stranger(ANNA, "ky").language is Language.KY


async def test_a_new_chat_is_kept_with_its_language_edition_and_the_default_zone(keeper, chats):
    met = await keeper.meet(ANNA, "ky-KG")
    assert met == Chat(ANNA, Language.KY, frozenset({KY}), "Asia/Bishkek")
    assert await chats.get(ANNA) == met


async def test_a_known_chat_keeps_its_settings_whatever_its_telegram_speaks(keeper):
    met = await keeper.meet(ANNA, "ky")
    assert await keeper.meet(ANNA, "en") == met


async def test_a_chat_that_was_gone_is_back_when_it_is_met(keeper, chats):
    met = await keeper.meet(ANNA, "en")
    await keeper.gone(ANNA)
    assert (await chats.get(ANNA)).state is ChatState.GONE
    assert await keeper.meet(ANNA, "en") == met
    assert await chats.get(ANNA) == met


async def test_a_new_topic_is_not_paused_with_its_group(keeper):
    group = await keeper.meet(GROUP, "ru")
    await keeper.pause(group, is_paused=True, until=datetime(2026, 3, 2, tzinfo=UTC))
    assert await keeper.meet(TOPIC, "en") == replace(group, ref=TOPIC)


async def test_a_new_topic_takes_over_what_its_group_has_set(keeper, chats):
    group = await keeper.meet(GROUP, "ru")
    group = await keeper.change_timezone(group, "Europe/Berlin")
    assert await keeper.meet(TOPIC, "en") == replace(group, ref=TOPIC)
    assert await chats.get(TOPIC) == replace(group, ref=TOPIC)


async def test_a_new_topic_of_a_group_that_was_gone_brings_it_back(keeper, chats):
    await keeper.meet(GROUP, "ru")
    await keeper.gone(GROUP)
    assert (await keeper.meet(TOPIC, "en")).state is ChatState.ACTIVE
    assert (await chats.get(GROUP)).state is ChatState.ACTIVE


async def test_back_tells_whether_the_chat_was_away_or_unknown(keeper):
    assert await keeper.back(GROUP)
    await keeper.meet(GROUP, "ru")
    assert not await keeper.back(GROUP)
    await keeper.gone(GROUP)
    assert await keeper.back(GROUP)
    assert not await keeper.back(GROUP)


async def test_editions_that_were_never_touched_follow_the_language(keeper, chats):
    chat = await keeper.meet(ANNA, "en")
    chat = await keeper.change_language(chat, Language.RU)
    assert (chat.language, chat.editions) == (Language.RU, {RU})
    assert await chats.get(ANNA) == chat


async def test_editions_that_were_chosen_stay_when_the_language_changes(keeper):
    chat = await keeper.meet(ANNA, "en")
    chat = await keeper.toggle_edition(chat, KY)
    chat = await keeper.change_language(chat, Language.RU)
    assert (chat.language, chat.editions) == (Language.RU, {EN, KY})


def subscription(text, *editions):
    return Subscription(ANNA, f"key-{text}"[:16], text, frozenset(editions), START)


async def followed(subscriptions):
    return {each.text: each.editions for each in await subscriptions.of(ANNA)}


async def test_subscriptions_follow_the_editions(keeper, subscriptions):
    chat = await keeper.meet(ANNA, "en")
    await Subscribing(subscriptions, FakeClock(), Releases()).subscribe(chat, "24, visa, виза")
    assert await followed(subscriptions) == {"24": {EN}, "visa": {EN}, "виза": {RU, KY}}
    chat = await keeper.toggle_edition(chat, RU)
    found = await followed(subscriptions)
    assert (found["24"], found["виза"]) == ({EN, RU}, {RU})
    chat = await keeper.toggle_edition(chat, EN)
    found = await followed(subscriptions)
    assert (found["24"], found["виза"]) == ({RU}, {RU})
    assert EN in found["visa"]


async def test_a_subscription_with_editions_of_its_own_keeps_them(keeper, subscriptions):
    chat = await keeper.meet(ANNA, "en")
    pinned = replace(subscription("24", KY), is_pinned=True)
    await subscriptions.add(pinned, LIMIT)
    await subscriptions.add(subscription("25", EN), LIMIT)
    await keeper.toggle_edition(chat, RU)
    assert await followed(subscriptions) == {"24": {KY}, "25": {EN, RU}}
    assert pinned in await subscriptions.of(ANNA)


async def test_a_change_of_editions_reaches_even_a_hundred_subscriptions(keeper, subscriptions):
    chat = await keeper.meet(ANNA, "en")
    words = ", ".join(str(10_000 + number) for number in range(LIMIT))
    await Subscribing(subscriptions, FakeClock(), Releases()).subscribe(chat, words)
    await keeper.toggle_edition(chat, RU)
    found = await followed(subscriptions)
    assert len(found) == LIMIT
    assert set(found.values()) == {frozenset({EN, RU})}


async def test_a_subscription_that_can_not_be_read_any_more_stays_as_it_is(keeper, subscriptions):
    chat = await keeper.meet(ANNA, "en")
    await subscriptions.add(subscription("!!!", EN), LIMIT)
    await subscriptions.add(subscription("24", EN), LIMIT)
    await keeper.toggle_edition(chat, RU)
    assert await followed(subscriptions) == {"!!!": {EN}, "24": {EN, RU}}


@pytest.mark.parametrize("step", ["of", "add", "save"])
async def test_a_change_that_is_broken_off_can_be_made_again(
    keeper, chats, subscriptions, monkeypatch, step
):
    chat = await keeper.meet(ANNA, "en")
    await subscriptions.add(subscription("24", EN), LIMIT)

    async def fail(*_args, **_more):
        raise ConnectionError

    with monkeypatch.context() as broken:
        broken.setattr(chats if step == "save" else subscriptions, step, fail)
        with pytest.raises(ConnectionError):
            await keeper.toggle_edition(chat, RU)
    again = await keeper.meet(ANNA, "en")
    assert (await keeper.toggle_edition(again, RU)).editions == {EN, RU}
    assert await followed(subscriptions) == {"24": {EN, RU}}


async def test_a_group_that_moved_twice_in_the_telling_moves_once(keeper, chats):
    group = await keeper.meet(GROUP, "ru")
    for _ in range(2):
        await keeper.moved(GROUP.id, -1000)
    assert await chats.get(GROUP) is None
    assert await chats.get(ChatRef(-1000)) == replace(group, ref=ChatRef(-1000))


SETTINGS = [
    ("pause", {"is_paused": True}, {"is_paused": True}),
    ("be_quiet", {"quiet": Quiet(time(22), time(8))}, {"quiet": Quiet(time(22), time(8))}),
    ("change_daily", {"daily_at": time(7, 30)}, {"daily_at": time(7, 30)}),
    ("limit", {"most_a_day": 5}, {"most_a_day": 5}),
    ("change_repeats", {"repeats": Repeats.DROP}, {"repeats": Repeats.DROP}),
]


@pytest.mark.parametrize(("method", "given_", "kept"), SETTINGS)
async def test_what_is_set_is_kept_and_what_waits_is_judged_anew(method, given_, kept):
    chats, releases = FakeChats(), Releases()
    keeper = ChatKeeper(chats, FakeSubscriptions(), DEFAULTS, releases, unscheduled())
    chat = await keeper.meet(ChatRef(7), "en")
    changed = await getattr(keeper, method)(chat, **given_)
    assert changed == replace(chat, **kept)
    assert await chats.get(chat.ref) == changed
    assert releases == [chat.ref]


async def test_a_change_that_was_broken_off_lets_out_what_waits_when_it_is_made_again():
    chats, releases = FakeChats(), Releases()
    keeper = ChatKeeper(chats, FakeSubscriptions(), DEFAULTS, releases, unscheduled())
    chat = await keeper.meet(ChatRef(7), "en")
    await keeper.pause(chat, is_paused=False)
    assert releases == [chat.ref]


class TestDigests:
    """What is set decides when a digest is due."""

    @pytest.fixture
    def digests(self):
        return FakeDigests()

    @pytest.fixture
    def keeper(self, chats, subscriptions, digests):
        reschedule = Reschedule(digests, FakeClock())
        return ChatKeeper(chats, subscriptions, DEFAULTS, Releases(), reschedule)

    async def test_who_turns_it_on_has_one_due_at_the_next_such_time(self, keeper, digests):
        chat = await keeper.meet(ChatRef(7), "en")
        chat = await keeper.change_digest(chat, Digest(), time(8))
        assert digests.due == {chat.ref: next_digest(START.timestamp(), chat)}
        assert chat.is_asked

    async def test_who_turns_it_off_has_none_due(self, keeper, digests):
        chat = await keeper.meet(ChatRef(7), "en")
        chat = await keeper.change_digest(chat, Digest(), time(8))
        await keeper.change_digest(chat, None, time(8))
        assert digests.due == {}

    @pytest.mark.parametrize(
        ("method", "given_"),
        [
            ("change_timezone", {"timezone": "America/New_York"}),
            ("change_daily", {"daily_at": time(9, 15)}),
            ("change_digest", {"digest": Digest(weekdays_only=True), "daily_at": time(7)}),
        ],
    )
    async def test_another_clock_is_another_time(self, keeper, digests, method, given_):
        chat = await keeper.meet(ChatRef(7), "en")
        chat = await keeper.change_digest(chat, Digest(), time(8))
        changed = await getattr(keeper, method)(chat, **given_)
        assert digests.due == {chat.ref: next_digest(START.timestamp(), changed)}

    async def test_what_has_nothing_to_do_with_time_leaves_a_digest_that_is_out_alone(
        self, keeper, digests
    ):
        chat = await keeper.meet(ChatRef(7), "en")
        chat = await keeper.change_digest(chat, Digest(), time(8))
        await digests.schedule(chat.ref, 5.0)
        await keeper.limit(chat, 3)
        assert digests.due == {chat.ref: 5.0}

    @pytest.mark.parametrize("way", ["meet", "back"])
    async def test_who_comes_back_has_one_due_again(self, keeper, digests, way):
        chat = await keeper.meet(ChatRef(7), "en")
        chat = await keeper.change_digest(chat, Digest(), time(8))
        await keeper.gone(chat.ref)
        await digests.schedule(chat.ref, None)
        await (keeper.meet(chat.ref, "en") if way == "meet" else keeper.back(chat.ref))
        assert chat.ref in digests.due

    async def test_a_new_topic_gets_no_digest_of_its_groups(self, keeper, digests):
        group = await keeper.meet(GROUP, "en")
        await keeper.change_digest(group, Digest(), time(8))
        topic = await keeper.meet(ChatRef(GROUP.id, 5), "en")
        assert topic.digest is None
        assert list(digests.due) == [GROUP]
