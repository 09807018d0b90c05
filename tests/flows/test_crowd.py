"""A thousand chats, of which some are in trouble: the others do not notice."""

from bot.model import ChatRef, ChatState, Gone, Moved, Rejected, RetryLater
from tests.builders.news import article
from tests.fakes.messenger import FakeMessenger
from tests.flows.office import Office

READERS = 1000
FLOODED, BLOCKED, MOVING, POISONED = 100, 200, -300, 400
LONG = 43_838.0
"""Seconds for which Telegram was seen to hold a chat back."""
SUPERGROUP = -1_000_000_000_300


async def fan_out(*, with_trouble):
    """The office after it, and when each chat was told, in seconds since the start."""
    office = Office()
    ids = [number for number in range(1, READERS + 1) if number != -MOVING]
    readers = [await office.reader(number) for number in (*ids, MOVING)]
    await office.owe(article(7), *readers)
    start, told = office.clock.seconds, {}

    async def note(chat, _message):
        told[chat.id] = office.clock.seconds - start

    office.messenger = FakeMessenger(before_answer=note)
    if with_trouble:
        in_trouble(office.messenger)
    async with office.running():
        await office.clock.until(lambda: len(told) == READERS + with_trouble)
        if with_trouble:
            office.clock.skip(LONG - 120)
        await office.until_settled()
    return office, told


def in_trouble(messenger):
    messenger.script(ChatRef(FLOODED), RetryLater(LONG, "Too Many Requests"))
    messenger.always(ChatRef(BLOCKED), Gone("bot was blocked by the user"))
    messenger.always(ChatRef(MOVING), Moved(SUPERGROUP))
    messenger.script(ChatRef(POISONED), Rejected("can't parse entities"))


def p95(told):
    others = sorted(at for id_, at in told.items() if id_ not in {FLOODED, BLOCKED, POISONED})
    return others[int(0.95 * len(others))]


async def test_of_a_thousand_chats_four_in_trouble_hold_up_nobody_and_each_ends_as_it_should():
    _, calm = await fan_out(with_trouble=False)
    office, told = await fan_out(with_trouble=True)
    assert p95(told) <= p95(calm) + 0.2
    assert told[FLOODED] >= LONG
    assert (await office.chats.get(ChatRef(BLOCKED))).state is ChatState.GONE
    assert await office.chats.get(ChatRef(MOVING)) is None
    assert await office.subscriptions.of(ChatRef(SUPERGROUP))
    delivered = {send.chat.id for send in office.messenger.sends if send.chat.id != BLOCKED}
    assert len(delivered) == READERS
    for id_ in delivered - {MOVING}:
        assert len(office.messenger.delivered(ChatRef(id_))) == 1, id_
    plain = [send.chat.id for send in office.messenger.sends if send.plain]
    assert plain == [POISONED]
    assert office.told == []
