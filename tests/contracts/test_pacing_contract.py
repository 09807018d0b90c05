"""What every Pacing must do. Four messages a second are allowed here."""

import pytest

from bot.model import ChatRef, Verdict

NOW = 1_772_000_000.0
ANNA, BORIS = ChatRef(11), ChatRef(12)
GROUP, TOPIC = ChatRef(-100), ChatRef(-100, 5)
WINDOW = 1.018
EVENLY = 0.95 * WINDOW / 4


def people(count, first=100):
    return [ChatRef(number) for number in range(first, first + count)]


async def granted(stores, chats, now, ahead=100.0):
    slots = await stores.pacing.book(chats, now, ahead)
    assert {slot.verdict for slot in slots} <= {Verdict.GRANTED}
    return [slot.at for slot in slots]


async def test_slots_go_evenly_and_no_second_has_more_than_its_share(stores):
    slots = await granted(stores, people(40), NOW)
    assert slots[0] == NOW
    assert slots[1] == pytest.approx(NOW + EVENLY)
    for first, fifth in zip(slots, slots[4:], strict=False):
        assert fifth == pytest.approx(first + WINDOW)


async def test_time_in_which_nothing_was_sent_is_not_made_up_for(stores):
    await granted(stores, people(2), NOW)
    slots = await granted(stores, people(3, 200), NOW + 100)
    assert slots == pytest.approx([NOW + 100, NOW + 100 + EVENLY, NOW + 100 + 2 * EVENLY])


async def test_nothing_is_given_away_further_ahead_than_asked(stores):
    slots = await stores.pacing.book(people(5), NOW, 0.3)
    assert [slot.verdict for slot in slots] == [
        Verdict.GRANTED,
        Verdict.GRANTED,
        Verdict.ALL_ARE_BUSY,
    ]
    again = slots[-1].at
    assert again == pytest.approx(NOW + 2 * EVENLY - 0.3)
    [early] = await stores.pacing.book(people(1, 300), again - 0.01, 0.3)
    assert early.verdict is Verdict.ALL_ARE_BUSY
    [slot] = await stores.pacing.book(people(1, 300), again + 0.001, 0.3)
    assert slot.verdict is Verdict.GRANTED
    assert slot.at == pytest.approx(NOW + 2 * EVENLY)


@pytest.mark.parametrize(("chat", "gap"), [(ANNA, 1.0), (GROUP, 3.0)])
async def test_a_chat_that_was_written_to_is_busy_for_a_while(stores, chat, gap):
    [at] = await granted(stores, [chat], NOW)
    [slot] = await stores.pacing.book([chat], NOW + gap - 0.25, 0.0)
    assert slot.verdict is Verdict.CHAT_IS_BUSY
    assert slot.at == at + gap
    assert await granted(stores, [chat], NOW + gap) == [NOW + gap]


async def test_a_busy_chat_takes_no_slot_from_others(stores):
    await granted(stores, [ANNA], NOW)
    busy, free = await stores.pacing.book([ANNA, BORIS], NOW + 0.5, 0.0)
    assert busy.verdict is Verdict.CHAT_IS_BUSY
    assert (free.verdict, free.at) == (Verdict.GRANTED, NOW + 0.5)


async def test_topics_share_the_pace_of_their_group(stores):
    await granted(stores, [GROUP], NOW)
    [slot] = await stores.pacing.book([TOPIC], NOW + 2, 0.0)
    assert slot.verdict is Verdict.CHAT_IS_BUSY


async def test_nobody_in_particular_is_never_busy(stores):
    assert await granted(stores, [None, None], NOW) == pytest.approx([NOW, NOW + EVENLY])


async def test_a_chat_that_is_held_is_busy_until_then_alone(stores):
    await stores.pacing.hold(ANNA, NOW + 50)
    await stores.pacing.hold(ANNA, NOW + 10)
    anna, boris = await stores.pacing.book([ANNA, BORIS], NOW, 0.5)
    assert (anna.verdict, anna.at) == (Verdict.CHAT_IS_BUSY, NOW + 50)
    assert boris.verdict is Verdict.GRANTED
    assert await granted(stores, [ANNA], NOW + 50) == [NOW + 50]


async def test_while_all_is_held_nobody_has_a_slot(stores):
    await stores.pacing.hold_all(NOW + 50)
    await stores.pacing.hold_all(NOW + 10)
    [slot] = await stores.pacing.book([None], NOW, 0.5)
    assert (slot.verdict, slot.at) == (Verdict.ALL_ARE_BUSY, NOW + 49.5)
    assert await granted(stores, [None], NOW + 50) == [NOW + 50]


async def test_slots_that_are_given_up_are_free_as_if_they_had_never_been_booked(stores):
    chats = [ANNA, None, GROUP]
    slots = await stores.pacing.book(chats, NOW, 10)
    await stores.pacing.give_up([*zip(chats, slots, strict=True)][1:])
    again = await granted(stores, [GROUP, *people(3)], NOW, 10)
    assert again[0] == pytest.approx(NOW + EVENLY)
    assert again[3] == pytest.approx(NOW + WINDOW)
    [group] = await stores.pacing.book([GROUP], NOW + 0.2, 10)
    assert group.verdict is Verdict.CHAT_IS_BUSY


async def test_a_slot_that_is_given_up_ends_no_hold(stores):
    [slot] = await stores.pacing.book([ANNA], NOW, 1)
    await stores.pacing.hold(ANNA, NOW + 50)
    await stores.pacing.give_up([(ANNA, slot)])
    [anna] = await stores.pacing.book([ANNA], NOW + 1, 1)
    assert (anna.verdict, anna.at) == (Verdict.CHAT_IS_BUSY, NOW + 50)


async def test_booked_a_second_later_than_it_is_nobodys_pace_is_forgotten(stores):
    [at] = await granted(stores, [ANNA], NOW)
    await stores.pacing.book([None], NOW + 1.5, 1)
    [anna] = await stores.pacing.book([ANNA], NOW + 0.6, 0.1)
    assert anna.verdict is Verdict.CHAT_IS_BUSY or anna.at >= at + 1


HOUR = 3600.0


async def test_a_clock_that_was_set_back_makes_nobody_wait_and_lets_no_more_through(stores):
    await granted(stores, [ANNA, GROUP, *people(2)], NOW + HOUR)
    await stores.pacing.hold(BORIS, NOW + HOUR + 30)
    slots = await granted(stores, people(4, 200), NOW)
    assert NOW <= slots[0] < slots[-1] <= NOW + WINDOW + EVENLY
    assert slots[0] >= NOW + EVENLY
    anna, group, boris = await stores.pacing.book([ANNA, GROUP, BORIS], NOW + 4, 0.5)
    assert {anna.verdict, group.verdict} == {Verdict.GRANTED}
    assert boris.verdict is Verdict.CHAT_IS_BUSY
    assert boris.at == pytest.approx(NOW + 30, abs=2)


async def test_a_hold_for_all_ends_when_it_should_though_the_clock_was_set_back(stores):
    await granted(stores, [ANNA], NOW + HOUR)
    await stores.pacing.hold_all(NOW + HOUR + 20)
    [slot] = await stores.pacing.book([None], NOW, 0.5)
    assert slot.verdict is Verdict.ALL_ARE_BUSY
    assert slot.at == pytest.approx(NOW + 20, abs=1)


async def test_machines_whose_clocks_differ_by_seconds_keep_one_limit(stores):
    await granted(stores, people(4), NOW + 30)
    [slot] = await stores.pacing.book(people(1, 300), NOW, 0.5)
    assert slot.verdict is Verdict.ALL_ARE_BUSY
