from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from bot.gateway.offsets import Offsets


def test_nothing_seen_is_asked_from_the_beginning():
    assert Offsets().ask() == 0


def test_what_is_open_is_not_confirmed_and_not_new():
    offsets = Offsets()
    assert [offsets.begin(n) for n in (5, 6, 7)] == [True] * 3
    offsets.finish(6)
    assert offsets.ask() == 5
    assert [offsets.begin(n) for n in (5, 6, 7, 8)] == [False, False, False, True]
    offsets.finish(5)
    assert offsets.ask() == 7
    offsets.finish(8)
    offsets.finish(7)
    assert offsets.ask() == 9
    assert not offsets.has_open


def test_what_ended_while_the_answer_was_on_its_way_is_not_new():
    offsets = Offsets()
    offsets.begin(5)
    offsets.ask()
    offsets.finish(5)
    assert not offsets.begin(5)
    assert offsets.ask() == 6


def test_numbers_that_begin_anew_are_followed():
    offsets = Offsets()
    offsets.begin(900)
    offsets.finish(900)
    assert offsets.ask() == 901
    assert offsets.begin(17)
    offsets.finish(17)
    assert offsets.ask() == 18


def test_what_is_let_go_is_confirmed_once_and_ends_quietly():
    offsets = Offsets()
    offsets.begin(5)
    offsets.begin(6)
    assert offsets.let_go() == 5
    assert offsets.ask() == 6
    offsets.finish(5)
    offsets.finish(6)
    assert offsets.ask() == 7


class Telegram(RuleBasedStateMachine):
    """Any order of ends, any length of batches, answers that are late, and a kill at any time."""

    def __init__(self):
        super().__init__()
        self.queue: list[int] = []
        self.made = 0
        self.answer: list[int] = []
        self.start()

    @rule()
    def start(self):
        self.offsets, self.open, self.begun = Offsets(), set(), set()
        self.handled = getattr(self, "handled", set())

    @rule(count=st.integers(1, 5))
    def update_comes(self, count):
        self.queue.extend(range(self.made + 1, self.made + count + 1))
        self.made += count

    @rule(limit=st.integers(1, 4))
    def bot_asks(self, limit):
        offset = self.offsets.ask()
        self.queue = [n for n in self.queue if n >= offset]
        self.answer = self.queue[:limit]

    @rule()
    def answer_arrives(self):
        for n in self.answer:
            if self.offsets.begin(n):
                assert n not in self.begun
                self.begun.add(n)
                self.open.add(n)
        self.answer = []

    @precondition(lambda self: self.open)
    @rule(data=st.data())
    def one_ends(self, data):
        n = data.draw(st.sampled_from(sorted(self.open)))
        self.open.remove(n)
        self.handled.add(n)
        self.offsets.finish(n)

    @invariant()
    def nothing_is_forgotten_before_it_is_handled(self):
        assert set(range(1, self.made + 1)) <= self.handled | set(self.queue)

    @invariant()
    def memory_is_what_is_in_work(self):
        assert len(self.offsets._done) <= len(self.queue) + 5


TestOffsets = Telegram.TestCase
