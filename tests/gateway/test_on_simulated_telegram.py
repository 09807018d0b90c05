"""The gateway against the simulated Telegram, which holds each request against the Bot API."""

import asyncio

import pytest

from bot.gateway.api import BotApi
from bot.gateway.dispatcher import Dispatcher
from bot.gateway.messenger import TelegramMessenger
from bot.gateway.receiver import PollingReceiver
from bot.gateway.transport import AiohttpRequest
from bot.gateway.webhook import WebhookReceiver
from bot.model import Button, ChatRef, Gone, Message, Moved, Rejected, RetryLater, Sent
from bot.ports import TokenRefused
from bot.web.metrics import Metrics
from bot.web.server import application, serve
from simulator.telegram import Fault
from tests.fakes.clock import FakeClock
from tests.fakes.handled import FakeHandled
from tests.gateway.simulated import simulated

ALERT = Message(
    html='<b><a href="https://24.kg/x/1/">Visa &amp; work: “<i>new</i>” rules</a></b>\nA lead.',
    buttons=(
        (Button("Read", url="https://24.kg/x/1/"), Button("Unsubscribe", data="u:abc")),
        (Button("Search", inline="visa"),),
    ),
    preview="https://24.kg/x/1/",
    silent=True,
)


@pytest.fixture
async def telegram():
    async with simulated() as telegram:
        yield telegram


@pytest.fixture
async def api(telegram):
    async with AiohttpRequest(connect_timeout=2, read_timeout=5) as request:
        yield BotApi(request, telegram.address, telegram.world.bot.token)


@pytest.fixture
def messenger(api):
    return TelegramMessenger(api)


@pytest.fixture
def reader(telegram):
    reader = telegram.person("Aida")
    telegram.say(reader, reader.id, "/start")
    return reader


def texts(telegram, chat, **where):
    return [message.get("text") for message in telegram.history(chat, **where)]


async def test_an_alert_arrives_as_it_was_meant(telegram, messenger, reader):
    assert isinstance(await messenger.send(ChatRef(reader.id), ALERT), Sent)
    told = telegram.history(reader.id)[-1]
    assert told["text"] == "Visa & work: “new” rules\nA lead."
    assert {entity["type"] for entity in told["entities"]} == {"bold", "italic", "text_link"}
    assert [len(row) for row in told["reply_markup"]["inline_keyboard"]] == [2, 1]
    assert told["link_preview_options"]["url"] == "https://24.kg/x/1/"


async def test_an_alert_that_telegram_will_not_parse_arrives_as_plain_text(
    telegram, messenger, reader
):
    broken = Message("<b>Visa <x>rules</b>", ALERT.buttons)
    assert isinstance(await messenger.send(ChatRef(reader.id), broken), Rejected)
    assert isinstance(await messenger.send_plain(ChatRef(reader.id), broken), Sent)
    assert texts(telegram, reader.id)[-1] == "Visa rules"
    telegram.ledger.clear()


async def test_whoever_blocks_the_bot_or_puts_it_out_is_gone(telegram, messenger, reader):
    group = telegram.group("Bishkek", [reader])
    telegram.block(reader)
    telegram.kick_bot(group)
    stranger = telegram.person("Bek")
    for chat in (reader.id, group, stranger.id, 999_999):
        assert isinstance(await messenger.send(ChatRef(chat), ALERT), Gone)
    telegram.unblock(reader)
    assert isinstance(await messenger.send(ChatRef(reader.id), ALERT), Sent)


async def test_a_group_that_moved_says_where_it_is(telegram, messenger, reader):
    group = telegram.group("Bishkek", [reader])
    new = telegram.migrate(group)
    assert await messenger.send(ChatRef(group), ALERT) == Moved(new)
    assert isinstance(await messenger.send(ChatRef(new), ALERT), Sent)


async def test_a_topic_is_written_to_and_the_general_one_when_it_is_shut(
    telegram, messenger, reader
):
    forum = telegram.group("Osh", [reader], forum=True)
    open_, closed, deleted = (telegram.topic(forum, name) for name in ("a", "b", "c"))
    telegram.close_topic(forum, closed)
    telegram.delete_topic(forum, deleted)
    for number, topic in enumerate((open_, closed, deleted, 1, 0)):
        message = Message(f"to {number}")
        assert isinstance(await messenger.send(ChatRef(forum, topic), message), Sent)
    assert "to 0" in texts(telegram, forum, thread=open_)
    everywhere = {message.get("text"): message for message in telegram.history(forum)}
    for number in range(1, 5):
        assert "message_thread_id" not in everywhere[f"to {number}"]


@pytest.mark.parametrize(
    "fault",
    [
        Fault(status=500),
        Fault(status=502, body="<h1>Bad Gateway</h1>"),
        Fault(status=403, body="<h1>Forbidden</h1>"),
        Fault(drop_connection=True),
        Fault(drop_answer=True),
    ],
)
async def test_trouble_on_the_way_is_later_for_everyone(telegram, messenger, reader, fault):
    telegram.faults.add(fault)
    settled = await messenger.send(ChatRef(reader.id), ALERT)
    assert isinstance(settled, RetryLater)
    assert settled.everyone
    assert isinstance(await messenger.send(ChatRef(reader.id), ALERT), Sent)


async def test_a_flood_is_the_chats_own(telegram, messenger, reader):
    telegram.faults.add(Fault(chat_id=reader.id, retry_after=43838))
    settled = await messenger.send(ChatRef(reader.id), ALERT)
    assert (settled.seconds, settled.everyone) == (43838, False)


async def test_a_wrong_token_is_refused(telegram):
    async with AiohttpRequest() as request:
        for token in ("42:wrong", "nonsense"):
            messenger = TelegramMessenger(BotApi(request, telegram.address, token))
            with pytest.raises(TokenRefused):
                await messenger.send(ChatRef(7), ALERT)


async def confirmed(telegram):
    """Until Telegram holds no update any more. A long poll confirms when it comes, unanswered."""
    while len(telegram.world.updates):  # noqa: ASYNC110  # the simulator tells of answers alone
        await asyncio.sleep(0)


class Desk:
    """Remembers what reached it."""

    def __init__(self):
        self.updates = []
        self.changed = asyncio.Event()
        self.dispatcher = Dispatcher(self._handle, FakeHandled())

    async def _handle(self, update):
        self.updates.append(update)
        self.changed.set()

    async def until(self, true):
        while not true():
            await self.changed.wait()
            self.changed.clear()

    def kinds(self):
        return [
            next(name for name in update.to_dict() if name != "update_id")
            for update in self.updates
        ]


@pytest.fixture
async def polling(api):
    desk = Desk()
    desk.receiver = PollingReceiver(api, desk.dispatcher, FakeClock())
    running = asyncio.create_task(desk.receiver.run())
    yield desk
    await desk.receiver.stop()
    await running


async def test_whoever_speaks_is_heard(telegram, polling, messenger, reader):
    group = telegram.group("Bishkek", [reader], supergroup=True, admins=(reader,))
    channel = telegram.channel("News", [reader])
    telegram.say(reader, group, "/list", anonymous=True)
    telegram.say(reader, group, "/list", as_channel=channel)
    telegram.say(reader, channel, "/list")
    await messenger.send(ChatRef(reader.id), ALERT)
    message = telegram.history(reader.id)[-1]["message_id"]
    telegram.press(reader, reader.id, message, "u:abc")
    telegram.block(reader)
    await polling.until(lambda: polling.kinds().count("my_chat_member") == 3)
    assert set(polling.kinds()) == {"message", "channel_post", "callback_query", "my_chat_member"}
    assert polling.kinds().count("message") >= 3


async def test_poison_stops_nobody_and_is_not_asked_for_again(telegram, polling, reader):
    await polling.until(lambda: polling.updates)
    asked = len(telegram.ledger.of("getUpdates"))
    for poison in ({"message": {"x": 1}}, {"message": 5}, {"callback_query": {"id": "1"}}):
        telegram.push_update(poison)
    telegram.say(reader, reader.id, "/help")
    await polling.until(lambda: len(polling.updates) == 2)
    await confirmed(telegram)
    assert polling.updates[-1].message.text == "/help"
    assert len(telegram.ledger.of("getUpdates")) <= asked + 6


async def test_a_rival_is_borne_until_it_is_gone(telegram, polling, api, reader):
    await polling.until(lambda: polling.updates)
    await confirmed(telegram)
    await api.call("getUpdates", {"offset": 0, "timeout": 0})
    telegram.say(reader, reader.id, "/help")
    await polling.until(lambda: len(polling.updates) == 2)


async def test_a_webhook_left_behind_is_removed(telegram, api):
    reader = telegram.person("Aida")
    telegram.say(reader, reader.id, "/start")
    await api.call("setWebhook", {"url": "http://127.0.0.1:1/hook"})
    desk = Desk()
    receiver = PollingReceiver(api, desk.dispatcher, FakeClock())
    running = asyncio.create_task(receiver.run())
    await desk.until(lambda: desk.updates)
    await receiver.stop()
    await running
    assert telegram.ledger.of("deleteWebhook")


async def test_updates_come_by_webhook_with_the_secret(telegram, api, reader):
    desk = Desk()
    pages = application(
        [],
        Metrics(),
        webhook_path="hook",
        accept=lambda *call: receiver.accept(*call),  # noqa: PLW0108  # made below, for its port
    )
    runner = await serve(pages, "127.0.0.1", 0)
    url = "http://127.0.0.1:{1}/hook".format(*runner.addresses[0])
    receiver = WebhookReceiver(api, desk.dispatcher, FakeClock(), url, "hook-secret")
    running = asyncio.create_task(receiver.run())
    telegram.push_update({"message": {"x": 1}})
    telegram.say(reader, reader.id, "/help")
    await desk.until(lambda: len(desk.updates) == 2)
    await confirmed(telegram)
    await receiver.stop()
    await running
    await runner.cleanup()
    assert [update.message.text for update in desk.updates] == ["/start", "/help"]
