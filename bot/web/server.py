"""The pages: /live, /ready, /metrics, and Telegram's webhook where there is one."""

from collections.abc import Awaitable, Callable, Sequence
from http import HTTPStatus

import structlog
from aiohttp import web

from bot.web.health import Probe, examine
from bot.web.metrics import Metrics

log = structlog.get_logger(__name__)

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105  # the header's name
MAX_UPDATE = 4 * 2**20
RETRY_AFTER = "5"
"""Seconds after which Telegram may send an update again that there was no room for."""

Page = Callable[[web.Request], Awaitable[web.StreamResponse]]
Accept = Callable[[str, bytes], int]
"""Secret and body of a webhook request to the HTTP status of its answer."""


class PortTaken(Exception):
    """Another program listens there. The text says how to mend it."""


def application(
    probes: Sequence[Probe],
    metrics: Metrics,
    *,
    webhook_path: str = "",
    accept: Accept | None = None,
) -> web.Application:
    """The web application; the webhook's page is there where `accept` is given."""
    pages = _Pages(probes, metrics)
    app = web.Application(client_max_size=MAX_UPDATE)
    app.router.add_get("/live", pages.live)
    app.router.add_get("/ready", pages.ready)
    app.router.add_get("/metrics", pages.metrics)
    if accept is not None:
        app.router.add_post(f"/{webhook_path.lstrip('/')}", _webhook(accept))
    return app


async def serve(app: web.Application, host: str, port: int) -> web.AppRunner:
    """Listen; `await runner.cleanup()` ends it. Raises PortTaken. Port 0 takes a free one:
    `runner.addresses` tells which.
    """
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=2.0)
    await runner.setup()
    try:
        await web.TCPSite(runner, host, port).start()
    except OSError as error:
        await runner.cleanup()
        reason = error.strerror or type(error).__name__
        raise PortTaken(
            f"can't listen on {host}:{port}: {reason}; stop what does, or set PORT to another"
        ) from None
    return runner


class _Pages:
    def __init__(self, probes: Sequence[Probe], metrics: Metrics) -> None:
        self._probes = probes
        self._metrics = metrics

    async def live(self, _: web.Request) -> web.Response:
        return web.json_response({"live": True})

    async def ready(self, _: web.Request) -> web.Response:
        report = await examine(self._probes)
        status = HTTPStatus.OK if report["ready"] else HTTPStatus.SERVICE_UNAVAILABLE
        return web.json_response(report, status=status)

    async def metrics(self, _: web.Request) -> web.Response:
        headers = {"Content-Type": "text/plain; version=0.0.4; charset=utf-8"}
        return web.Response(body=self._metrics.text(), headers=headers)


def _webhook(accept: Accept) -> Page:
    async def page(request: web.Request) -> web.Response:
        status = accept(request.headers.get(SECRET_HEADER, ""), await _body(request))
        busy = status == HTTPStatus.SERVICE_UNAVAILABLE
        return web.Response(status=status, headers={"Retry-After": RETRY_AFTER} if busy else {})

    return page


async def _body(request: web.Request) -> bytes:
    """Empty where it is larger than any update: refused, it would come again for a day."""
    try:
        return await request.read()
    except web.HTTPRequestEntityTooLarge:
        log.warning("update larger than any can be, skipped")
        return b""
