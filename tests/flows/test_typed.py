"""What is offered while one types, against ports in memory."""

import asyncio

import pytest

from bot.flows import links
from bot.flows.chats import ChatKeeper, Defaults
from bot.flows.exchange import Exchange
from bot.flows.inline import LINK_SECONDS, MOST_TYPED, READER_SECONDS, Inline
from bot.flows.reschedule import Reschedule
from bot.flows.search import KEPT_SECONDS, LONGEST, Searching
from bot.model import Chat, ChatRef, Edition, Language
from tests.builders.bank import rate
from tests.builders.hits import hit
from tests.fakes.articles import FakeArticles
from tests.fakes.chats import FakeChats
from tests.fakes.clock import FakeClock
from tests.fakes.digests import FakeDigests
from tests.fakes.outbox import FakeOutbox
from tests.fakes.rates import FakeRates, FakeThresholds
from tests.fakes.search import FakeSearch
from tests.fakes.searches import FakeSearches
from tests.fakes.subscriptions import FakeSubscriptions

REF = ChatRef(7)


class Desk:
    """The flow, and what stands behind it."""

    def __init__(self, patience=60.0):
        outbox, subscriptions, self.clock = FakeOutbox(), FakeSubscriptions(), FakeClock()
        self.search, self.searches = FakeSearch(), FakeSearches()
        self.chats, self.rates = FakeChats(subscriptions, outbox), FakeRates()
        exchange = Exchange(self.rates, FakeThresholds(), self.clock)
        defaults = Defaults(Language.EN, "Asia/Bishkek")
        reschedule = Reschedule(FakeDigests(), FakeClock())
        keeper = ChatKeeper(self.chats, subscriptions, defaults, outbox.release, reschedule)
        self.inline = Inline(
            self.search, self.searches, exchange, keeper, self.clock, patience=patience
        )
        self.searching = Searching(self.search, self.searches, FakeArticles(outbox))

    async def typed(self, words, after=""):
        return await self.inline.typed(REF, "en", words, after)


@pytest.fixture
def desk():
    return Desk()


async def test_there_is_room_for_a_conversion_beside_the_hits(desk):
    desk.search.add(*(hit(number, "100 usd") for number in range(1, 100)))
    desk.rates.put(rate("87.4500", "2026-03-02"))
    typed = await desk.typed("100 usd")
    assert len(typed.found.hits) + bool(typed.sums) == MOST_TYPED
    rest = await desk.typed("100 usd", typed.found.next)
    assert (len(rest.found.hits), rest.sums) == (50, ())
    assert {each.id for each in rest.found.hits} == {*range(31, 81)}


@pytest.mark.parametrize("words", ["100 men", "usd", "the war", "5 apples"])
async def test_what_only_looks_like_a_sum_is_searched_for(desk, words):
    desk.rates.put(rate("87.4500", "2026-03-02"))
    assert (await desk.typed(words)).sums == ()


async def test_a_store_that_hangs_is_not_waited_for():
    desk = Desk(patience=0.001)
    never = asyncio.Event()

    async def hang(*_):
        await never.wait()

    desk.search.add(hit(1))
    desk.chats.get = desk.searches.keep = hang
    typed = await desk.typed("visa")
    assert [each.id for each in typed.found.hits] == [1]
    assert typed.chat.language is Language.EN
    assert (await desk.typed("visa реконструкция аэропорта Манас")).start == ""


async def test_words_that_a_link_has_no_room_for_are_kept_for_a_day_and_those_of_a_search_longer(
    desk,
):
    words = "visa реконструкция аэропорта Манас"
    kept, lifetimes = desk.searches.keep, []

    async def keep(key, searched, seconds):
        lifetimes.append(seconds)
        await kept(key, searched, seconds)

    desk.searches.keep = keep
    key = links.key_in((await desk.typed(words)).start)
    assert await desk.searching.words(key) == words
    chat = Chat(REF, Language.EN, frozenset(Edition), "Asia/Bishkek")
    await desk.searching.begin(chat, words)
    assert lifetimes == [LINK_SECONDS, KEPT_SECONDS]
    assert LINK_SECONDS <= 86400 < KEPT_SECONDS


async def test_settings_are_looked_up_once_for_the_letters_typed_in_a_row(desk):
    await desk.typed("v")
    await desk.chats.save(Chat(REF, Language.RU, frozenset(Edition), "Asia/Bishkek"))
    assert (await desk.typed("vi")).chat.language is Language.EN
    desk.clock.pass_time(READER_SECONDS)
    assert (await desk.typed("vis")).chat.language is Language.RU


async def test_a_store_that_hangs_leaves_a_reader_as_last_known():
    desk = Desk(patience=0.01)
    await desk.chats.save(Chat(REF, Language.RU, frozenset(Edition), "Asia/Bishkek"))
    await desk.typed("v")
    desk.clock.pass_time(READER_SECONDS)
    never = asyncio.Event()

    async def hang(*_):
        await never.wait()

    desk.chats.get = hang
    assert (await desk.typed("vi")).chat.language is Language.RU


async def test_what_is_too_long_is_cut(desk):
    await desk.typed("word " * 1000)
    [wanted] = desk.search.asked
    assert len(wanted.words) <= LONGEST


async def test_the_edition_of_the_readers_language_comes_first(desk):
    await desk.chats.save(Chat(REF, Language.RU, frozenset(Edition), "Asia/Bishkek"))
    await desk.typed("visa")
    assert desk.search.asked[-1].editions[0] is Edition.RU


async def test_a_page_that_was_never_shown_is_none(desk):
    desk.search.add(*(hit(number) for number in range(1, 8)))
    chat = Chat(REF, Language.EN, frozenset(Edition), "Asia/Bishkek")
    shown = await desk.searching.begin(chat, "visa")
    assert await desk.searching.turn(chat, shown.key, 2) is None
    second = await desk.searching.turn(chat, shown.key, 1)
    assert second is not None
    assert [each.id for each in second.found.hits] == [2, 1]
    assert await desk.searching.turn(chat, "another", 0) is None


async def test_an_article_is_not_related_to_itself_and_no_other_twice(desk):
    desk.search.add(*(hit(number) for number in range(1, 20)))
    desk.search.alike = {1: [2, 3, 1], 2: [3, 4, 1, 5, 6, 7, 8, 9]}
    found = await desk.searching.related([1, 2, 1])
    assert [each.id for each in found] == [3, 4, 5, 6, 7]
