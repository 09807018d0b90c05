"""A polite reader of one host's pages: one request at a time, paced, conditional, bounded."""

import asyncio
from collections.abc import Collection
from dataclasses import dataclass
from http import HTTPStatus
from types import TracebackType
from typing import Self
from urllib.parse import urljoin

from aiohttp import ClientError, ClientResponse, ClientSession, ClientTimeout, DummyCookieJar

from bot.model import Validator
from bot.ports import Clock, PageNotFound, PageUnreadable, SiteUnavailable
from bot.sites.address import SiteAddress
from bot.sites.backoff import Backoff, retry_after
from bot.sites.charset import decode
from bot.sites.headers import accepted, conditions, validator_of

MOST_BYTES = 2 * 2**20
MOST_REDIRECTS = 5
TOTAL_SECONDS = 10.0
PATIENCE_SECONDS = 5.0
"""A host's rest is waited out if it is no longer than this; else the request is refused."""
REDIRECTS = frozenset({301, 302, 303, 307, 308})
GONE = frozenset({404, 410})
REFUSALS = frozenset({403, 408, 425, 429})
HTML = frozenset({"text/html", "application/xhtml+xml", ""})
CHUNK = 64 * 1024


@dataclass(frozen=True, slots=True)
class Answer:
    """A page that was read."""

    url: str
    """Where it was found, after redirects."""
    html: str
    validator: Validator | None


def user_agent(version: str, contact: str) -> str:
    """Names the project, its version and an address at which a site's owner learns more."""
    return f"Jarchy/{version} (+{contact})"


class HttpReader:
    """Reads pages of one host, in turn. Use as a context manager, or `close` it."""

    def __init__(
        self,
        base_url: str,
        clock: Clock,
        *,
        agent: str,
        pause: float,
        timeout: float = TOTAL_SECONDS,
        kinds: Collection[str] = HTML,
        session: ClientSession | None = None,
    ) -> None:
        self._kinds = kinds
        self._address = SiteAddress(base_url)
        self._clock = clock
        self._headers = {
            "User-Agent": agent,
            "Accept-Encoding": "gzip, deflate",
        }
        self._timeout = ClientTimeout(total=timeout)
        self._backoff = Backoff(pause)
        self._turn = asyncio.Lock()
        self._session = session
        self._owns_session = session is None

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.close()

    async def close(self) -> None:
        """Give the connections back; a session that was given stays open."""
        if self._session is not None and self._owns_session:
            await self._session.close()

    async def read(
        self, url: str, validator: Validator | None = None, kinds: Collection[str] | None = None
    ) -> Answer | None:
        """The page at `url`; None where it is unchanged since `validator`. `kinds`: media types,
        where not the reader's own. Raises SiteError: SiteUnavailable also, without a request,
        where the host is to be left alone for long.
        """
        async with self._turn:
            await self._wait(url)
            try:
                answer = await self._follow(url, validator, kinds or self._kinds)
            except SiteUnavailable as error:
                rest = self._backoff.failed(self._now(), error.retry_after)
                raise SiteUnavailable(str(error), rest) from error
            except BaseException:
                self._backoff.succeeded(self._now())
                raise
            self._backoff.succeeded(self._now())
            return answer

    async def _wait(self, url: str) -> None:
        wait = self._backoff.wait(self._now())
        if self._backoff.failures and wait > PATIENCE_SECONDS:
            raise SiteUnavailable(f"{url}: left alone for {wait:.0f} s after errors", wait)
        await self._clock.sleep(wait)

    async def _follow(
        self, url: str, validator: Validator | None, kinds: Collection[str]
    ) -> Answer | None:
        try:
            async with asyncio.timeout(self._timeout.total):
                for _ in range(MOST_REDIRECTS + 1):
                    answer = await self._get(url, validator, kinds)
                    if not isinstance(answer, str):
                        return answer
                    url = answer
        except TimeoutError:
            raise SiteUnavailable(f"{url}: no answer within {self._timeout.total:g} s") from None
        except (ClientError, OSError, ValueError) as error:
            reason = " ".join(f"{type(error).__name__}: {error}".split())
            raise SiteUnavailable(f"{url}: {reason}") from error
        raise PageUnreadable(f"{url}: more than {MOST_REDIRECTS} redirects")

    async def _get(
        self, url: str, validator: Validator | None, kinds: Collection[str]
    ) -> Answer | str | None:
        """The answer, or where it redirects to."""
        headers = self._headers | {"Accept": accepted(kinds)} | conditions(validator)
        async with self._opened().get(
            url, headers=headers, timeout=self._timeout, allow_redirects=False
        ) as response:
            if response.status in REDIRECTS:
                return self._target(url, response)
            if response.status == HTTPStatus.NOT_MODIFIED and validator:
                return None
            self._check(url, response, kinds)
            body = await _body(url, response)
        text = await asyncio.to_thread(decode, body, response.charset or "", url)
        return Answer(url, text, validator_of(response))

    def _target(self, url: str, response: ClientResponse) -> str:
        try:
            target = urljoin(url, response.headers.get("Location", ""))
        except ValueError:
            target = ""
        if not self._address.owns(target):
            raise PageUnreadable(f"{url}: redirects to another host: {target[:200]!r}")
        return target

    def _check(self, url: str, response: ClientResponse, kinds: Collection[str]) -> None:
        status = response.status
        if status in GONE:
            raise PageNotFound(f"{url}: answers {status}: there is no such page")
        if status in REFUSALS or status >= HTTPStatus.INTERNAL_SERVER_ERROR:
            asked = retry_after(response.headers.get("Retry-After", ""), self._clock.now())
            raise SiteUnavailable(f"{url}: answers {status}", asked)
        if status != HTTPStatus.OK:
            raise PageUnreadable(f"{url}: answers {status}")
        kind = response.content_type if "Content-Type" in response.headers else ""
        if kind not in kinds:
            raise PageUnreadable(f"{url}: is {kind}, not a page")

    def _opened(self) -> ClientSession:
        if self._session is None:
            self._session = ClientSession(cookie_jar=DummyCookieJar())
        return self._session

    def _now(self) -> float:
        return self._clock.now().timestamp()


async def _body(url: str, response: ClientResponse) -> bytes:
    """All of it, decompressed; what is too large is given up as soon as that is seen."""
    body = bytearray()
    async for chunk in response.content.iter_chunked(CHUNK):
        body += chunk
        if len(body) > MOST_BYTES:
            raise PageUnreadable(f"{url}: larger than {MOST_BYTES} bytes")
    return bytes(body)
