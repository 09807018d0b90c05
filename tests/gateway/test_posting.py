"""Requests and answers byte by byte."""

import asyncio
import json
from collections import deque

import pytest
from telegram.error import NetworkError, TimedOut

from bot.gateway.transport import AiohttpRequest

CONNECT_SECONDS = 10.0
"""A request may take so much longer than its answer."""
DONE = b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\ndone"
OWN = b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nown"
SILENCE = b""
HANGS_UP = b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\ndone"


class Line(asyncio.Protocol):
    """A connection on which each request gets the next of the answers."""

    def __init__(self, wire: "Wire") -> None:
        self._wire = wire
        self._heard = b""

    def connection_made(self, transport: asyncio.Transport) -> None:
        self._wire.lines.append(transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._heard += data
        head, _, body = self._heard.partition(b"\r\n\r\n")
        if len(body) < int(head.rpartition(b"Content-Length: ")[2] or 1):
            return
        self._heard = b""
        answer = self._wire.answers.popleft()
        self._transport.write(answer)
        if answer is HANGS_UP:
            self._transport.close()
        self._wire.requests.put_nowait((head, body))


class Wire:
    """A server."""

    def __init__(self) -> None:
        self.lines: list[asyncio.Transport] = []
        self.answers: deque[bytes] = deque()
        self.requests: asyncio.Queue[tuple[bytes, bytes]] = asyncio.Queue()


@pytest.fixture
async def wire():
    wire = Wire()
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: Line(wire), "127.0.0.1", 0)
    wire.host = f"127.0.0.1:{server.sockets[0].getsockname()[1]}"
    yield wire
    server.close()
    for line in wire.lines:
        line.abort()


@pytest.fixture
async def request_():
    async with AiohttpRequest(connect_timeout=CONNECT_SECONDS, read_timeout=30) as request:
        yield request


@pytest.fixture
async def send(wire, request_):
    async def send(read_timeout=None, **payload):
        url = f"http://{wire.host}/bot42:simulated-token/sendMessage"
        return await request_.post_json(url, json.dumps(payload).encode(), read_timeout)

    return send


async def test_a_request_says_what_it_must(wire, send):
    wire.answers.append(DONE)
    assert await send(text="Ысык-Көл") == (200, b"done")
    head, body = await wire.requests.get()
    first, *headers = head.decode().split("\r\n")
    assert first == "POST /bot42:simulated-token/sendMessage HTTP/1.1"
    named = dict(header.split(": ") for header in headers)
    assert named["Host"] == wire.host
    assert named["User-Agent"] == "Jarchy"
    assert named["Content-Type"] == "application/json"
    assert named["Content-Length"] == str(len(body))
    assert len(named) == len(headers)
    assert json.loads(body) == {"text": "Ысык-Көл"}


async def test_one_connection_carries_one_request_after_the_other(wire, send):
    wire.answers += [DONE] * 3
    for _ in range(3):
        assert await send() == (200, b"done")
    assert len(wire.lines) == 1


@pytest.mark.parametrize(
    "answer",
    [
        b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 102 Processing\r\n\r\n" + DONE,
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nd\r\n3\r\none\r\n0\r\n\r\n",
    ],
    ids=["after interim ones", "in chunks"],
)
async def test_an_answer_may_come(wire, send, answer):
    wire.answers += [answer, DONE]
    assert await send() == (200, b"done")
    assert await send() == (200, b"done")
    assert len(wire.lines) == 1


async def test_an_answer_may_have_no_body(wire, send):
    wire.answers += [b"HTTP/1.1 204 No Content\r\n\r\n", DONE]
    assert await send() == (204, b"")
    assert await send() == (200, b"done")


async def test_after_an_answer_that_ends_with_the_connection_there_is_another_one(wire, send):
    wire.answers += [HANGS_UP, DONE]
    assert await send() == (200, b"done")
    assert await send() == (200, b"done")
    assert len(wire.lines) == 2


async def test_what_is_no_http_ends_in_an_error_and_its_connection_with_it(wire, send):
    wire.answers += [b"SSH-2.0-OpenSSH\r\n\r\n", DONE]
    with pytest.raises(NetworkError):
        await send()
    assert await send() == (200, b"done")
    assert len(wire.lines) == 2


async def test_an_answer_that_comes_too_late_is_nobody_elses(wire, send):
    wire.answers += [DONE, SILENCE, OWN]
    await send()
    with pytest.raises(TimedOut):
        await send(read_timeout=0.05 - CONNECT_SECONDS)
    for _ in range(2):
        await wire.requests.get()
    wire.lines[0].write(DONE)
    assert await send() == (200, b"own")
    assert len(wire.lines) == 2


async def test_the_answer_to_what_was_broken_off_is_nobody_elses(wire, send):
    wire.answers += [SILENCE, OWN]
    sending = asyncio.create_task(send())
    await wire.requests.get()
    sending.cancel()
    await asyncio.gather(sending, return_exceptions=True)
    wire.lines[0].write(DONE)
    assert await send() == (200, b"own")
    assert len(wire.lines) == 2


async def test_an_opened_session_has_connections_of_its_own(wire, send, request_):
    wire.answers += [DONE] * 2
    await send()
    await request_.shutdown()
    with pytest.raises(NetworkError, match="closed"):
        await send()
    await request_.initialize()
    assert await send() == (200, b"done")
    assert len(wire.lines) == 2
