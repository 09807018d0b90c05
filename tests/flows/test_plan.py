"""What becomes of what is owed to a chat."""

import math
from dataclasses import replace
from datetime import time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.flows.plan import GIVE_UP_SECONDS, Known, Plan, mannered, plan
from bot.model import Alert, Bundle, ChatState, Delivery, Message, Post, Quiet, Repeats
from tests.builders.news import article, chat, subscription
from tests.fakes.clock import START

NOW = START.timestamp()
ANNA = chat().ref
VISA, SNOW = (subscription(ANNA, text) for text in ("visa", "snow"))


def known(*articles, asked=(VISA, SNOW), told_first=(), told=0):
    posts = {first: Post(ANNA, 70 + first, is_alone=True) for first in told_first}
    return Known({each.id: each for each in articles}, asked, posts, told)


def owed(*numbers, by=(VISA,), since=NOW):
    keys = tuple(sorted(each.key for each in by))
    return [Alert(ANNA, number, keys, since) for number in numbers]


def planned(alerts, knowledge, reader=None, now=NOW):
    return plan(Bundle(ANNA, tuple(alerts), "lease", now + 30), reader or chat(), knowledge, now)


def told(made):
    return [one.id for one, _ in made.now]


def test_what_is_wanted_is_told_in_the_order_of_publication():
    first, second = article(8, minutes=20), article(7, minutes=10)
    made = planned(owed(7, 8), known(first, second))
    assert made == Plan(((first, [VISA]), (second, [VISA])))


def test_an_article_is_told_once_with_all_that_it_meets_and_that_is_still_followed():
    ended = subscription(ANNA, "border")
    made = planned(owed(7, by=(VISA, SNOW, ended)), known(article(7)))
    assert made.now == ((article(7), [VISA, SNOW]),)


@pytest.mark.parametrize("reader", [None, chat(state=ChatState.GONE)])
def test_to_a_chat_that_is_gone_or_was_never_met_nothing_is_told(reader):
    bundle = Bundle(ANNA, tuple(owed(7)), "lease", NOW + 30)
    assert plan(bundle, reader, known(article(7)), NOW) == Plan()


@pytest.mark.parametrize(
    "knowledge", [known(article(7), asked=()), known(article(7), asked=(SNOW,)), known()]
)
def test_what_is_followed_no_more_or_not_known_is_neither_told_nor_put_aside(knowledge):
    assert planned(owed(7), knowledge) == Plan()


def test_what_waited_for_two_days_is_dropped_and_counted():
    late, timely = NOW - GIVE_UP_SECONDS - 1, NOW - GIVE_UP_SECONDS
    alerts = owed(7, since=late) + owed(8, since=timely) + owed(9, since=0.0)
    made = planned(alerts, known(*(article(number) for number in (7, 8, 9))))
    assert told(made) == [8, 9]
    assert (made.held, made.late) == ({}, 1)


def test_even_a_paused_chat_keeps_nothing_longer_than_that():
    alerts = owed(7, since=NOW - GIVE_UP_SECONDS - 1) + owed(8)
    made = planned(alerts, known(article(7), article(8)), chat(is_paused=True))
    assert (made.now, made.held, made.late) == ((), {8: math.inf}, 1)


def test_some_may_be_for_now_and_some_for_later():
    daily = replace(SNOW, delivery=Delivery.DAILY)
    alerts = owed(7) + owed(8, by=(daily,)) + owed(9, by=(VISA, daily))
    made = planned(alerts, known(*(article(number) for number in (7, 8, 9)), asked=(VISA, daily)))
    assert sorted(told(made)) == [7, 9]
    assert set(made.held) == {8}
    assert made.held[8] > NOW


def test_in_quiet_hours_all_is_put_aside_until_they_end():
    reader = chat(quiet=Quiet(time(0), time(23, 59)))
    made = planned(owed(7, 8), known(article(7), article(8)), reader)
    assert made.now == ()
    assert len({*made.held.values()}) == 1


def test_an_alert_that_does_not_know_when_it_was_put_in_was_so_now():
    made = planned(owed(7, since=0.0), known(article(7)))
    assert told(made) == [7]


@pytest.mark.parametrize(("most", "day"), [(0, ""), (5, "2026-03-12")])
def test_messages_are_counted_where_they_are_limited(most, day):
    made = planned(owed(7), known(article(7)), chat(most_a_day=most))
    assert made.day == (day and START.date().isoformat())


# --- muted ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(("minutes", "is_told"), [(-1, False), (0, True), (1, True)])
def test_what_is_published_before_a_mute_ends_is_not_told_under_it(minutes, is_told):
    end = START - timedelta(hours=1) - timedelta(minutes=minutes)
    muted = replace(VISA, muted_until=end)
    made = planned(owed(7), known(article(7, minutes=60), asked=(muted,)))
    assert made.held == {}
    assert bool(made.now) is is_told


def test_what_meets_another_subscription_too_is_told_under_that_one():
    muted = replace(VISA, muted_until=START + timedelta(days=1))
    made = planned(owed(7, by=(VISA, SNOW)), known(article(7), asked=(muted, SNOW)))
    assert made.now == ((article(7), [SNOW]),)


# --- told again -----------------------------------------------------------------------------------

FIRST, AGAIN = article(7, minutes=9), article(8, repeats=7)


@pytest.mark.parametrize(("repeats", "numbers"), [(Repeats.REPLY, [8]), (Repeats.DROP, [])])
def test_a_story_that_was_told_is_told_again_or_not_as_the_chat_chose(repeats, numbers):
    made = planned(owed(8), known(AGAIN, told_first=(7,)), chat(repeats=repeats))
    assert told(made) == numbers
    assert made.held == {}


@pytest.mark.parametrize(("repeats", "numbers"), [(Repeats.REPLY, [7, 8]), (Repeats.DROP, [7])])
def test_so_is_one_that_waits_beside_the_first(repeats, numbers):
    made = planned(owed(8, 7), known(FIRST, AGAIN), chat(repeats=repeats))
    assert told(made) == numbers


def test_a_story_whose_first_is_not_told_is_told():
    reader = chat(repeats=Repeats.DROP)
    muted = replace(SNOW, muted_until=START + timedelta(days=1))
    alerts = owed(7, by=(SNOW,)) + owed(8)
    assert told(planned(alerts, known(FIRST, AGAIN, asked=(VISA, muted)), reader)) == [8]
    assert told(planned(alerts, known(FIRST, AGAIN, asked=(VISA,)), reader)) == [8]
    assert told(planned(owed(8), known(AGAIN), reader)) == [8]


def test_what_tells_no_story_again_is_not_taken_for_one():
    others = [article(7), article(8)]
    assert told(planned(owed(7, 8), known(*others), chat(repeats=Repeats.DROP))) == [7, 8]


def test_an_article_that_tells_a_story_again_is_a_reply_to_the_first():
    knowledge = known(AGAIN, told_first=(7,))
    made = mannered(Message("x"), (8,), [(AGAIN, [VISA])], knowledge)
    assert made == Message("x", reply_to=77)


@pytest.mark.parametrize("knowledge", [known(AGAIN), known(FIRST, AGAIN, told_first=(6,))])
def test_where_the_first_was_not_told_there_is_nothing_to_reply_to(knowledge):
    assert mannered(Message("x"), (8,), [(AGAIN, [VISA])], knowledge).reply_to == 0


def test_a_list_of_several_is_no_reply():
    knowledge = known(AGAIN, article(9), told_first=(7,))
    made = mannered(Message("x"), (8, 9), [(AGAIN, [VISA]), (article(9), [VISA])], knowledge)
    assert made.reply_to == 0


SILENT = replace(SNOW, delivery=Delivery.SILENT)


@pytest.mark.parametrize(
    ("met", "is_silent"),
    [([SILENT], True), ([SILENT, VISA], False), ([VISA], False)],
)
def test_a_message_is_silent_where_all_that_it_meets_are(met, is_silent):
    knowledge = known(article(7))
    assert mannered(Message("x"), (7,), [(article(7), met)], knowledge).silent is is_silent


def test_one_that_is_not_silent_makes_a_list_sound():
    both = [(article(7), [SILENT]), (article(8), [VISA])]
    assert not mannered(Message("x"), (7, 8), both, known(article(7), article(8))).silent


# --- whatever is owed -----------------------------------------------------------------------------

numbers = st.integers(1, 5)
some = st.lists(
    st.builds(
        Alert,
        st.just(ANNA),
        numbers,
        st.sets(st.sampled_from([VISA.key, SNOW.key]), min_size=1).map(lambda k: (*sorted(k),)),
        st.sampled_from([0.0, NOW, NOW - 3600, NOW - GIVE_UP_SECONDS - 1]),
    ),
    max_size=5,
    unique_by=lambda alert: alert.article,
)
stories = st.dictionaries(numbers, st.integers(0, 4)).map(
    lambda found: [
        article(number, repeats=first if first < number else 0) for number, first in found.items()
    ]
)
followed = st.lists(
    st.builds(
        lambda one, delivery, hours: replace(
            one, delivery=delivery, muted_until=hours and START + timedelta(hours=hours)
        ),
        st.sampled_from([VISA, SNOW]),
        st.sampled_from(Delivery),
        st.none() | st.sampled_from([-1, 1]),
    ),
    max_size=2,
    unique_by=lambda one: one.key,
)
readers = st.builds(
    chat,
    is_paused=st.booleans(),
    quiet=st.sampled_from([None, Quiet(time(0), time(23, 59)), Quiet(time(1), time(2))]),
    most_a_day=st.integers(0, 2),
    repeats=st.sampled_from(Repeats),
)


@given(some, stories, followed, readers, st.integers(0, 3))
def test_each_article_is_told_put_aside_or_dropped_and_never_two_of_these(
    alerts, articles, asked, reader, so_far
):
    made = planned(alerts, known(*articles, asked=asked, told=so_far), reader)
    now, later = told(made), list(made.held)
    assert len({*now, *later}) == len(now) + len(later)
    assert {*now, *later} <= {alert.article for alert in alerts}
    assert all(moment > NOW for moment in made.held.values())
    assert len(now) + len(later) + made.late <= len(alerts)
    assert all(subscriptions for _, subscriptions in made.now)
    if reader.is_paused:
        assert not now
