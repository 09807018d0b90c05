"""JSON by POST to one address: the way of nearly all that is sent.

A request of aiohttp's session is made from nothing each time, which takes more of the processor
than all the rest of an exchange. Here its head is made once. Connections, their pool, TLS and the
parser of answers are the session's.
"""

import asyncio
from collections.abc import Mapping
from http import HTTPStatus

from aiohttp import ClientRequest, ClientSession, ClientTimeout, InvalidURL, ServerDisconnectedError
from aiohttp.client_proto import ResponseHandler
from aiohttp.streams import StreamReader
from telegram.error import NetworkError
from yarl import URL

JSON = {"Content-Type": "application/json"}


class Posting:
    """Requests to `url`. Raises InvalidURL."""

    def __init__(self, session: ClientSession, url: str) -> None:
        headers = {**session.headers, **JSON}
        self._request = ClientRequest("POST", _address(url), headers=headers, session=session)
        self._session = session
        self._head = _head(self._request.url, self._request.headers)

    async def send(
        self,
        body: bytes,
        timeout: ClientTimeout,  # noqa: ASYNC109  # aiohttp's own, of which this keeps `total`
        most: int,
    ) -> tuple[int, bytes]:
        """Status and body, which is no longer than `most`. Raises ClientError, HttpProcessingError,
        NetworkError and OSError, of which TimeoutError is one.
        """
        connector = self._session.connector
        if connector is None:
            raise ServerDisconnectedError
        async with asyncio.timeout(timeout.total):
            connection = await connector.connect(self._request, [], timeout)
            try:
                answer = await self._exchange(connection.protocol, body, most)
            except BaseException:
                connection.close()
                raise
        connection.release()
        return answer

    async def _exchange(
        self, line: ResponseHandler | None, body: bytes, most: int
    ) -> tuple[int, bytes]:
        if line is None or line.transport is None:
            raise ServerDisconnectedError
        line.set_response_params(read_until_eof=True)
        line.transport.write(b"%b%d\r\n\r\n%b" % (self._head, len(body), body))
        while True:
            message, content = await line.read()
            if message.code >= HTTPStatus.OK:
                return message.code, await read(content, most)


async def read(content: StreamReader, most: int) -> bytes:
    """All of it. Raises NetworkError where that is more than `most`."""
    chunks, size = [], 0
    async for chunk in content.iter_any():
        chunks.append(chunk)
        size += len(chunk)
        if size > most:
            raise NetworkError(f"the answer is larger than {most} bytes")
    return b"".join(chunks)


def _address(url: str) -> URL:
    try:
        return URL(url)
    except ValueError:
        raise InvalidURL(url) from None


def _head(url: URL, headers: Mapping[str, str]) -> bytes:
    """Up to the length of the body."""
    named = {name: value for name, value in headers.items() if name != "Content-Length"}
    lines = [f"POST {url.raw_path_qs} HTTP/1.1", *(f"{name}: {named[name]}" for name in named)]
    return "\r\n".join([*lines, "Content-Length: "]).encode()
