import io
import json
import logging

import pytest
import structlog
from hypothesis import given
from hypothesis import strategies as st

from bot.gateway.redaction import Redactor

URL = "https://api.telegram.org/bot42:simulated-token/sendMessage"
SECRETS = ("s3cret hook/ü", "redis-pass")


def fail() -> None:
    raise ValueError(URL)


class Odd:
    def __repr__(self):
        return f"<Odd {URL}>"


def rendered(event: str = "x", **values: object) -> str:
    out = io.StringIO()
    log = structlog.wrap_logger(
        structlog.PrintLogger(out),
        processors=[Redactor(SECRETS), structlog.processors.JSONRenderer(default=repr)],
    )
    log.info(event, **values)
    return out.getvalue()


@pytest.mark.parametrize(
    "value",
    [
        URL,
        [URL],
        {"a": {URL: (URL,)}},
        {URL},
        Odd(),
        ValueError(URL),
        "redis://u:redis-pass@host",
        "s3cret hook/ü",
        "s3cret%20hook%2F%C3%BC",
    ],
)
def test_no_value_of_a_log_line_holds_a_secret(value):
    line = rendered("said " + URL, value=value)
    for secret in ("simulated-token", "redis-pass", "s3cret"):
        assert secret not in line
    assert "[redacted]" in line


def test_no_traceback_holds_a_secret():
    try:
        fail()
    except ValueError:
        line = rendered(exc_info=True)
    assert "simulated-token" not in line
    assert "ValueError" in line


def test_what_is_no_secret_stays_as_it_is():
    line = json.loads(rendered("robot 42: fine", count=3, share=0.5, none=None, yes=True))
    assert line == {
        "event": "robot 42: fine",
        "count": 3,
        "share": 0.5,
        "none": None,
        "yes": True,
    }


def test_no_secrets_and_tiny_ones_do_no_harm():
    assert Redactor(["", "a"]).text("a banana") == "a banana"


def test_the_longer_of_two_secrets_goes_whole():
    assert Redactor(["pass", "password"]).text("my password") == "my [redacted]"


def library_line(*args: object, exc_info: bool = False) -> str:
    out = io.StringIO()
    handler = logging.StreamHandler(out)
    last = structlog.processors.KeyValueRenderer(key_order=["event"])
    keep = structlog.stdlib.ProcessorFormatter.remove_processors_meta
    processors = [keep, Redactor(SECRETS), last]
    handler.setFormatter(structlog.stdlib.ProcessorFormatter(processors=processors))
    logger = logging.Logger("httpx")  # noqa: LOG001  # private to this test
    logger.addHandler(handler)
    logger.info(*args, exc_info=exc_info)
    return out.getvalue()


def test_a_librarys_log_line_is_redacted():
    line = library_line("HTTP Request: POST %s", URL)
    assert "HTTP Request: POST https://api.telegram.org/[redacted]/sendMessage" in line
    assert "simulated-token" not in line


def test_a_librarys_traceback_is_redacted():
    try:
        fail()
    except ValueError:
        line = library_line("oh", exc_info=True)
    assert "ValueError: https://api.telegram.org/[redacted]/sendMessage" in line
    assert "simulated-token" not in line


@given(st.text(), st.text("abcdef0123-_", min_size=4, max_size=20), st.text())
def test_no_text_around_it_hides_a_secret(before, secret, after):
    assert secret not in Redactor([secret]).text(f"{before}{secret}{after}").replace(
        "[redacted]", "|"
    )
