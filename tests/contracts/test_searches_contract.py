"""What was searched for is kept for the buttons that name it."""

import asyncio

from bot.model import Searched

DAY = 86400


async def test_what_is_kept_is_got_back_under_its_key(stores):
    searched = Searched('виза "one two" -x\n😀', ("1.a-2", "9"))
    await stores.searches.keep("key-1_A", searched, DAY)
    assert await stores.searches.get("key-1_A") == searched
    assert await stores.searches.get("key-1_B") is None


async def test_what_is_kept_later_stands(stores):
    await stores.searches.keep("k", Searched("visa", ("1",)), DAY)
    await stores.searches.keep("k", Searched("visa"), DAY)
    assert await stores.searches.get("k") == Searched("visa")


async def test_half_a_character_harms_nothing(stores):
    await stores.searches.keep("k", Searched("visa \ud83d"), DAY)
    found = await stores.searches.get("k")
    assert found is not None
    assert found.words.startswith("visa ")


async def test_what_is_kept_is_forgotten_when_its_time_is_over(stores):
    await stores.searches.keep("long", Searched("visa"), DAY)
    await stores.searches.keep("brief", Searched("visa"), DAY)
    await stores.searches.keep("brief", Searched("visa"), 1)
    async with asyncio.timeout(30):
        while await stores.searches.get("brief"):  # noqa: ASYNC110 - a store tells nobody
            await asyncio.sleep(0.05)
    assert await stores.searches.get("long") == Searched("visa")
