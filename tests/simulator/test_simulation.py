"""The simulation as a whole: ports, addresses, the start and the end."""

import asyncio
import re
import signal
import sys

import aiohttp
import pytest

from simulator import simulation


async def test_everything_is_reachable_at_the_addresses_that_it_names():
    async with simulation(0, news_every=0) as running, aiohttp.ClientSession() as client:
        async with client.get(f"{running.telegram_url}/bot{running.token}/getMe") as answer:
            assert (await answer.json())["result"]["username"] == "jarchy_bot"
        async with client.get(f"{running.site_url}/english/") as answer:
            assert 'id="newslist"' in await answer.text()
        async with client.get(running.page_url) as answer:
            assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'")
            assert 'type="module"' in await answer.text()


async def test_a_reader_named_aida_is_there_and_has_not_written():
    async with simulation(0, news_every=0) as running:
        (aida,) = running.telegram.world.people.values()
        assert (aida.first_name, aida.language_code) == ("Aida", "en")
        assert running.telegram.history(running.telegram.private(aida)) == []


async def test_news_come_by_themselves():
    async with simulation(0, news_every=0.01) as running:
        told = asyncio.Event()
        running.site.on_publish(lambda _: told.set())
        async with asyncio.timeout(10):
            await told.wait()


async def test_a_port_that_is_taken_is_named():
    async with simulation(0, news_every=0) as running:
        port = int(running.page_url.rstrip("/").rpartition(":")[2])
        with pytest.raises(OSError, match=rf"port {port} of 127\.0\.0\.1 is taken"):
            async with simulation(port, news_every=0):
                pass


async def test_it_stops_while_a_page_and_a_bot_are_waiting():
    async with aiohttp.ClientSession() as client:
        async with simulation(0, news_every=0.01) as running:
            page = await client.get(f"{running.page_url}api/events")
            assert (await page.content.readline()).startswith(b'data: {"type": "snapshot"')
            polling = f"{running.telegram_url}/bot{running.token}/getUpdates"
            poll = asyncio.create_task(client.get(polling, params={"timeout": "50"}))
            await running.telegram.wait_for(lambda: running.telegram.world.updates.polling)
        await asyncio.gather(poll, return_exceptions=True)
        with pytest.raises(aiohttp.ClientError):
            await client.get(running.page_url)


async def test_requests_from_pages_of_other_sites_are_not_taken():
    async with simulation(0, news_every=0) as running, aiohttp.ClientSession() as client:
        body = b'{"name": "Eve", "language": "en"}'
        headers = {"Content-Type": "text/plain"}
        address = f"{running.page_url}api/readers"
        async with client.post(address, data=body, headers=headers) as answer:
            assert answer.status == 415
        assert len(running.telegram.world.people) == 1


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("say", {"person": 1, "chat": 1, "text": "Hello"}),
        ("say", {"text": "Hello"}),
        ("readers", {"name": "  ", "language": "en"}),
        ("groups", {"title": "Street", "members": []}),
        ("articles", {"edition": "fr", "title": "Titre", "text": ""}),
        ("choose", {"person": 1001, "chat": 1001, "answer": "none", "index": 0}),
    ],
)
async def test_a_request_that_makes_no_sense_is_answered_with_the_reason(name, body):
    async with (
        simulation(0, news_every=0) as running,
        aiohttp.request("POST", f"{running.page_url}api/{name}", json=body) as answer,
    ):
        assert answer.status == 400
        assert (await answer.json())["error"]


async def test_the_command_prints_where_everything_is_and_ends_with_a_signal():
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "simulator", "--port", "0"), stdout=asyncio.subprocess.PIPE
    )
    async with asyncio.timeout(30):
        lines = [(await process.stdout.readline()).decode().strip() for _ in range(4)]
        process.send_signal(signal.SIGTERM)
        assert await process.wait() == 0
    assert lines[0] == "TELEGRAM_BOT_TOKEN=42:simulated-token"
    assert re.fullmatch(r"TELEGRAM_API_URL=http://127\.0\.0\.1:\d+", lines[1])
    assert re.fullmatch(r"SITE_URL=http://127\.0\.0\.1:\d+", lines[2])
    assert re.fullmatch(r"# chat page: http://127\.0\.0\.1:\d+/", lines[3])
