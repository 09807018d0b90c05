"""What was told once is remembered for longer than the site takes to show it again."""

from datetime import timedelta

import pytest

from bot.flows.news import is_news
from bot.model import ChatRef
from bot.store import keys
from bot.store.articles import RedisArticles
from bot.store.outbox import RedisOutbox
from tests.store.test_keys import DAY, EN, NOON, NOW, alerts, article, item

ANNA = ChatRef(1)
NUMBER = f"{7:012d}"


async def seconds(client):
    """The store's clock."""
    return int((await client.execute("TIME"))[0])


async def told(client):
    """An article that was told and settled."""
    articles, outbox = RedisArticles(client), RedisOutbox(client)
    await articles.discover(EN, [item(7)], None, 0)
    [(_, token, _)] = await articles.claim(NOW, 60, 1)
    assert await articles.keep(article(7), alerts(7, [ANNA]), token, NOW)
    [bundle] = await outbox.take(NOW, 60, 10)
    assert await outbox.settle(bundle, NOW)
    return articles, outbox


async def pass_days(client, days):
    """All that the store remembers of it by then: not the article, but that it was seen."""
    await client.execute("DEL", keys.article(7))
    await client.execute("ZADD", keys.SEEN, await seconds(client) - days * DAY, NUMBER)


@pytest.mark.parametrize("days", [2, 30, 399, 401, 799])
async def test_a_row_that_is_pinned_again_after_years_is_known_and_told_to_nobody(store, days):
    articles, outbox = await told(store)
    await pass_days(store, days)
    assert await articles.unknown([item(7)]) == []
    await articles.discover(EN, [item(7)], None, 0)
    assert await articles.claim(NOW + days * DAY, 60, 10) == []
    assert await outbox.waiting() == 0


async def test_a_row_that_stays_pinned_is_never_forgotten(store):
    articles, _ = await told(store)
    for _ in range(3):
        await pass_days(store, 799)
        await articles.discover(EN, [item(7)], None, 0)
        age = await seconds(store) - float(await store.execute("ZSCORE", keys.SEEN, NUMBER))
        assert age < DAY
    assert await articles.claim(NOW + 3 * 799 * DAY, 60, 10) == []


async def test_what_is_forgotten_in_the_end_is_too_old_to_be_news(store):
    articles, _ = await told(store)
    await pass_days(store, 801)
    await articles.discover(EN, [item(8)], None, 0)
    assert await articles.unknown([item(7)]) == [item(7)]
    later = NOON + timedelta(seconds=keys.SEEN_SECONDS)
    assert not is_news(item(7).published, later, timedelta(hours=24), None)


def test_that_an_article_was_seen_is_known_for_longer_than_the_article_itself():
    assert keys.SEEN_SECONDS > keys.ARTICLE_SECONDS > 365 * DAY
