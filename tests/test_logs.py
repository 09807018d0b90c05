"""What a whole process logs: readable by people or machines, and without secrets."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from bot.model import ChatRef

ROOT = Path(__file__).parents[1]
TOKEN = "42:simulated-token"
PASSWORD = "s%40cret%2Fword"
PLAIN_PASSWORD = "s@cret/word"
WEBHOOK = "simulated-webhook-secret"
SECRETS = (TOKEN, PASSWORD, PLAIN_PASSWORD, WEBHOOK)

SPEAKER = f"""
import asyncio, logging, sys
import structlog
from bot import logs
from bot.model import ChatRef
from bot.settings import load

settings = load()
logs.configure(settings)
log = structlog.get_logger("bot.speaker")
secrets = {SECRETS!r}

log.info("plain", number=1, edition="en", title="Визалар жөнүндө")
log.debug("only for developers", chat=ChatRef(1001))
log.info("told", chat=ChatRef(1001))
log.info("told again", chat=ChatRef(1001))
log.info("told another", chat=ChatRef(-4001, 7))
log.warning("unfit", text="two\\nlines", half="\\ud800", raw=b"\\xff", thing=object())
logging.getLogger("some.library").warning("from %s", "a library")
logging.getLogger("aiohttp.access").warning("each request")
logging.getLogger("apscheduler.executors.default").error("each job")

for secret in secrets:
    log.error("said " + secret, said=secret, address="https://host/bot" + secret + "/getMe")
    log.error("within", within={{"a": [secret, (secret,)], secret: 1}}, error=ValueError(secret))
    logging.getLogger("some.library").error("GET /bot%s/getMe", secret)
    for speak in (log.exception, logging.getLogger("some.library").exception):
        try:
            try:
                raise ValueError("first " + secret)
            except ValueError as error:
                raise RuntimeError("second " + secret) from error
        except RuntimeError:
            speak("broke down")
log.info("settings", settings=settings)
logging.getLogger("asyncio").error("Task exception was never retrieved", exc_info=ValueError(TOKEN))
print("to the standard output, nothing but this")
""".replace("ValueError(TOKEN)", f"ValueError({TOKEN!r})")


def spoken(folder: Path, **more: str) -> str:
    """What a process logs that says all that is above."""
    environment = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(ROOT),
        "PYTHONUTF8": "1",
        "TELEGRAM_BOT_TOKEN": TOKEN,
        "REDIS_URL": f"redis://bot:{PASSWORD}@127.0.0.1:1/0",
        "WEBHOOK_SECRET": WEBHOOK,
        **more,
    }
    done = subprocess.run(
        [sys.executable, "-c", SPEAKER],
        capture_output=True,
        cwd=folder,
        env=environment,
        check=True,
    )
    assert done.stdout.decode() == "to the standard output, nothing but this\n"
    return done.stderr.decode()


@pytest.fixture(scope="module")
def for_machines(tmp_path_factory):
    return spoken(tmp_path_factory.mktemp("json"), LOG_FORMAT="json")


@pytest.fixture(scope="module")
def for_people(tmp_path_factory):
    return spoken(tmp_path_factory.mktemp("console"), LOG_LEVEL="DEBUG", LOG_CHATS="true")


@pytest.fixture(scope="module")
def lines(for_machines):
    return [json.loads(line) for line in for_machines.splitlines()]


@pytest.fixture(params=["json", "console"])
def written(request, for_machines, for_people):
    return for_machines if request.param == "json" else for_people


@pytest.mark.parametrize("secret", SECRETS)
def test_no_secret_is_written_by_whomever_and_in_whatever_way(written, secret):
    assert secret not in written
    assert "[redacted]" in written
    assert "broke down" in written


def test_a_traceback_is_written_with_all_but_the_secret(written):
    assert "RuntimeError: second [redacted]" in written
    assert "ValueError: first [redacted]" in written


def test_every_line_for_machines_is_an_event_with_time_level_and_logger(lines):
    for line in lines:
        assert {"event", "timestamp", "level", "logger"} <= line.keys()
        assert line["timestamp"].endswith("Z")
    first = lines[0]
    assert (first["event"], first["level"], first["logger"]) == ("plain", "info", "bot.speaker")
    assert (first["number"], first["title"]) == (1, "Визалар жөнүндө")


def test_a_value_that_is_no_text_becomes_one(lines):
    unfit = next(line for line in lines if line["event"] == "unfit")
    assert unfit["text"] == "two\nlines"
    assert "object object" in unfit["thing"]


def test_a_library_logs_as_the_bot_does(lines):
    line = next(line for line in lines if line["event"] == "from a library")
    assert (line["level"], line["logger"]) == ("warning", "some.library")


def test_what_libraries_say_all_the_time_is_left_out(written):
    assert "each request" not in written
    assert "each job" not in written


def test_what_nobody_waited_for_is_not_left_out(written):
    assert "Task exception was never retrieved" in written


def test_a_chat_is_known_by_a_hash_that_stays_the_same(lines):
    told, again, another = (
        next(line["chat"] for line in lines if line["event"] == event)
        for event in ("told", "told again", "told another")
    )
    assert re.fullmatch("[0-9a-f]{8}", told)
    assert told == again != another


def test_no_chat_is_written_as_it_is(for_machines):
    for ref in (ChatRef(1001), ChatRef(-4001, 7)):
        assert str(ref.id) not in for_machines


def test_chats_are_written_as_they_are_where_the_operator_says_so(for_people):
    assert "chat=1001" in for_people
    assert "chat=-4001:7" in for_people


def test_the_level_is_the_operator_s(for_machines, for_people):
    assert "only for developers" not in for_machines
    assert "only for developers" in for_people


def test_another_token_gives_another_hash(lines, tmp_path):
    other = spoken(tmp_path, LOG_FORMAT="json", TELEGRAM_BOT_TOKEN="43:simulated-token")
    told = next(line for line in map(json.loads, other.splitlines()) if line["event"] == "told")
    assert told["chat"] != next(line["chat"] for line in lines if line["event"] == "told")
