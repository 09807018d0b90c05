from collections.abc import AsyncIterator

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer, unused_port


class Receiver:
    """A bot's own web server: what came, and what it answers next."""

    def __init__(self):
        self.updates = []
        self.headers = []
        self.answers = []

    async def take(self, request):
        self.headers.append(request.headers)
        self.updates.append(await request.json())
        return self.answers.pop(0) if self.answers else web.Response()


@pytest.fixture
async def receiver() -> AsyncIterator[Receiver]:
    taking = Receiver()
    app = web.Application()
    app.router.add_post("/hook", taking.take)
    async with TestServer(app) as running:
        taking.url = str(running.make_url("/hook"))
        yield taking


@pytest.fixture
def delivered(telegram):
    """Wait until nothing is left to deliver."""

    async def wait():
        await telegram.wait_for(lambda: not telegram.world.updates.waiting())

    return wait


async def test_updates_are_posted_with_the_secret(telegram, api, aida, receiver, delivered):
    assert (await api("setWebhook", url=receiver.url, secret_token="s-1"))["ok"]
    telegram.say(aida, aida.id, "a")
    await delivered()
    assert [each["message"]["text"] for each in receiver.updates] == ["a"]
    assert receiver.headers[0]["X-Telegram-Bot-Api-Secret-Token"] == "s-1"


async def test_what_waited_before_is_posted_or_dropped_as_asked(
    telegram, api, aida, receiver, delivered
):
    telegram.say(aida, aida.id, "before")
    await api("setWebhook", url=receiver.url, drop_pending_updates=True)
    telegram.say(aida, aida.id, "after")
    await delivered()
    assert [each["message"]["text"] for each in receiver.updates] == ["after"]


async def test_a_refused_update_comes_again_and_those_after_it_in_order(
    telegram, api, aida, receiver, delivered
):
    receiver.answers = [web.Response(status=500), web.Response(status=400)]
    await api("setWebhook", url=receiver.url)
    for text in "ab":
        telegram.say(aida, aida.id, text)
    await delivered()
    assert [each["message"]["text"] for each in receiver.updates] == ["a", "a", "a", "b"]
    info = (await api("getWebhookInfo"))["result"]
    assert info["last_error_message"] == "Wrong response from the webhook: 400 Bad Request"
    assert info["pending_update_count"] == 0


async def test_who_asks_to_be_tried_later_is_and_other_chats_go_on(
    telegram, api, aida, bek, receiver
):
    telegram.delivery.pause = 0
    receiver.answers = [web.Response(status=503, headers={"Retry-After": "3600"})]
    await api("setWebhook", url=receiver.url)
    telegram.say(aida, aida.id, "a")
    await telegram.wait_for(lambda: receiver.updates and not receiver.answers)
    telegram.say(bek, bek.id, "b")
    await telegram.wait_for(lambda: len(telegram.world.updates.waiting()) == 1)
    telegram.say(bek, bek.id, "c")
    await telegram.wait_for(lambda: len(receiver.updates) > 2)
    assert [each["message"]["text"] for each in receiver.updates] == ["a", "b", "c"]


async def test_an_answer_may_hold_a_request(telegram, api, aida, receiver, delivered):
    answer = {"method": "sendMessage", "chat_id": aida.id, "text": "at once"}
    receiver.answers = [web.json_response(answer), web.Response(text="ok")]
    await api("setWebhook", url=receiver.url)
    telegram.say(aida, aida.id, "a")
    telegram.say(aida, aida.id, "b")
    await delivered()
    assert telegram.history(aida.id)[-1]["text"] == "at once"


async def test_a_webhook_that_is_not_there_is_told_and_can_be_deleted(telegram, api, aida):
    await api("setWebhook", url=f"http://127.0.0.1:{unused_port()}/")
    telegram.say(aida, aida.id, "a")
    await telegram.wait_for(lambda: telegram.world.hook.last_error)
    info = (await api("getWebhookInfo"))["result"]
    assert (info["pending_update_count"], info["max_connections"]) == (1, 40)
    assert info["last_error_message"].startswith("Connection failed")
    assert (await api("deleteWebhook"))["ok"]
    assert len((await api("getUpdates"))["result"]) == 1


async def test_an_address_that_is_none_is_refused(api):
    answer = await api("setWebhook", url="ftp://example.org")
    assert answer["description"].startswith("Bad Request: bad webhook")


async def test_a_poison_update_is_posted_as_it_is(telegram, api, receiver, delivered):
    await api("setWebhook", url=receiver.url)
    for poison in (
        {"message": None},
        {"message": {"chat": []}},
        {"callback_query": {"message": 1}},
    ):
        telegram.push_update(poison)
    await delivered()
    assert len(receiver.updates) == 3
