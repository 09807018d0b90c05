"""What was searched for is kept for the buttons that name it."""

from bot.model import Searched


async def test_what_is_kept_is_got_back_under_its_key(stores):
    searched = Searched('виза "one two" -x\n😀', ("1.a-2", "9"))
    await stores.searches.keep("key-1_A", searched)
    assert await stores.searches.get("key-1_A") == searched
    assert await stores.searches.get("key-1_B") is None


async def test_what_is_kept_later_stands(stores):
    await stores.searches.keep("k", Searched("visa", ("1",)))
    await stores.searches.keep("k", Searched("visa"))
    assert await stores.searches.get("k") == Searched("visa")


async def test_half_a_character_harms_nothing(stores):
    await stores.searches.keep("k", Searched("visa \ud83d"))
    found = await stores.searches.get("k")
    assert found is not None
    assert found.words.startswith("visa ")
