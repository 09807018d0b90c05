"""A request's parameters, however they come: query string, form, multipart, JSON."""

from typing import Any

from aiohttp import web

from simulator.telegram.errors import bad_request
from simulator.telegram.files import Upload
from simulator.telegram.model import Json

FORMS = frozenset({"application/x-www-form-urlencoded", "multipart/form-data"})


async def read_params(request: web.Request) -> Json:
    """The parameters as they were sent. Raises ApiError."""
    params: Json = dict(request.query)
    if request.content_type in FORMS:
        form = await request.post()
        params |= {name: _form_value(value) for name, value in form.items()}
    elif request.content_type == "application/json" and request.can_read_body:
        params |= await _json(request)
    return params


async def _json(request: web.Request) -> Json:
    try:
        body: Any = await request.json()
    except ValueError as error:
        raise bad_request("can't parse JSON object") from error
    if not isinstance(body, dict):
        raise bad_request("can't parse JSON object")
    return body


def _form_value(value: Any) -> Any:
    if isinstance(value, web.FileField):
        return Upload(value.filename, value.content_type, value.file.read())
    return value.decode("utf-8", "replace") if isinstance(value, bytes | bytearray) else value
