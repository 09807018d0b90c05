import asyncio

import pytest
from aiohttp.test_utils import TestServer

from simulator.telegram import Limits, Telegram


@pytest.fixture
def polled(telegram, api):
    """A poll under way: it has arrived at the server and waits there."""

    async def poll(**params):
        task = asyncio.create_task(api("getUpdates", timeout=30, **params))
        before = telegram.world.updates.polling
        await telegram.wait_for(lambda: telegram.world.updates.polling not in {None, before})
        return task

    return poll


async def numbers(api, **params):
    return [each["update_id"] for each in (await api("getUpdates", **params))["result"]]


async def test_updates_come_again_until_they_are_confirmed(telegram, api, aida):
    for text in "abc":
        telegram.say(aida, aida.id, text)
    first, second, third = await numbers(api)
    assert await numbers(api) == [first, second, third]
    assert await numbers(api, offset=second) == [second, third]
    assert await numbers(api, offset=second, limit=1) == [second]
    assert await numbers(api, offset=third + 1) == []
    assert await numbers(api) == []


async def test_a_negative_offset_forgets_all_but_the_newest(telegram, api, aida):
    for text in "abc":
        telegram.say(aida, aida.id, text)
    assert len(await numbers(api, offset=-1)) == 1
    assert len(await numbers(api)) == 1


async def test_a_long_poll_is_answered_when_something_comes(telegram, aida, polled):
    task = await polled()
    telegram.say(aida, aida.id, "a")
    [update] = (await task)["result"]
    assert update["message"]["text"] == "a"


async def test_a_second_poll_ends_the_first_with_a_conflict(telegram, aida, polled):
    first = await polled()
    second = await polled()
    assert (await first)["error_code"] == 409
    assert "terminated by other getUpdates request" in (await first)["description"]
    telegram.say(aida, aida.id, "a")
    assert len((await second)["result"]) == 1


async def test_a_webhook_ends_a_poll_and_forbids_another(api, polled):
    task = await polled()
    await api("setWebhook", url="https://127.0.0.1:1/")
    assert (await task)["description"] == "Conflict: terminated by setWebhook request"
    refused = await api("getUpdates")
    assert refused["error_code"] == 409
    assert "webhook is active" in refused["description"]
    await api("deleteWebhook")
    assert (await api("getUpdates"))["ok"]


async def test_stopping_the_server_answers_the_poll_under_way(telegram, polled):
    task = await polled()
    telegram.world.updates.close()
    assert (await task)["result"] == []


async def test_only_what_was_asked_for_comes_and_that_is_remembered(telegram, api, aida):
    await api("getUpdates", allowed_updates=["message"])
    telegram.block(aida)
    telegram.say(aida, aida.id, "a")
    [update] = (await api("getUpdates"))["result"]
    assert "message" in update
    await api("getUpdates", offset=update["update_id"] + 1, allowed_updates=[])
    telegram.block(aida)
    assert len((await api("getUpdates"))["result"]) == 1


async def test_changes_of_other_members_come_only_when_asked_for(telegram, api, aida, bek):
    group = telegram.group("Readers", [aida], bot="administrator")
    telegram.world.updates.clear()
    telegram.set_member(group, bek, "restricted")
    assert [key for each in (await api("getUpdates"))["result"] for key in each][1::2] == [
        "message"
    ]
    await api("getUpdates", offset=-1, allowed_updates=["chat_member"])
    telegram.world.updates.clear()
    telegram.set_member(group, bek, "left")
    [update] = (await api("getUpdates"))["result"]
    assert update["chat_member"]["new_chat_member"]["status"] == "left"


async def test_anything_at_all_can_be_pushed(telegram, api):
    telegram.push_update({"message": {"message_id": "none", "chat": 7}})
    telegram.push_update({"update_id": 5, "nonsense": []})
    telegram.push_update({"message": None})
    first, second, third = (await api("getUpdates"))["result"]
    assert first["message"] == {"message_id": "none", "chat": 7}
    assert second == {"update_id": 5, "nonsense": []}
    assert third["update_id"] == 6


def test_an_update_is_kept_for_a_day():
    now = 1_000_000.0
    telegram = Telegram(limits=Limits.off(), clock=lambda: now)
    telegram.push_update({"message": {}})
    now += 24 * 3600 - 1
    assert len(telegram.world.updates.waiting()) == 1
    now += 2
    assert telegram.world.updates.waiting() == []


async def test_a_server_that_was_stopped_goes_on_where_it_was(telegram, server, http, aida):
    telegram.say(aida, aida.id, "a")
    await server.close()
    async with TestServer(telegram.app()) as again:
        url = again.make_url("/bot42:simulated/getUpdates")
        async with http.post(url) as answer:
            [update] = (await answer.json())["result"]
        params = {"offset": update["update_id"] + 1, "timeout": 30}
        task = asyncio.create_task(http.post(url, json=params).__aenter__())
        await telegram.wait_for(lambda: telegram.world.updates.polling)
        telegram.say(aida, aida.id, "b")
        answer = await task
        assert (await answer.json())["result"][0]["message"]["text"] == "b"
