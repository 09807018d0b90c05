"""The site over HTTP: pages, conditional requests, and faults on demand."""

import asyncio
import hashlib
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from email.utils import format_datetime, parsedate_to_datetime
from fnmatch import fnmatchcase
from importlib.resources import files
from typing import Protocol
from urllib.parse import unquote

from aiohttp import web
from aiohttp.typedefs import Handler, Middleware

from simulator.site.bank import Bank, File
from simulator.site.editions import EDITIONS, Edition
from simulator.site.picture import mountains


@dataclass(frozen=True, slots=True)
class Request:
    """A request that the site was asked. Names of headers are in lower case."""

    path: str
    headers: dict[str, str]
    time: datetime
    method: str = "GET"


@dataclass(slots=True)
class Fault:
    """What the site answers instead of a page. `times`: how often still; None: for ever."""

    pattern: str
    status: int
    body: str | bytes | None
    times: int | None
    delay: float
    headers: dict[str, str] = field(default_factory=dict)

    def strikes(self, path: str) -> bool:
        """Whether this path is hit; counts it."""
        if self.times == 0 or not fnmatchcase(path, self.pattern):
            return False
        if self.times is not None:
            self.times -= 1
        return True

    async def answer(self, handle: Handler, request: web.Request) -> web.StreamResponse:
        """The faulty answer, or the right one, late."""
        await asyncio.sleep(self.delay)
        if self.status == 200 and self.body is None:  # noqa: PLR2004 - HTTP's own number
            return await handle(request)
        body = self.body if self.body is not None else f"simulated fault {self.status}"
        raw = body.encode() if isinstance(body, str) else body
        headers = {"Content-Type": "text/html; charset=utf-8", **self.headers}
        return web.Response(body=raw, status=self.status, headers=headers)


class Pages(Protocol):
    """What the server asks of the site."""

    requests: list[Request]
    faults: list[Fault]
    bank: Bank

    def now(self) -> datetime:
        """The site's clock."""

    def listing(self, edition: Edition, number: int) -> tuple[str, str, datetime]:
        """HTML, entity tag and time of the last change."""

    def article(self, number: int, origin: str) -> str | None:
        """HTML; None: there is no such article."""

    def feed(self, origin: str) -> str:
        """XML."""

    def missing(self) -> str:
        """HTML of the page that says so."""


def application(pages: Pages) -> web.Application:
    """The site's routes. Addresses are taken with and without the last slash."""
    app = web.Application(middlewares=[_recording(pages)])
    for edition, style in EDITIONS.items():
        for path in (
            style.path,
            style.path.rstrip("/"),
            rf"{style.path}page_{{number:\d+}}{{e:/?}}",
        ):
            if path:
                app.router.add_get(path, _listing(pages, edition))
    app.router.add_get("/rss{e:/?}", _feed(pages))
    app.router.add_get("/style.css", _style)
    app.router.add_get("/XML/daily.xml", _rates(pages.bank, "daily"))
    app.router.add_get("/XML/weekly.xml", _rates(pages.bank, "weekly"))
    app.router.add_get(r"/files/media/{number:\d+}.png", _picture)
    app.router.add_get(r"/{section}/{id:\d+}{slug:(_[^/]*)?}{end:/?}", _article(pages))
    return app


def _recording(pages: Pages) -> Middleware:
    @web.middleware
    async def record(request: web.Request, handler: Handler) -> web.StreamResponse:
        headers = {name.lower(): value for name, value in request.headers.items()}
        path = request.rel_url.raw_path
        pages.requests.append(Request(path, headers, pages.now(), request.method))
        fault = next((fault for fault in pages.faults if fault.strikes(unquote(path))), None)
        try:
            return await (fault.answer(handler, request) if fault else handler(request))
        except web.HTTPNotFound:
            return _html(pages.missing(), status=404)

    return record


def _listing(pages: Pages, edition: Edition) -> Handler:
    async def handle(request: web.Request) -> web.Response:
        number = int(request.match_info.get("number", "1"))
        html, tag, changed = pages.listing(edition, max(1, number))
        headers = {"ETag": tag, "Cache-Control": "no-cache"}
        # Within the second of a change the date could not tell the old page from the new.
        if pages.now() - changed >= timedelta(seconds=1):
            headers["Last-Modified"] = format_datetime(changed, usegmt=True)
        if _unchanged(request, tag, headers.get("Last-Modified", "")):
            return web.Response(status=304, headers=headers)
        return _html(html, headers=headers)

    return handle


def _rates(bank: Bank, name: File) -> Handler:
    async def handle(request: web.Request) -> web.Response:
        body = bank.file(name)
        tag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
        headers = {"ETag": tag, "Content-Type": "text/xml"}
        if _unchanged(request, tag, ""):
            return web.Response(status=304, headers=headers)
        return web.Response(body=body, headers=headers)

    return handle


def _unchanged(request: web.Request, tag: str, changed: str) -> bool:
    if known := request.headers.get("If-None-Match"):
        return tag in {one.strip() for one in known.split(",")} or known.strip() == "*"
    since = request.headers.get("If-Modified-Since")
    if not since or not changed:
        return False
    try:
        return parsedate_to_datetime(changed) <= parsedate_to_datetime(since)
    except (TypeError, ValueError):
        return False


def _article(pages: Pages) -> Handler:
    async def handle(request: web.Request) -> web.Response:
        html = pages.article(int(request.match_info["id"]), str(request.url.origin()))
        if html is None:
            raise web.HTTPNotFound
        return _html(html)

    return handle


def _feed(pages: Pages) -> Handler:
    async def handle(request: web.Request) -> web.Response:
        text = pages.feed(str(request.url.origin()))
        tag = f'"{hashlib.sha256(text.encode()).hexdigest()[:20]}"'
        if _unchanged(request, tag, ""):
            return web.Response(status=304, headers={"ETag": tag})
        return web.Response(text=text, content_type="application/rss+xml", headers={"ETag": tag})

    return handle


async def _picture(request: web.Request) -> web.Response:
    picture = await asyncio.to_thread(mountains, int(request.match_info["number"]))
    return web.Response(body=picture, content_type="image/png")


async def _style(_: web.Request) -> web.Response:
    text = files("simulator.site").joinpath("style.css").read_text(encoding="utf-8")
    return web.Response(text=text, content_type="text/css")


def _html(text: str, status: int = 200, headers: dict[str, str] | None = None) -> web.Response:
    return web.Response(text=text, status=status, headers=headers, content_type="text/html")
