"""What a request carries: JSON, or a form where files go along."""

import json
from collections.abc import Mapping
from typing import IO

from aiohttp import FormData

_JSON_TEXT = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def encode(payload: Mapping[str, object]) -> bytes:
    """JSON. A lone surrogate goes out as it is, for Telegram to reject, rather than raise here."""
    return _JSON_TEXT(payload).encode("utf-8", "surrogatepass")


def multipart(
    texts: Mapping[str, str], files: Mapping[str, tuple[str, bytes | IO[bytes], str]]
) -> FormData:
    """A form; of a file: its name, content and type."""
    form = FormData()
    for name, value in texts.items():
        form.add_field(name, value)
    for name, (filename, content, content_type) in files.items():
        form.add_field(name, content, filename=filename, content_type=content_type)
    return form


def form_text(value: object) -> str:
    """A field of a form, in which no lone surrogate can travel."""
    written = value if isinstance(value, str) else _JSON_TEXT(value)
    return written.encode("utf-8", "replace").decode("utf-8")
