import asyncio

import pytest
from aiohttp import ServerDisconnectedError

from simulator.telegram import Fault


@pytest.mark.parametrize(
    ("fault", "code", "description"),
    [
        ({"status": 500}, 500, "Internal Server Error"),
        ({"status": 400, "description": "Bad Request: because"}, 400, "Bad Request: because"),
        ({"retry_after": 43838}, 429, "Too Many Requests: retry after 43838"),
        (
            {"status": 403, "description": "Forbidden: the group chat was deleted"},
            403,
            "Forbidden: the group chat was deleted",
        ),
    ],
)
async def test_a_fault_is_answered_as_told_and_once(telegram, api, fault, code, description):
    telegram.faults.add(Fault(**fault))
    answer = await api("getMe")
    assert (answer["error_code"], answer["description"]) == (code, description)
    assert answer.get("parameters", {}).get("retry_after") == fault.get("retry_after")
    assert (await api("getMe"))["ok"]


async def test_a_fault_strikes_only_what_it_fits(telegram, api, aida, bek):
    telegram.say(bek, bek.id, "hi")
    telegram.faults.add(Fault(method="sendMessage", chat_id=aida.id, status=500, times=2))
    assert (await api("getMe"))["ok"]
    assert (await api("sendMessage", chat_id=bek.id, text="a"))["ok"]
    fates = [(await api("sendMessage", chat_id=aida.id, text="a"))["ok"] for _ in range(3)]
    assert fates == [False, False, True]


async def test_a_lasting_fault_lasts_until_it_is_cleared(telegram, api):
    telegram.faults.add(Fault(status=502, times=None))
    assert not any([(await api("getMe"))["ok"] for _ in range(3)])
    telegram.faults.clear()
    assert (await api("getMe"))["ok"]


async def test_a_broken_connection_does_nothing(telegram, api, aida):
    telegram.faults.add(Fault(method="sendMessage", drop_connection=True))
    with pytest.raises(ServerDisconnectedError):
        await api("sendMessage", chat_id=aida.id, text="a")
    assert len(telegram.history(aida.id)) == 1
    assert telegram.ledger.of("sendMessage")[0].status == 0


async def test_a_lost_answer_is_that_of_something_done(telegram, api, aida):
    telegram.faults.add(Fault(method="sendMessage", drop_answer=True))
    with pytest.raises(ServerDisconnectedError):
        await api("sendMessage", chat_id=aida.id, text="a")
    assert telegram.history(aida.id)[-1]["text"] == "a"


async def test_a_proxys_page_is_no_json(telegram, server, http):
    telegram.faults.add(Fault(status=502, body="<h1>Bad Gateway</h1>"))
    async with http.get(server.make_url("/bot42:simulated/getMe")) as answer:
        assert (answer.status, answer.content_type) == (502, "text/html")
        assert await answer.text() == "<h1>Bad Gateway</h1>"


async def test_a_delay_alone_changes_nothing_else(telegram, api):
    telegram.faults.add(Fault(delay=0.001))
    assert (await api("getMe"))["ok"]


async def test_further_parameters_come_with_the_answer(telegram, api):
    telegram.faults.add(Fault(status=400, parameters={"migrate_to_chat_id": -7}))
    assert (await api("getMe"))["parameters"] == {"migrate_to_chat_id": -7}


async def test_a_request_can_be_held_until_it_is_let_go(telegram, api, aida):
    hold = asyncio.Event()
    fault = telegram.faults.add(Fault(method="sendMessage", hold=hold))
    sending = asyncio.create_task(api("sendMessage", chat_id=aida.id, text="a"))
    assert (await api("getMe"))["ok"]
    assert len(telegram.history(aida.id)) == 1
    hold.set()
    assert (await sending)["ok"]
    assert fault.times == 0
