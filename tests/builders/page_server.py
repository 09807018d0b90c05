"""A real HTTP server on a free port of the loopback that answers as a test tells it to."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

from aiohttp import web
from aiohttp.test_utils import TestServer

Answer = Callable[[web.Request], Awaitable[web.StreamResponse]]


class PageServer:
    """`answer` may be set anew at any time; `requests` are those that came."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer
        self.requests: list[web.Request] = []
        self.url = ""

    async def handle(self, request: web.Request) -> web.StreamResponse:
        self.requests.append(request)
        return await self.answer(request)


@asynccontextmanager
async def serving(answer: Answer) -> AsyncIterator[PageServer]:
    """Run a server for the length of the block."""
    pages = PageServer(answer)
    app = web.Application()
    app.router.add_route("*", "/{path:.*}", pages.handle)
    async with TestServer(app) as server:
        pages.url = str(server.make_url("")).rstrip("/")
        yield pages


def html(text: str, status: int = 200, **headers: str) -> web.Response:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return web.Response(text=text, status=status, content_type="text/html", headers=named)
