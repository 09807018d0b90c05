"""Subscriptions put many at once are the same as put one by one."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.matching.matcher import Matcher
from bot.matching.query import QueryError
from bot.model import Article, ChatRef, Edition, Following, Subscription

NOW = datetime(2026, 1, 1, tzinfo=UTC)
TEXTS = ["visa", "visas", "China", "visa China", "виза -суд"]
NEWS = [
    Article(edition, 1, "https://24.kg/vlast/1/", title, (), NOW)
    for edition in Edition
    for title in ("China's visas", "виза", "виза и суд")
]
followings = st.builds(
    Following,
    # Few keys, so that one has several meanings, as keys of an older analysis may.
    st.sampled_from(["k", "l"]),
    st.sampled_from(TEXTS),
    st.frozensets(st.sampled_from(Edition), min_size=1),
    st.lists(st.integers(1, 9), min_size=1, max_size=12),
    st.sampled_from([0, 0, 0, 5]),
)
removals = st.tuples(st.integers(1, 9), st.sampled_from([0, 5]), st.sampled_from(["k", "l"]))


@given(st.lists(followings | removals, max_size=12))
def test_many_at_once_are_as_many_one_by_one(story):
    at_once, singly = Matcher(), Matcher()
    for step in story:
        if isinstance(step, Following):
            at_once.put_all(step)
            for chat in step.chats:
                ref = ChatRef(chat, step.topic)
                singly.put(Subscription(ref, step.key, step.text, step.editions, NOW))
        else:
            chat, topic, key = step
            for each in (at_once, singly):
                each.remove(ChatRef(chat, topic), key)
    assert len(at_once) == len(singly)
    for one in NEWS:
        assert at_once.match(one) == singly.match(one)


def test_many_of_a_text_that_is_no_query_are_refused_and_change_nothing():
    found = Matcher()
    with pytest.raises(QueryError):
        found.put_all(Following("k", "…", frozenset(Edition), [1, 2]))
    assert len(found) == 0
    assert found.queries == 0
