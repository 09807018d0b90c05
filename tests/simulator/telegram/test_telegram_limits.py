import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.telegram import ApiError, Limits, Telegram
from simulator.telegram.limits import Gate


class Clock:
    """Time that stands still until it is moved."""

    def __init__(self):
        self.now = 1_000_000.0

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def gate(clock):
    return Gate(Limits(), clock)


def admitted(gate, chat=1, messages=1, *, group=False, paid=False):
    """0, or the seconds after which to come again."""
    try:
        gate.admit(chat, messages, group=group, paid=paid)
    except ApiError as error:
        return error.parameters["retry_after"]
    return 0


def test_a_chat_takes_a_short_burst_and_then_one_a_second(gate, clock):
    assert [admitted(gate) for _ in range(6)] == [0, 0, 0, 0, 0, 1]
    clock.now += 1
    assert [admitted(gate), admitted(gate)] == [0, 1]


def test_one_chats_refusal_does_not_hold_up_another(gate):
    assert [admitted(gate, 1) for _ in range(6)][-1] == 1
    assert admitted(gate, 2) == 0


def test_all_chats_together_take_30_a_second(gate, clock):
    refusals = [admitted(gate, chat) for chat in range(31)]
    assert refusals == [0] * 30 + [1]
    clock.now += 1
    assert [admitted(gate, chat) for chat in range(31, 61)] == [0] * 30


def test_paid_broadcasts_take_1000_a_second(gate):
    refusals = [admitted(gate, chat, paid=True) for chat in range(1001)]
    assert refusals == [0] * 1000 + [1]


def test_a_group_takes_20_a_minute(gate, clock):
    taken = 0
    for _ in range(60):
        taken += admitted(gate, -1, group=True) == 0
        clock.now += 1
    assert 20 <= taken <= 40
    assert admitted(Gate(Limits(), clock), -1, messages=21, group=True) == 0


def test_who_comes_again_too_early_is_refused_again(gate, clock):
    assert [admitted(gate) for _ in range(5)] == [0] * 5
    clock.now += 0.5
    assert admitted(gate) == 1
    clock.now += 0.75
    assert admitted(gate) == 1
    clock.now += 0.25
    assert admitted(gate) == 0


def test_limits_can_be_off(clock):
    gate = Gate(Limits.off(), clock)
    assert {admitted(gate) for _ in range(1000)} == {0}


@given(st.lists(st.tuples(st.integers(1, 3), st.floats(0, 2)), max_size=40))
def test_who_waits_as_long_as_told_is_admitted(steps):
    clock = Clock()
    gate = Gate(Limits(), clock)
    for chat, pause in steps:
        clock.now += pause
        if told := admitted(gate, chat):
            clock.now += told
            assert admitted(gate, chat) == 0


async def test_too_many_messages_are_answered_429_and_the_peak_is_known(api, telegram, aida):
    telegram.limits = Limits(chat_burst=2)
    answers = [await api("sendMessage", chat_id=aida.id, text="a") for _ in range(3)]
    assert [each["ok"] for each in answers] == [True, True, False]
    assert answers[2]["description"] == "Too Many Requests: retry after 1"
    assert answers[2]["parameters"] == {"retry_after": 1}
    assert (await api("sendChatAction", chat_id=aida.id, action="typing"))["ok"]
    assert (await api("getMe"))["ok"]


async def test_what_is_refused_for_another_reason_does_not_count(api, telegram, bek):
    telegram.limits = Limits(chat_burst=1)
    for _ in range(3):
        answer = await api("sendMessage", chat_id=bek.id, text="a")
        assert answer["error_code"] == 403


def test_the_peak_is_the_most_in_any_window():
    clock = Clock()
    telegram = Telegram(limits=Limits.off(), clock=clock)
    record = telegram.server.record
    for pause, chat in [(0, 1), (0.5, 1), (0.4, 2), (0.2, 1), (5, 1)]:
        clock.now += pause
        record("sendMessage", {"chat_id": chat}, 200, {})
    record("sendMessage", {"chat_id": 1}, 429, {})
    assert telegram.ledger.peak() == 3
    assert telegram.ledger.peak(chat=1) == 2
    assert telegram.ledger.peak(window=60) == 5
    assert telegram.ledger.peak(chat=3) == 0
