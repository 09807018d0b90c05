import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from telegram.error import NetworkError, TimedOut

from bot.gateway.answers import (
    LONGEST_WAIT,
    outcome,
    read_answer,
    topic_is_shut,
    unreachable,
)
from bot.model import Gone, Moved, Outcome, Rejected, RetryLater, Sent
from bot.ports import TokenRefused


def meaning(status: int, description: str = "", **parameters: object) -> Outcome:
    body = {"ok": False, "error_code": status, "description": description}
    return outcome(read_answer(status, json.dumps(body | {"parameters": parameters}).encode()))


GONE = [
    (403, "Forbidden: bot was blocked by the user"),
    (403, "Forbidden: user is deactivated"),
    (403, "Forbidden: bot was kicked from the group chat"),
    (403, "Forbidden: bot was kicked from the supergroup chat"),
    (403, "Forbidden: bot was kicked from the channel chat"),
    (403, "Forbidden: bot is not a member of the channel chat"),
    (403, "Forbidden: the group chat was deleted"),
    (403, "Forbidden: bot can't initiate conversation with a user"),
    (403, "Forbidden: bot can't send messages to bots"),
    (403, "Forbidden: CHAT_WRITE_FORBIDDEN"),
    (403, ""),
    (400, "Bad Request: chat not found"),
    (400, "Bad Request: CHAT NOT FOUND"),
    (400, "Bad Request: user not found"),
    (400, "Bad Request: PEER_ID_INVALID"),
    (400, "Bad Request: group chat was deactivated"),
    (400, "Bad Request: group chat was upgraded to a supergroup chat"),
    (400, "Bad Request: have no rights to send a message"),
    (400, "Bad Request: not enough rights to send text messages to the chat"),
    (400, "Bad Request: need administrator rights in the channel chat"),
    (400, "Bad Request: CHAT_WRITE_FORBIDDEN"),
    (400, "Bad Request: CHAT_RESTRICTED"),
    (400, "Bad Request: CHANNEL_PRIVATE"),
    (400, "Bad Request: USER_IS_BLOCKED"),
]
REJECTED = [
    (400, "Bad Request: not enough rights to send photos to the chat"),
    (403, "Forbidden: CHAT_SEND_PHOTOS_FORBIDDEN"),
    (400, "Bad Request: message caption is too long"),
    (400, "Bad Request: PHOTO_INVALID_DIMENSIONS"),
    (400, 'Bad Request: can\'t parse entities: Unsupported start tag "x" at byte offset 3'),
    (400, "Bad Request: message is too long"),
    (400, "Bad Request: message text is empty"),
    (400, "Bad Request: text must be non-empty"),
    (400, "Bad Request: BUTTON_DATA_INVALID"),
    (400, "Bad Request: inline keyboard button URL 'x' is invalid: Wrong HTTP URL"),
    (400, "Bad Request: strings must be encoded in UTF-8"),
    (400, "Bad Request: query is too old and response timeout expired or query ID is invalid"),
    (400, "Bad Request: message thread not found"),
    (400, "Bad Request: TOPIC_CLOSED"),
    (400, "Bad Request: something that nobody has seen"),
    (400, ""),
    (405, "Method Not Allowed"),
    (413, "Request Entity Too Large"),
    (418, "I'm a teapot"),
]
LATER_FOR_ALL = [
    (409, "Conflict: terminated by other getUpdates request"),
    (500, "Internal Server Error"),
    (500, "Internal Server Error: restart"),
    (502, "Bad Gateway"),
    (503, "Service Unavailable"),
    (504, "Gateway Timeout"),
    (302, "Found"),
]


@pytest.mark.parametrize(("status", "description"), GONE)
def test_a_chat_that_can_not_be_written_to_is_gone(status, description):
    assert meaning(status, description) == Gone(description or f"HTTP {status}")


@pytest.mark.parametrize(("status", "description"), REJECTED)
def test_a_message_that_telegram_will_not_have_is_rejected(status, description):
    assert meaning(status, description) == Rejected(description or f"HTTP {status}")


@pytest.mark.parametrize(("status", "description"), LATER_FOR_ALL)
def test_trouble_of_telegrams_own_is_later_for_everyone(status, description):
    assert meaning(status, description) == RetryLater(1.0, description, everyone=True)


@pytest.mark.parametrize(("description"), ["TOPIC_CLOSED", "message thread not found"])
def test_a_topic_that_is_shut_is_told_from_other_refusals(description):
    body = {"ok": False, "error_code": 400, "description": f"Bad Request: {description}"}
    assert topic_is_shut(read_answer(400, json.dumps(body).encode()))
    assert not topic_is_shut(read_answer(400, b'{"ok": false, "description": "chat not found"}'))


def test_a_message_that_was_taken_is_sent():
    body = b'{"ok": true, "result": {"message_id": 12, "date": 1}}'
    assert outcome(read_answer(200, body)) == Sent(12)


def test_success_without_a_message_is_success():
    assert outcome(read_answer(200, b'{"ok": true, "result": true}')) == Sent(0)


def test_an_edit_that_changes_nothing_is_success():
    assert meaning(400, "Bad Request: message is not modified: the same") == Sent(0)


@pytest.mark.parametrize("status", [400, 403])
def test_a_group_with_a_new_id_has_moved(status):
    text = "Bad Request: group chat was upgraded to a supergroup chat"
    assert meaning(status, text, migrate_to_chat_id=-1001234567890) == Moved(-1001234567890)


def test_a_flood_holds_back_its_chat_for_as_long_as_it_says():
    text = "Too Many Requests: retry after 43838"
    assert meaning(429, text, retry_after=43838) == RetryLater(43838.0, text)


def test_a_flood_without_parameters_says_how_long_in_words():
    text = "Too Many Requests: retry after 17"
    assert meaning(429, text) == RetryLater(17.0, text)


@pytest.mark.parametrize("wait", [0, -5, None, "soon", True, float("nan"), [], {}])
def test_a_flood_that_names_no_time_still_waits(wait):
    settled = meaning(429, "Too Many Requests", retry_after=wait)
    assert settled == RetryLater(5.0, "Too Many Requests")


@pytest.mark.parametrize("wait", [10**12, 10**400])
def test_an_absurd_wait_is_bounded(wait):
    assert meaning(429, "Too Many Requests", retry_after=wait).seconds == LONGEST_WAIT


@pytest.mark.parametrize("status", [401, 404])
def test_a_wrong_token_is_neither_a_chat_nor_a_message(status):
    with pytest.raises(TokenRefused, match="TELEGRAM_BOT_TOKEN"):
        meaning(status, "Unauthorized")


def test_an_error_code_in_a_success_of_http_counts():
    body = b'{"ok": false, "error_code": 403, "description": "Forbidden: bot was blocked"}'
    assert outcome(read_answer(200, body)) == Gone("Forbidden: bot was blocked")


@pytest.mark.parametrize("status", [200, 302, 403, 404, 407, 413, 429, 503])
@pytest.mark.parametrize("body", [b"", b"<h1>no</h1>", b"[]", b'{"error": 1}', b"\xff", b"null"])
def test_a_proxys_page_says_nothing_about_the_chat(status, body):
    settled = outcome(read_answer(status, body))
    assert isinstance(settled, RetryLater)
    assert settled.everyone


@pytest.mark.parametrize("error", [TimedOut(), NetworkError("the connection broke")])
def test_no_answer_is_later_for_everyone(error):
    assert unreachable(error) == RetryLater(1.0, str(error), everyone=True)


def test_a_reason_is_one_short_line():
    assert meaning(400, "Bad\nRequest: " + "x" * 999).reason == "Bad Request: " + "x" * 187


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda children: st.lists(children) | st.dictionaries(st.text(), children),
    max_leaves=8,
)
ANSWERS = st.fixed_dictionaries(
    {"ok": st.booleans() | JSON},
    optional={
        "error_code": st.sampled_from([200, 400, 401, 403, 404, 409, 429, 500]) | JSON,
        "description": st.sampled_from([row[1] for row in GONE + REJECTED]) | JSON,
        "result": st.fixed_dictionaries({}, optional={"message_id": JSON}) | JSON,
        "parameters": JSON
        | st.fixed_dictionaries({}, optional={"retry_after": JSON, "migrate_to_chat_id": JSON}),
    },
)


@given(st.integers(100, 999), ANSWERS | JSON)
def test_any_json_is_an_outcome(status, data):
    check_any(status, json.dumps(data).encode())


@given(st.integers(100, 999), st.binary())
def test_any_bytes_are_an_outcome(status, body):
    check_any(status, body)


def test_nesting_without_end_is_an_outcome():
    check_any(200, b"[" * 200_000)
    check_any(200, b'{"ok":' * 200_000)


def check_any(status: int, body: bytes) -> None:
    answer = read_answer(status, body)
    try:
        settled = outcome(answer)
    except TokenRefused:
        assert answer.status in (401, 404)
        return
    assert isinstance(settled, Outcome)
    if isinstance(settled, RetryLater):
        assert 0 < settled.seconds <= LONGEST_WAIT
    if isinstance(settled, Moved):
        assert settled.to
