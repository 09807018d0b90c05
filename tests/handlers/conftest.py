import pytest

from tests.handlers.room import Room


@pytest.fixture
async def room():
    """Whatever a test does, no request may be one that Telegram's description forbids."""
    room = Room()
    await room.open()
    yield room
    await room.close()
    assert room.telegram.ledger.violations() == []


@pytest.fixture
def anna(room):
    return room.telegram.person("Anna", "en")
