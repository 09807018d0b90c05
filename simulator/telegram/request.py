"""A request's parameters, however they come: query string, form, multipart, JSON."""

import json
import re
from typing import Any

from aiohttp import web

from simulator.telegram.errors import bad_request
from simulator.telegram.files import Upload
from simulator.telegram.model import Json
from simulator.telegram.text import refuse_surrogates

ESCAPED_SURROGATE = re.compile(r"\\ud[89a-f]", re.IGNORECASE)
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
        raw = await request.text()
        body: Any = json.loads(raw)
    except (ValueError, RecursionError) as error:
        raise bad_request("can't parse JSON object") from error
    if not isinstance(body, dict):
        raise bad_request("can't parse JSON object")
    if ESCAPED_SURROGATE.search(raw):
        refuse_surrogates(json.dumps(body, ensure_ascii=False))
    return body


def _form_value(value: Any) -> Any:
    if isinstance(value, web.FileField):
        return Upload(value.filename, value.content_type, value.file.read())
    return value.decode("utf-8", "replace") if isinstance(value, bytes | bytearray) else value
