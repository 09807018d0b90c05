"""What every Articles must do."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.model import Alert, Article, ChatRef, Edition, Item, Validator

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
NOW = NOON.timestamp()
EN, RU = Edition.EN, Edition.RU


def item(number: int, *, minutes: int = 0, edition: Edition = EN) -> Item:
    published = NOON + timedelta(minutes=minutes)
    return Item(edition, number, f"https://24.kg/english/{number}", f"Visa № {number}", published)


def article(of: Item) -> Article:
    body = ("Бишкекте виза 🛂 \u2028", "“Second” \\ line")
    return Article(
        of.edition, of.id, of.url, of.title, body, of.published, "Власть", views=7, related=(3, 1)
    )


def alert(chat: int, number: int, *keys: str) -> Alert:
    return Alert(ChatRef(chat), number, keys or ("visa",))


async def discover(stores, *items):
    await stores.articles.discover(EN, items, None, 0)


async def claim(stores, now=NOW, limit=1):
    return await stores.articles.claim(now, 60, limit)


async def claim_one(stores, number):
    await discover(stores, item(number))
    [(_, token, _)] = await claim(stores)
    return token


async def test_an_edition_is_baselined_once_it_was(stores):
    assert not await stores.articles.is_baselined(EN)
    await stores.articles.baseline(EN, [], None)
    assert await stores.articles.is_baselined(EN)
    assert not await stores.articles.is_baselined(RU)


async def test_the_floor_is_the_one_that_the_baseline_left(stores):
    await stores.articles.baseline(EN, [], NOON)
    await stores.articles.baseline(RU, [], None)
    assert await stores.articles.floor(EN) == NOON
    assert await stores.articles.floor(RU) is None
    assert await stores.articles.floor(Edition.KY) is None


async def test_what_was_baselined_is_known_and_never_waits(stores):
    await stores.articles.baseline(EN, [item(1), item(2)], None)
    assert await stores.articles.unknown([item(3), item(1)]) == [item(3)]
    await discover(stores, item(1), item(2))
    assert await claim(stores) == []


async def test_a_baseline_takes_what_waits_with_it(stores):
    token = await claim_one(stores, 1)
    await stores.articles.baseline(EN, [item(1)], None)
    assert not await stores.articles.keep(article(item(1)), [], token, NOW)
    assert await claim(stores, NOW + 100) == []


async def test_unknown_items_come_back_in_the_order_given(stores):
    await discover(stores, item(5))
    asked = [item(9), item(5), item(2), item(7)]
    assert await stores.articles.unknown(asked) == [item(9), item(2), item(7)]
    assert await stores.articles.unknown([]) == []


async def test_the_validator_and_the_gap_are_those_of_the_last_discovery(stores):
    assert await stores.articles.validator(EN) is None
    assert await stores.articles.gap(EN) == 0
    validator = Validator('W/"é"', "Mon, 02 Mar 2026 06:00:00 GMT")
    await stores.articles.discover(EN, [], validator, 3)
    assert await stores.articles.validator(EN) == validator
    assert await stores.articles.gap(EN) == 3
    assert await stores.articles.validator(RU) is None
    await discover(stores)
    assert await stores.articles.validator(EN) is None
    assert await stores.articles.gap(EN) == 0


async def test_the_oldest_is_claimed_first_whatever_the_order_of_discovery_and_of_ids(stores):
    await discover(stores, item(10, minutes=9), item(30, minutes=-5), item(9, minutes=9))
    claimed = await claim(stores, limit=3)
    assert [found for found, _, _ in claimed] == [
        item(30, minutes=-5),
        item(9, minutes=9),
        item(10, minutes=9),
    ]


async def test_what_is_fresh_is_claimed_ahead_of_a_backlog(stores):
    backlog = [item(number, minutes=number - 500) for number in range(1, 151)]
    fresh = [item(number, minutes=number - 500) for number in range(500, 651)]
    await discover(stores, *fresh, *backlog)
    claimed = await stores.articles.claim(NOW, 60, 160, fresh_since=NOW)
    assert [found for found, _, _ in claimed] == [*fresh, *backlog[:9]]
    rest = await stores.articles.claim(NOW, 60, 500, fresh_since=NOW)
    assert [found for found, _, _ in rest] == backlog[9:]


async def test_no_more_is_claimed_than_asked_for(stores):
    await discover(stores, *(item(number) for number in range(1, 251)))
    assert len(await claim(stores, limit=120)) == 120
    assert [found.id for found, _, _ in await claim(stores, limit=2)] == [121, 122]
    assert len(await claim(stores, limit=500)) == 128


async def test_what_is_claimed_is_not_claimed_again_until_its_lease_ends(stores):
    await discover(stores, item(1))
    [(_, first, attempts)] = await stores.articles.claim(NOW, 60, 5)
    assert attempts == 0
    assert await claim(stores, NOW + 59.9) == []
    [(_, second, attempts)] = await claim(stores, NOW + 60)
    assert second != first
    assert attempts == 1


async def test_a_discovery_leaves_a_claim_alone(stores):
    token = await claim_one(stores, 1)
    await discover(stores, item(1, minutes=5))
    assert await claim(stores) == []
    assert await stores.articles.keep(article(item(1)), [], token, NOW)


async def test_what_is_put_off_waits_until_then_and_lets_others_pass(stores):
    await discover(stores, item(1, minutes=-1), item(2))
    [(_, token, _)] = await claim(stores)
    await stores.articles.put_off(1, token, NOW + 30)
    assert [found.id for found, _, _ in await claim(stores, NOW + 29.5, limit=9)] == [2]
    [(found, _, attempts)] = await claim(stores, NOW + 30)
    assert (found, attempts) == (item(1, minutes=-1), 1)


async def test_a_claim_that_was_lost_puts_nothing_off(stores):
    old = await claim_one(stores, 1)
    [(_, new, _)] = await claim(stores, NOW + 60)
    await stores.articles.put_off(1, old, NOW)
    assert await claim(stores, NOW + 61) == []
    assert await stores.articles.keep(article(item(1)), [], new, NOW)


async def test_what_is_dropped_is_seen_for_good_and_shown_nowhere(stores):
    token = await claim_one(stores, 1)
    await stores.articles.drop(1, token)
    assert await claim(stores, NOW + 1000) == []
    assert await stores.articles.unknown([item(1)]) == []
    assert await stores.articles.get([1]) == {}
    assert await stores.articles.latest([EN], 5) == []


async def test_a_claim_that_was_lost_drops_nothing(stores):
    old = await claim_one(stores, 1)
    await claim(stores, NOW + 60)
    await stores.articles.drop(1, old)
    assert len(await claim(stores, NOW + 120)) == 1


async def test_what_is_kept_is_known_whole_and_its_alerts_are_owed(stores):
    token = await claim_one(stores, 1)
    owed = [alert(7, 1, "a", "b"), Alert(ChatRef(-100123, 5), 1, ("c",))]
    assert await stores.articles.keep(article(item(1)), owed, token, NOW)
    assert await stores.articles.get([2, 1]) == {1: article(item(1))}
    assert await stores.articles.unknown([item(1)]) == []
    assert await claim(stores, NOW + 1000) == []
    bundles = await stores.outbox.take(NOW, 60, 10)
    assert {owed for bundle in bundles for owed in bundle.alerts} == set(owed)
    assert {bundle.since for bundle in bundles} == {NOW}


async def test_nothing_is_asked_of_no_ids(stores):
    assert await stores.articles.get([]) == {}


async def test_a_claim_that_was_lost_keeps_nothing_and_owes_nothing(stores):
    old = await claim_one(stores, 1)
    [(_, new, _)] = await claim(stores, NOW + 60)
    assert not await stores.articles.keep(article(item(1)), [alert(7, 1)], old, NOW)
    assert await stores.articles.get([1]) == {}
    assert await stores.outbox.waiting() == 0
    assert await stores.articles.keep(article(item(1)), [alert(7, 1)], new, NOW)
    assert await stores.outbox.waiting() == 1


async def test_an_article_that_was_kept_is_not_kept_again(stores):
    token = await claim_one(stores, 1)
    assert await stores.articles.keep(article(item(1)), [alert(7, 1)], token, NOW)
    assert not await stores.articles.keep(article(item(1)), [alert(8, 1)], token, NOW)
    assert await stores.outbox.waiting() == 1


@pytest.mark.parametrize("count", [1000, 1001, 2500])
async def test_a_large_fan_out_is_owed_once_to_each(stores, count):
    token = await claim_one(stores, 1)
    owed = [alert(chat, 1) for chat in range(1, count + 1)]
    assert await stores.articles.keep(article(item(1)), owed, token, NOW)
    assert await stores.outbox.waiting() == count


async def test_rows_are_found_by_their_ids(stores):
    await stores.articles.baseline(EN, [item(1)], None)
    token = await claim_one(stores, 2)
    await stores.articles.keep(article(item(2)), [], token, NOW)
    assert await stores.articles.headlines([2, 9, 1]) == {1: item(1), 2: item(2)}
    assert await stores.articles.headlines([]) == {}


async def test_the_latest_are_the_newest_by_time_baselined_and_kept_alike(stores):
    await stores.articles.baseline(EN, [item(3), item(50, minutes=-10)], None)
    await stores.articles.baseline(RU, [item(4, minutes=1, edition=RU)], None)
    token = await claim_one(stores, 2)
    await stores.articles.keep(article(item(2)), [], token, NOW)
    await discover(stores, item(60, minutes=60))
    assert await stores.articles.latest([EN], 9) == [item(3), item(2), item(50, minutes=-10)]
    newest = [item(4, minutes=1, edition=RU), item(3)]
    assert await stores.articles.latest([EN, RU], 2) == newest
    assert await stores.articles.latest([], 2) == []
    assert await stores.articles.latest([EN], 0) == []


async def test_headlines_before_and_after_a_place_are_told_by_time_then_id(stores):
    rows = [item(5, minutes=1), item(9), item(7), item(2), item(8, minutes=-1), item(1, minutes=-2)]
    russian = [item(6, edition=RU), item(3, minutes=1, edition=RU)]
    await stores.articles.baseline(EN, rows, None)
    await stores.articles.baseline(RU, russian, None)

    async def before(number, limit, *editions):
        found = await stores.articles.latest(editions or [EN], limit, (NOON, number))
        return [one.id for one in found]

    async def after(number, limit, *editions):
        found = await stores.articles.following(editions or [EN], limit, (NOON, number))
        return [one.id for one in found]

    assert await before(7, 9) == [2, 8, 1]
    assert await before(7, 2) == [2, 8]
    assert await before(7, 2, EN, RU) == [6, 2]
    assert await after(7, 9) == [5, 9]
    assert await after(7, 1) == [9]
    assert await after(2, 2, EN, RU) == [7, 6]
    assert await after(9, 9, EN, RU) == [5, 3]
    assert [await before(7, 0), await after(7, 0)] == [[], []]
    articles = stores.articles
    assert [
        await articles.latest([], 5, (NOON, 7)),
        await articles.following([], 5, (NOON, 7)),
    ] == [
        [],
        [],
    ]


async def test_what_was_published_in_a_span_is_told_oldest_first_of_all_editions(stores):
    old, first, last = item(9, minutes=-1), item(8), item(3, minutes=59)
    await stores.articles.baseline(EN, [last, item(7, minutes=60), first, old], None)
    await stores.articles.baseline(RU, [item(4, minutes=1, edition=RU)], None)
    token = await claim_one(stores, 2)
    await stores.articles.keep(article(item(2)), [], token, NOW)
    await discover(stores, item(60, minutes=30))
    found = await stores.articles.between(NOON, NOON + timedelta(hours=1))
    assert found == [item(2), first, item(4, minutes=1, edition=RU), last]
    assert await stores.articles.between(NOON, NOON) == []


async def test_what_a_feed_told_of_waits_once_and_is_no_end_of_paging_back(stores):
    await stores.articles.baseline(EN, [item(1)], None)
    await discover(stores, item(2))
    await stores.articles.wait([item(1), item(2), item(3)])
    await stores.articles.wait([item(3)])
    assert await stores.articles.unknown([item(1), item(2), item(3)]) == [item(3)]
    assert [found for found, *_ in await claim(stores, limit=9)] == [item(2), item(3)]


async def test_what_a_feed_told_of_is_known_as_soon_as_the_listing_shows_it_too(stores):
    await stores.articles.wait([item(3)])
    [(_, token, _)] = await claim(stores)
    assert await stores.articles.keep(article(item(3)), [], token, NOW)
    assert await stores.articles.unknown([item(3)]) == [item(3)]
    await discover(stores, item(3))
    assert await stores.articles.unknown([item(3)]) == []
    assert await claim(stores, NOW + 100, limit=9) == []


async def test_what_a_feed_told_of_and_was_dropped_waits_for_the_listing_alone(stores):
    await stores.articles.wait([item(3)])
    [(_, token, _)] = await claim(stores)
    await stores.articles.drop(3, token)
    await stores.articles.wait([item(3)])
    assert await claim(stores, NOW + 1000) == []
    assert await stores.articles.unknown([item(3)]) == [item(3)]
    await discover(stores, item(3))
    [(found, token, attempts)] = await claim(stores)
    assert (found, attempts) == (item(3), 0)
    await stores.articles.drop(3, token)
    assert await stores.articles.unknown([item(3)]) == []


async def test_a_feed_changes_nothing_that_is_kept_of_the_listing(stores):
    await stores.articles.discover(EN, [], Validator("x"), 3)
    await stores.articles.wait([item(3)])
    assert await stores.articles.validator(EN) == Validator("x")
    assert await stores.articles.gap(EN) == 3
    assert not await stores.articles.is_baselined(EN)
