"""The page of keys against what is in the store, and how long it stays there."""

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

from bot.model import (
    Alert,
    Article,
    Bound,
    Chat,
    ChatRef,
    Crossing,
    Edition,
    Item,
    Language,
    Popular,
    Rate,
    Searched,
    Subscription,
    Telling,
    Threshold,
    Validator,
)
from bot.store import keys
from bot.store.archive import RedisArchive
from bot.store.articles import RedisArticles
from bot.store.chats import RedisChats
from bot.store.chronicle import RedisChronicle
from bot.store.corrections import RedisCorrections
from bot.store.digests import RedisDigests
from bot.store.handled import RedisHandled
from bot.store.leadership import RedisLeadership
from bot.store.outbox import RedisOutbox
from bot.store.pacing import RedisPacing
from bot.store.popular import RedisPopularNews
from bot.store.posts import RedisPosts
from bot.store.rates import RedisRates
from bot.store.searches import RedisSearches
from bot.store.subscriptions import RedisSubscriptions
from bot.store.thresholds import RedisThresholds

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
NOW = NOON.timestamp()
DAY = 86400
EN = Edition.EN
GROUP, TOPIC = ChatRef(-100), ChatRef(-100, 5)


def item(number, published=NOON):
    return Item(EN, number, f"https://24.kg/english/{number}", "Visa", published)


def article(number, published=NOON):
    row = item(number, published)
    return Article(EN, number, row.url, row.title, ("Text",), published)


def alerts(number, chats):
    return [Alert(chat, number, ("visa",)) for chat in chats]


async def keep(client, number, chats, published=NOON, chunk=1000):
    articles = RedisArticles(client, chunk)
    await articles.discover(EN, [item(number, published)], Validator("x"), 2)
    [(_, token, _)] = await articles.claim(NOW, 60, 1)
    assert await articles.keep(article(number, published), alerts(number, chats), token, NOW)


async def use_every_key(client):
    """Every method of every port, and at its end a key of every kind."""
    articles, outbox = RedisArticles(client, 2), RedisOutbox(client)
    subscriptions, chats = RedisSubscriptions(client), RedisChats(client)
    await articles.baseline(EN, [item(1)], NOON)
    await articles.is_baselined(EN)
    await articles.floor(EN)
    await keep(client, 2, [ChatRef(7), TOPIC, GROUP, ChatRef(8)], chunk=2)
    await articles.validator(EN)
    await articles.gap(EN)
    await articles.unknown([item(1)])
    await use_what_is_shown(client)
    await use_the_log_of_news(client)
    for call in (articles.put_off(9, "no token", NOW), articles.drop(9, "no token")):
        await call
    taken = await outbox.take(NOW, 60, 3)
    await outbox.settle(taken[0], NOW, [], Telling(5, (2,), "2026-03-02"))
    await outbox.postpone(taken[1], NOW + 5)
    await use_pacing_and_posts(client, taken[0].chat)
    await keep(client, 3, [ChatRef(50), ChatRef(51)])
    assert await outbox.waiting() == 6
    assert await outbox.oldest() is not None
    await subscriptions.cursor()
    subscription = Subscription(TOPIC, "visa", "visa", frozenset({EN}), NOON)
    await subscriptions.add(subscription, 5)
    await subscriptions.remove(ChatRef(1), "visa")
    await subscriptions.changes(await subscriptions.cursor())
    assert [one.key async for one in subscriptions.all()] == ["visa"]
    await chats.save(Chat(TOPIC, Language.EN, frozenset({EN}), "Asia/Bishkek"))
    await chats.get(TOPIC)
    await chats.move(-100, -200)
    held, _ = await outbox.take(NOW + 70, 60, 2)
    await outbox.hold(held, {alert.article: NOW + 500 for alert in held.alerts})
    await chats.mark_back(ChatRef(7))
    await chats.mark_gone(ChatRef(7))
    await RedisLeadership(client).hold(60)
    await RedisLeadership(client).resign()
    await RedisHandled(client).add(5)
    await interrupt_a_fan_out(client)
    await use_corrections(client)
    await use_rates(client)
    await use_digests(client)


async def use_what_is_shown(client):
    articles, popular_news = RedisArticles(client), RedisPopularNews(client)
    assert await articles.get([2])
    assert await articles.latest([EN], 5)
    await RedisArchive(client).file(EN, [item(5, NOON)], 3)
    assert await RedisArchive(client).reached() == {EN: 3}
    await RedisArchive(client).feed_since(EN, NOW)
    await articles.wait([item(6)])
    await RedisSearches(client).keep("key", Searched("visa"), DAY)
    popular = Popular((item(1),), NOON)
    await popular_news.keep(EN, popular)
    assert await popular_news.get(EN) == popular


async def use_the_log_of_news(client):
    chronicle = RedisChronicle(client)
    cursor = await chronicle.cursor()
    assert await chronicle.changes(cursor) == ([], cursor)
    assert await chronicle.read(await chronicle.ids())
    assert await chronicle.extent()


async def use_digests(client):
    digests = RedisDigests(client)
    await digests.schedule(GROUP, NOW)
    [due] = await digests.take(NOW, 60, 5)
    await digests.begun(due, "2026-03-02", 1)
    assert await digests.settle(due, NOW, day="2026-03-02", now=NOW, told=[1])
    await digests.put_off(due, None)


async def use_rates(client):
    rates, thresholds = RedisRates(client), RedisThresholds(client)
    rate = Rate("USD", Decimal("87.45"), "2026-03-02", "bank")
    await rates.keep([rate])
    await rates.settle_file("daily", Validator("x"))
    assert await rates.validator("daily") == Validator("x")
    assert await rates.recent("2026-03-02", 5) == [rate]
    made = Threshold(TOPIC, "USD", Bound.ABOVE, Decimal(80), 1, Decimal(87), NOON)
    assert await thresholds.add(made, 5)
    assert await thresholds.of(TOPIC) == [made]
    assert [each async for each in thresholds.all()] == [made]
    crossing = Crossing(made, rate, NOW)
    assert await thresholds.change(made, replace(made, is_armed=False), crossing)
    assert not await thresholds.remove(GROUP, made.key)
    [owed] = await thresholds.owed(NOW, 5)
    await thresholds.put_off(owed, NOW + 5)
    await thresholds.settle(replace(owed, rate=replace(rate, day="2026-03-03")))


async def use_corrections(client):
    corrections = RedisCorrections(client)
    for number in (2, 3):
        await corrections.look(number, NOW)
    assert await corrections.due(NOW) == (2, ["2 0"])
    await corrections.correct(article(2), ["2 0"], NOW)
    await corrections.looked(["9 0"])
    await corrections.close(9, NOW)
    assert await corrections.open() == {2: NOW}


async def use_pacing_and_posts(client, chat):
    pacing, posts = RedisPacing(client, 1000), RedisPosts(client)
    await pacing.hold_all(NOW)
    await pacing.hold(ChatRef(9), NOW + 5)
    await pacing.book([ChatRef(7), None], NOW, 1)
    assert await posts.find(2, [chat])
    assert [post async for post in posts.of(2)]
    assert await posts.count({chat: "2026-03-02"})


async def interrupt_a_fan_out(client):
    articles = RedisArticles(client, 2)
    await articles.discover(EN, [item(4)], None, 0)
    [(_, token, _)] = await articles.claim(NOW, 60, 1)
    fan_out = alerts(4, [ChatRef(60), ChatRef(61)])
    assert await articles._fan_out(4, fan_out, token, NOW)


def page():
    """Name pattern and type of each key on the page."""
    rows = re.findall(r"^\| (\S+) +\| (\w+) +\|", keys.__doc__, re.MULTILINE)
    found = {re.sub(r"\{.*?\}", r"[\\w-]+", name): kind for name, kind in rows if name != "key"}
    assert len(found) > 20
    return found


async def test_every_key_is_on_the_page_with_its_type_and_every_one_on_it_is_used(store):
    await use_every_key(store)
    unused = page()
    for key in await store.execute("KEYS", "*"):
        name = key.decode().removeprefix(keys.PREFIX)
        [pattern] = [pattern for pattern in page() if re.fullmatch(pattern, name)]
        assert (await store.execute("TYPE", key)).decode() == page()[pattern]
        unused.pop(pattern, None)
    assert not unused


async def test_lifetimes_are_those_on_the_page(store):
    await use_every_key(store)

    async def lifetime(key):
        return await store.execute("TTL", key)

    assert 399 * DAY < await lifetime(keys.article(2)) <= 400 * DAY
    assert 29 * DAY < await lifetime(keys.fanout(4)) <= 30 * DAY
    assert DAY - 60 < await lifetime(keys.handled(5)) <= DAY
    assert 29 * DAY < await lifetime(keys.MOVED) <= 30 * DAY
    assert 0 < await lifetime(keys.LEADER) <= 60
    assert await lifetime(keys.SEEN) == -1
    assert await lifetime(keys.SUBSCRIPTIONS) == -1


async def test_what_was_seen_is_remembered_for_longer_than_articles_are_kept(store):
    """An old row that is pinned again after two years is not told again."""
    articles = RedisArticles(store)
    await articles.baseline(EN, [item(1), item(2)], None)
    now = datetime.now(UTC).timestamp()
    await store.execute("ZADD", keys.SEEN, now - 799 * DAY, "000000000001")
    await store.execute("ZADD", keys.SEEN, now - 801 * DAY, "000000000002")
    await articles.discover(EN, [], None, 0)
    assert await articles.unknown([item(1), item(2)]) == [item(2)]


async def test_a_row_that_is_met_again_is_remembered_from_then_on(store):
    """A row that stays pinned for three years is not told again."""
    articles = RedisArticles(store)
    await articles.baseline(EN, [item(1), item(2)], None)
    for _ in range(3):
        await pass_days(store, 400)
        await articles.discover(EN, [item(1)], None, 0)
    assert await articles.unknown([item(1), item(2)]) == [item(2)]
    await articles.discover(EN, [item(1)], None, 0)
    assert await articles.claim(NOW, 60, 9) == []


async def test_a_row_that_is_met_with_every_poll_is_written_once_a_day(store):
    articles = RedisArticles(store)
    await articles.baseline(EN, [item(1)], None)
    await pass_days(store, 0.9)
    before = await store.execute("ZSCORE", keys.SEEN, "000000000001")
    await articles.discover(EN, [item(1)], None, 0)
    assert await store.execute("ZSCORE", keys.SEEN, "000000000001") == before


async def pass_days(store, days):
    """For what was seen alone: the store has a clock of its own."""
    for name in await store.execute("ZRANGE", keys.SEEN, 0, -1):
        await store.execute("ZINCRBY", keys.SEEN, -days * DAY, name)


async def test_headlines_are_kept_as_long_as_articles(store):
    articles = RedisArticles(store)
    old, older = NOON - timedelta(days=399), NOON - timedelta(days=401)
    await articles.baseline(EN, [item(1, old), item(2, older)], None)
    await keep(store, 3, [])
    assert [one.id for one in await articles.latest([EN], 9)] == [3, 1]
    assert await store.execute("HLEN", keys.HEADLINES) == 2


async def test_an_emptied_store_knows_that_it_has_to_be_baselined(store):
    articles = RedisArticles(store)
    await articles.baseline(EN, [item(1)], None)
    await store.execute("FLUSHALL")
    assert not await articles.is_baselined(EN)
    assert await articles.validator(EN) is None


async def test_the_log_of_changes_is_bounded(store):
    subscriptions = RedisSubscriptions(store)
    fill = "for i = 1, ARGV[1] do redis.call('XADD', KEYS[1], '*', 'mark', i) end"
    await store.execute("EVAL", fill, 1, keys.CHANGES, keys.CHANGES_KEPT + 2000)
    subscription = Subscription(TOPIC, "visa", "visa", frozenset({EN}), NOON)
    await subscriptions.add(subscription, 5)
    assert await store.execute("XLEN", keys.CHANGES) < keys.CHANGES_KEPT + 1000
