"""What holds for every `Messenger`: the one that sends, and the one that tests send with."""

from dataclasses import dataclass
from typing import Any

import pytest

from bot.gateway.messenger import TelegramMessenger
from bot.model import ChatRef, Gone, Message, Moved, Outcome, Rejected, RetryLater, Sent
from bot.ports import Messenger
from tests.fakes.messenger import FakeMessenger
from tests.gateway.bot_server import bad, good

CHAT = ChatRef(-100, 4)
HELLO = Message("<b>Visa</b>")
PICTURE = Message("<b>Visa</b>", picture=b"\x89PNG\r\n\x1a\n")
SCRIPTS = [
    (good({"message_id": 9}), Sent(9)),
    (bad(403, "Forbidden: blocked"), Gone("Forbidden: blocked")),
    (bad(400, "Bad Request: x", migrate_to_chat_id=-1005), Moved(-1005)),
    (bad(400, "Bad Request: y"), Rejected("Bad Request: y")),
    (
        bad(429, "Too Many: retry after 8", retry_after=8),
        RetryLater(8.0, "Too Many: retry after 8"),
    ),
]


@dataclass
class Subject:
    messenger: Messenger
    fake: FakeMessenger | None
    server: Any

    def script(self, page: Any, outcome: Outcome) -> None:
        if self.fake:
            self.fake.script(CHAT, outcome)
        else:
            self.server.script.append(page)


@pytest.fixture(params=["telegram", "fake"])
def subject(request, server, api):
    if request.param == "fake":
        fake = FakeMessenger()
        return Subject(fake, fake, server)
    return Subject(TelegramMessenger(api), None, server)


@pytest.mark.parametrize("message", [HELLO, PICTURE])
@pytest.mark.parametrize("way", ["send", "send_plain"])
@pytest.mark.parametrize(("page", "outcome"), SCRIPTS)
async def test_what_happens_comes_back_as_an_outcome(subject, way, page, outcome, message):
    subject.script(page, outcome)
    assert await getattr(subject.messenger, way)(CHAT, message) == outcome


@pytest.mark.parametrize("message", [HELLO, PICTURE])
@pytest.mark.parametrize("way", ["send", "send_plain"])
async def test_unless_something_is_wrong_a_message_is_sent_with_an_id_of_its_own(
    subject, way, message
):
    first = await getattr(subject.messenger, way)(CHAT, message)
    second = await getattr(subject.messenger, way)(CHAT, message)
    assert isinstance(first, Sent)
    assert isinstance(second, Sent)
    assert 0 < first.message_id < second.message_id


@pytest.mark.parametrize("message", [HELLO, PICTURE])
async def test_an_edit_keeps_the_messages_id(subject, message):
    sent = await subject.messenger.send(CHAT, message)
    edited = await subject.messenger.edit(CHAT, sent.message_id, message)
    assert isinstance(edited, Sent)


async def test_one_chats_trouble_is_not_anothers(subject):
    subject.script(*SCRIPTS[1])
    assert isinstance(await subject.messenger.send(CHAT, HELLO), Gone)
    assert isinstance(await subject.messenger.send(ChatRef(8), HELLO), Sent)


async def test_the_fake_remembers_each_attempt_and_what_arrived():
    fake = FakeMessenger()
    fake.always(CHAT, Gone("blocked"))
    fake.script(CHAT, Rejected("markup"))
    await fake.send(CHAT, HELLO)
    await fake.send_plain(CHAT, HELLO)
    await fake.send(ChatRef(8), HELLO)
    kinds = [(send.plain, type(send.outcome)) for send in fake.sends]
    assert kinds == [(False, Rejected), (True, Gone), (False, Sent)]
    assert fake.delivered() == fake.delivered(ChatRef(8)) == [HELLO]
    assert fake.delivered(CHAT) == []
