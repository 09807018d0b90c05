"""HTTP to Telegram: one aiohttp session, behind python-telegram-bot's `BaseRequest`.

The token is in the path of every address, so no error of aiohttp's leaves this file: each becomes
a `NetworkError` or `TimedOut` with a text of ours and no link to the original.
"""

from collections.abc import Awaitable, Mapping

from aiohttp import (
    ClientConnectorCertificateError,
    ClientConnectorDNSError,
    ClientConnectorError,
    ClientError,
    ClientPayloadError,
    ClientSession,
    ClientSSLError,
    ClientTimeout,
    DummyCookieJar,
    FormData,
    InvalidURL,
    TCPConnector,
)
from aiohttp.http import HttpProcessingError
from telegram.error import NetworkError, TimedOut
from telegram.request import BaseRequest, RequestData

from bot.gateway.bodies import encode, form_text, multipart
from bot.gateway.posting import JSON, Posting, read

MAX_BODY = 21 * 2**20
"""The largest file that a bot may download has 20 MB."""

_CLEAN_TEXTS: tuple[tuple[type[Exception], str], ...] = (
    (ClientConnectorDNSError, "the name of the Bot API server can't be resolved"),
    (ClientConnectorCertificateError, "the certificate of the Bot API server is not valid"),
    (ClientSSLError, "no TLS connection to the Bot API server"),
    (ClientConnectorError, "no connection to the Bot API server"),
    (ClientPayloadError, "the answer of the Bot API server broke off"),
    (InvalidURL, "the address of the Bot API server is not an address"),
)


class AiohttpRequest(BaseRequest):
    """The way out. Redirects are not followed: the token would travel along.

    Timeouts are in seconds and can't be switched off: None stands for the default.
    """

    def __init__(
        self,
        *,
        connections: int = 256,
        connect_timeout: float = 5.0,
        read_timeout: float = 15.0,
        write_timeout: float = 20.0,
        max_body: int = MAX_BODY,
    ) -> None:
        self._connections = connections
        self._connect = connect_timeout
        self._read = read_timeout
        self._write = write_timeout
        self._max_body = max_body
        self._session: ClientSession | None = None
        self._postings: dict[str, Posting] = {}

    @property
    def read_timeout(self) -> float:
        """How long the server may be silent."""
        return self._read

    async def initialize(self) -> None:
        """Open the session, where it is not open."""
        if self._session is None or self._session.closed:
            self._session = ClientSession(
                connector=TCPConnector(limit=self._connections, ttl_dns_cache=300),
                cookie_jar=DummyCookieJar(),
                headers={"User-Agent": "Jarchy"},
            )
            self._postings.clear()

    async def shutdown(self) -> None:
        """Close the session, where it is open."""
        if self._session is not None:
            await self._session.close()

    async def post_json(
        self, url: str, body: bytes, read_timeout: float | None = None
    ) -> tuple[int, bytes]:
        """Status and body of the answer. Raises NetworkError, and TimedOut, which is one, no later
        than the time to connect and the time to read allow together.
        """
        # One timer bounds it all: each costs CPU with every message.
        total = self._connect + (read_timeout or self._read)
        timeout = ClientTimeout(total, sock_connect=self._connect)
        return await _cleanly(self._post(url, body, timeout))

    async def post_form(
        self, url: str, payload: Mapping[str, object], files: Mapping[str, bytes]
    ) -> tuple[int, bytes]:
        """The same with PNG files by name, as multipart."""
        timeout = ClientTimeout(self._connect + self._read, sock_connect=self._connect)
        texts = {name: form_text(value) for name, value in payload.items()}
        named = {name: (f"{name}.png", content, "image/png") for name, content in files.items()}
        return await _cleanly(self._exchange("POST", url, multipart(texts, named), {}, timeout))

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: object = BaseRequest.DEFAULT_NONE,
        write_timeout: object = BaseRequest.DEFAULT_NONE,
        connect_timeout: object = BaseRequest.DEFAULT_NONE,
        pool_timeout: object = BaseRequest.DEFAULT_NONE,  # noqa: ARG002  # counts as connecting
    ) -> tuple[int, bytes]:
        """See `BaseRequest.do_request`: JSON, or multipart where files go along."""
        timeout = self._timeout(read_timeout, write_timeout, connect_timeout)
        if request_data is not None and request_data.contains_files:
            form = multipart(request_data.json_parameters, request_data.multipart_data)
            return await _cleanly(self._exchange(method, url, form, {}, timeout))
        if request_data is not None:
            body = encode(request_data.parameters)
            return await _cleanly(self._exchange(method, url, body, JSON, timeout))
        return await _cleanly(self._exchange(method, url, None, {}, timeout))

    def _timeout(
        self, read: object = None, write: object = None, connect: object = None
    ) -> ClientTimeout:
        reading = _seconds(read, self._read)
        connecting = _seconds(connect, self._connect)
        total = connecting + _seconds(write, self._write) + reading
        return ClientTimeout(total, connecting, sock_read=reading, sock_connect=connecting)

    async def _exchange(
        self,
        method: str,
        url: str,
        body: bytes | FormData | None,
        headers: Mapping[str, str],
        timeout: ClientTimeout,  # noqa: ASYNC109  # aiohttp's own, which it keeps
    ) -> tuple[int, bytes]:
        async with self._open().request(
            method, url, data=body, headers=headers, timeout=timeout, allow_redirects=False
        ) as response:
            return response.status, await read(response.content, self._max_body)

    async def _post(
        self,
        url: str,
        body: bytes,
        timeout: ClientTimeout,  # noqa: ASYNC109  # aiohttp's own, which it keeps
    ) -> tuple[int, bytes]:
        session = self._open()
        if url not in self._postings:
            self._postings[url] = Posting(session, url)
        return await self._postings[url].send(body, timeout, self._max_body)

    def _open(self) -> ClientSession:
        if self._session is None or self._session.closed:
            raise NetworkError("the connection to the Bot API server is closed")
        return self._session


async def _cleanly(exchange: Awaitable[tuple[int, bytes]]) -> tuple[int, bytes]:
    try:
        return await exchange
    except NetworkError:
        raise
    except (ClientError, HttpProcessingError, OSError, ValueError) as error:
        clean = _clean(error)
    # Raised out here, so that no __context__ leads back to the address.
    raise clean


def _seconds(value: object, default: float) -> float:
    return float(value) if isinstance(value, int | float) else default


def _clean(error: Exception) -> NetworkError:
    if isinstance(error, TimeoutError):
        return TimedOut("no answer from the Bot API server in time")
    for kind, text in _CLEAN_TEXTS:
        if isinstance(error, kind):
            return NetworkError(text)
    return NetworkError(f"the connection to the Bot API server broke ({type(error).__name__})")
