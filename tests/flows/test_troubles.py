import pytest

from bot.flows.troubles import Troubles, nobody


@pytest.fixture
def told():
    return []


@pytest.fixture
def troubles(told):
    async def tell(text):
        told.append(text)

    return Troubles(tell)


async def test_a_trouble_is_said_once_when_it_begins_and_once_when_it_is_over(troubles, told):
    for _ in range(3):
        await troubles.begin("store", "the store can't be reached")
    assert "store" in troubles
    for _ in range(3):
        await troubles.end("store")
    assert told == ["Trouble: store: the store can't be reached", "Over: store"]
    assert "store" not in troubles


async def test_what_returns_is_said_again(troubles, told):
    for reason in ("first", "second"):
        await troubles.begin("store", reason)
        await troubles.end("store")
    assert told == ["Trouble: store: first", "Over: store", "Trouble: store: second", "Over: store"]


async def test_patience_lets_a_trouble_pass_that_ends_in_time(troubles, told):
    for _ in range(3):
        await troubles.begin("site", "503", patience=2)
        await troubles.begin("site", "503", patience=2)
        await troubles.end("site")
    assert told == []


async def test_patience_ends_with_one_sign_too_many(troubles, told):
    for n in range(4):
        await troubles.begin("site", f"503 {n}", patience=2)
    assert told == ["Trouble: site: 503 2"]


async def test_each_name_is_a_trouble_of_its_own(troubles, told):
    await troubles.begin("store", "away")
    await troubles.begin("listing en", "changed")
    assert troubles.names == ["listing en", "store"]
    await troubles.end("store")
    assert troubles.names == ["listing en"]
    assert told[-1] == "Over: store"


async def test_who_can_not_be_told_harms_nothing():
    async def fail(_):
        raise ConnectionError

    troubles = Troubles(fail)
    await troubles.begin("store", "away")
    assert troubles.names == ["store"]
    await troubles.end("store")
    assert troubles.names == []


async def test_nobody_need_be_told():
    await nobody("anything")
    troubles = Troubles()
    await troubles.begin("store", "away")
    assert "store" in troubles
