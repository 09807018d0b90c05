"""What is filed is in the log by which indexes follow."""

from datetime import UTC, datetime

from bot.model import Edition, Item
from bot.store.archive import RedisArchive
from bot.store.articles import RedisArticles
from bot.store.chronicle import RedisChronicle

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
EN = Edition.EN


def item(number):
    return Item(EN, number, f"https://24.kg/english/{number}/", "Visa", NOON)


async def test_an_index_that_follows_the_log_finds_every_title_that_is_filed_once(store):
    chronicle = RedisChronicle(store)
    await RedisArticles(store).baseline(EN, [item(1)], None)
    cursor = await chronicle.cursor()
    archive = RedisArchive(store)
    await archive.file(EN, [item(1), item(2), item(3)], 3)
    await archive.file(EN, [item(3), item(4)], 4)
    ids, _ = await chronicle.changes(cursor)
    assert ids == [2, 3, 4]
    assert [found.title for found in await chronicle.read(ids)] == ["Visa"] * 3
