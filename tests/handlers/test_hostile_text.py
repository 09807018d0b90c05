import pytest

from bot.model import ChatRef
from tests.handlers.room import data

HOSTILE = [
    "<b>bold</b>",
    "</b></a><script>",
    "&amp;quot; & <",
    "a\u202eb",
    "zalgo\u0301\u0302\u0303" * 40,
    "👩‍👩‍👧‍👦" * 30,
    "\u200b",
    "`*_[x](tg://user?id=1)",
    "%s {query} {0}",
    "http://evil.example/?a=1&b=2",
    '"unbalanced',
    "tab\tand\x0bmore",
]


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize(
    "command", ["", "/subscribe ", "/unsubscribe ", "/settings ", "/start ", "/search ", "/"]
)
async def test_hostile_text_is_answered_and_shown_as_it_is(room, anna, command, text):
    answers = await room.say(anna, command + text)
    assert len(answers) == 1
    for entity in answers[0].get("entities", []):
        assert entity["type"] not in {"text_link", "text_mention", "italic", "spoiler"}
    [listed] = await room.say(anna, "/list")
    assert listed["text"]
    assert all(call.ok for call in room.telegram.ledger.calls)
    assert data(listed) == [
        f"c:{each.key}" for each in await room.subscriptions.of(ChatRef(anna.id))
    ]
