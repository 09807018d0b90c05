"""The page's files and its small JSON interface."""

from pathlib import Path

from aiohttp import web
from aiohttp.typedefs import Handler

from simulator.page.acts import Act, Acts
from simulator.page.stream import Stream
from simulator.page.view import View
from simulator.site import Site
from simulator.telegram import ApiError, Telegram

_FILES = Path(__file__).parent / "static"
_SHOWN_INLINE = frozenset({"image/png", "image/jpeg", "image/webp", "image/gif"})


def attach(app: web.Application, telegram: Telegram, site: Site, site_url: str) -> None:
    """Serve the page at `/` of an application that is not running yet. `site_url`: where the
    site can be reached, without a slash at the end.
    """
    view = View(telegram, site, site_url)
    stream = Stream(telegram, view)
    site.on_publish(lambda _: telegram.world.events.emit({"type": "published"}))
    app.router.add_get("/api/events", stream.respond)
    app.router.add_get("/api/files/{file_id}", _file(telegram))
    for name, act in Acts(telegram, site).all().items():
        app.router.add_post(f"/api/{name}", _json(act))
    app.router.add_get("/", _index(site_url))
    app.router.add_static("/", _FILES)

    async def close(_: web.Application) -> None:
        await stream.close()

    app.on_shutdown.append(close)


def _json(act: Act) -> Handler:
    async def handle(request: web.Request) -> web.Response:
        # Pages of other sites can't send this type without asking first.
        if request.content_type != "application/json":
            return web.json_response({"error": "JSON is needed"}, status=415)
        try:
            return web.json_response(await act(await request.json()))
        except (KeyError, TypeError, AttributeError) as error:
            reason = f"there is no such thing: {error}"
        except (ValueError, ApiError) as error:
            reason = str(error)
        return web.json_response({"error": reason}, status=400)

    return handle


def _index(site_url: str) -> Handler:
    policy = (
        f"default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
        f"img-src 'self' {site_url}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )
    headers = {"Content-Security-Policy": policy, "Cache-Control": "no-cache"}

    async def handle(_: web.Request) -> web.FileResponse:
        return web.FileResponse(_FILES / "index.html", headers=headers)

    return handle


def _file(telegram: Telegram) -> Handler:
    async def handle(request: web.Request) -> web.Response:
        upload = telegram.world.files.get(request.match_info["file_id"])
        if upload is None:
            raise web.HTTPNotFound
        headers = {"X-Content-Type-Options": "nosniff"}
        if upload.content_type not in _SHOWN_INLINE:
            headers["Content-Disposition"] = "attachment"
        return web.Response(body=upload.data, content_type=upload.content_type, headers=headers)

    return handle
