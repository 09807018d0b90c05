"""A Bot API server that takes every message at once, or after a while, in a process of its own."""

import asyncio
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from tempfile import TemporaryDirectory
from time import time
from typing import NamedTuple

import trustme
from aiohttp import web

TOKEN = "42:benchmark"


class BotApi(NamedTuple):
    """One that runs."""

    url: str
    certificate: str
    """A file: who signed for it. Empty: it speaks no TLS."""
    line: Connection

    def arrivals(self) -> list[float]:
        """When each message came, since the epoch. It begins anew."""
        self.line.send("arrivals")
        return self.line.recv()


@contextmanager
def serving(latency: float = 0.0, *, tls: bool = False) -> Iterator[BotApi]:
    """Serve on a free port."""
    ours, theirs = get_context("spawn").Pipe()
    with TemporaryDirectory() as folder:
        process = get_context("spawn").Process(target=_serve, args=(theirs, latency, tls, folder))
        process.start()
        try:
            scheme = "https" if tls else "http"
            url = f"{scheme}://localhost:{ours.recv()}"
            yield BotApi(url, f"{folder}/authority.pem" if tls else "", ours)
        finally:
            process.terminate()
            process.join()


def _serve(line: Connection, latency: float, tls: bool, folder: str) -> None:
    asyncio.run(_run(line, latency, _context(Path(folder)) if tls else None))


def _context(folder: Path) -> ssl.SSLContext:
    authority = trustme.CA()
    authority.cert_pem.write_to_path(str(folder / "authority.pem"))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("localhost").configure_cert(context)
    return context


async def _run(line: Connection, latency: float, context: ssl.SSLContext | None) -> None:
    arrivals: list[float] = []

    async def answer(request: web.BaseRequest) -> web.Response:
        arrivals.append(time())
        await request.read()
        if latency:
            await asyncio.sleep(latency)
        number = len(arrivals)
        body = (
            b'{"ok":true,"result":{"message_id":%d,"date":1772000000,"text":"x",'
            b'"chat":{"id":1,"type":"private","first_name":"Anna"}}}' % number
        )
        return web.Response(body=body, content_type="application/json")

    runner = web.ServerRunner(web.Server(answer))
    await runner.setup()
    site = web.TCPSite(runner, "localhost", 0, ssl_context=context, backlog=1024)
    await site.start()
    line.send(runner.addresses[0][1])
    while await asyncio.to_thread(line.recv):
        line.send(arrivals[:])
        arrivals.clear()
