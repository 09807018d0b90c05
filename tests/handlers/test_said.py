import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.model import ChatRef
from handlers.said import Said, closest, is_for_us

KNOWN = ("subscribe", "unsubscribe", "list", "latest", "settings", "help", "start")
PRIVATE, GROUP = ChatRef(1001), ChatRef(-4001)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("/help", Said("help", "", "")),
        ("/subscribe visa China", Said("subscribe", "", "visa China")),
        ("/subscribe@Jarchy_Bot visa", Said("subscribe", "jarchy_bot", "visa")),
        ("/SUBSCRIBE Visa", Said("subscribe", "", "Visa")),
        ("/subscribe visa,\nChina", Said("subscribe", "", "visa,\nChina")),
        ("/subscribe\nvisa", Said("subscribe", "", "visa")),
        ("/подписка виза", Said("подписка", "", "виза")),
        ("/subscribe@", Said("subscribe", "", "")),
        ("/", Said("", "", "")),
        ("visa and/or China", Said("", "", "visa and/or China")),
        ("  hello ", Said("", "", "hello")),
        ("", Said("", "", "")),
    ],
)
def test_a_text_is_taken_apart_into_command_addressee_and_words(text, said):
    assert Said.parse(text) == said


@given(st.text(max_size=300))
def test_any_text_can_be_taken_apart_and_judged(text):
    said = Said.parse(text)
    for where in (PRIVATE, GROUP):
        is_for_us(said, where, "jarchy_bot", KNOWN)


@pytest.mark.parametrize("text", ["/help", "/help@jarchy_bot", "/nonsense", "good morning"])
def test_everything_said_in_private_is_for_the_bot(text):
    assert is_for_us(Said.parse(text), PRIVATE, "Jarchy_Bot", KNOWN)


@pytest.mark.parametrize("where", [PRIVATE, GROUP])
def test_what_names_another_bot_is_for_that_one(where):
    assert not is_for_us(Said.parse("/subscribe@other_bot visa"), where, "jarchy_bot", KNOWN)


@pytest.mark.parametrize(
    "text", ["/help", "/subscribe visa", "/subscibe visa", "/nonsense@jarchy_bot"]
)
def test_in_a_group_a_command_of_ours_right_or_nearly_so_is_for_the_bot(text):
    assert is_for_us(Said.parse(text), GROUP, "jarchy_bot", KNOWN)


@pytest.mark.parametrize("text", ["/weather", "good morning", "/", "help", "1/2"])
def test_in_a_group_what_others_may_be_meant_by_is_not_for_the_bot(text):
    assert not is_for_us(Said.parse(text), GROUP, "jarchy_bot", KNOWN)


@pytest.mark.parametrize(
    ("said", "meant"), [("subscibe", "subscribe"), ("setings", "settings"), ("weather", "")]
)
def test_the_closest_command_is_the_one_that_was_meant(said, meant):
    assert closest(said, KNOWN) == meant
