import pytest

from bot.flows.troubles import Troubles, nobody


@pytest.fixture
def told():
    return []


@pytest.fixture
def troubles(told):
    return Troubles(told.append)


def test_a_trouble_is_said_once_when_it_begins_and_once_when_it_is_over(troubles, told):
    for _ in range(3):
        troubles.begin("store", "the store can't be reached")
    assert "store" in troubles
    for _ in range(3):
        troubles.end("store")
    assert told == ["Trouble: store: the store can't be reached", "Over: store"]
    assert "store" not in troubles


def test_what_returns_is_said_again(troubles, told):
    for reason in ("first", "second"):
        troubles.begin("store", reason)
        troubles.end("store")
    assert told == ["Trouble: store: first", "Over: store", "Trouble: store: second", "Over: store"]


def test_patience_lets_a_trouble_pass_that_ends_in_time(troubles, told):
    for _ in range(3):
        troubles.begin("site", "503", patience=2)
        troubles.begin("site", "503", patience=2)
        troubles.end("site")
    assert told == []


def test_patience_ends_with_one_sign_too_many(troubles, told):
    for n in range(4):
        troubles.begin("site", f"503 {n}", patience=2)
    assert told == ["Trouble: site: 503 2"]


def test_each_name_is_a_trouble_of_its_own(troubles, told):
    troubles.begin("store", "away")
    troubles.begin("listing en", "changed")
    assert troubles.names == ["listing en", "store"]
    troubles.end("store")
    assert troubles.names == ["listing en"]
    assert told[-1] == "Over: store"


def test_a_trouble_that_several_met_is_over_when_it_is_for_all_of_them(troubles, told):
    for _ in range(3):
        troubles.begin("store", "full", work="polling")
        troubles.begin("store", "full", work="delivery")
        troubles.end("store", work="renewing")
    assert told == ["Trouble: store: full"]
    troubles.end("store", work="polling")
    assert told == ["Trouble: store: full"]
    troubles.end("store", work="delivery")
    assert told == ["Trouble: store: full", "Over: store"]


def test_nobody_need_be_told():
    nobody("anything")
    troubles = Troubles()
    troubles.begin("store", "away")
    assert "store" in troubles
