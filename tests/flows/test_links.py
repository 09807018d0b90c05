"""Links that open the bot and subscribe."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.flows import links
from bot.flows.search import key_of
from bot.model import ChatRef

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=64)


@given(texts)
def test_a_link_holds_the_query_that_was_put_in_or_is_none(words):
    parameter = links.to_query(words)
    assert re.fullmatch(r"[A-Za-z0-9_-]{0,64}", parameter)
    assert not parameter or links.query_in(parameter) == words


@pytest.mark.parametrize(("words", "fits"), [("a" * 45, True), ("a" * 46, False), ("", False)])
def test_a_link_has_room_for_45_bytes(words, fits):
    assert bool(links.to_query(words)) is fits


@given(texts)
def test_a_key_has_room_in_a_link_and_on_a_button(words):
    key = key_of(None, words)
    assert len(links.to_key(key)) <= links.LONGEST
    assert links.key_in(links.to_key(key)) == key
    assert re.fullmatch(r"[A-Za-z0-9_-]{16}", key)


@given(texts)
def test_what_is_no_link_of_ours_holds_nothing(words):
    if not words.startswith((links.QUERY, links.KEY)):
        assert links.query_in(words) == links.key_in(words) == ""


def test_a_search_of_one_chat_is_not_that_of_another():
    keys = {key_of(chat, "visa") for chat in (None, ChatRef(1), ChatRef(1, 2), ChatRef(-1))}
    assert len(keys) == 4
