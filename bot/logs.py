"""What the log shows: one line an event, for people or machines, without secrets."""

import hashlib
import logging
from collections.abc import Callable
from typing import Any

import structlog

from bot.gateway.redaction import Redactor
from bot.settings import Settings

Event = structlog.typing.EventDict
QUIET = {
    "aiohttp.access": logging.ERROR,
    "apscheduler": logging.CRITICAL,  # a job tells its own failures; a cancelled one is none
    "asyncio": logging.ERROR,
    "httpx": logging.ERROR,
    "pymorphy3": logging.ERROR,
    "telegram": logging.ERROR,
}


def configure(settings: Settings, level: str = "") -> None:
    """Let the whole process, its libraries too, log as `settings` say, to the standard error.
    `level`: in place of theirs.
    """
    shared = _processors(settings)
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
    )
    handler = logging.StreamHandler()
    handler.setFormatter(_formatter(settings, shared))
    logging.basicConfig(handlers=[handler], level=level or settings.log_level, force=True)
    for name, least in QUIET.items():
        logging.getLogger(name).setLevel(least)


def _processors(settings: Settings) -> list[Any]:
    return [
        structlog.stdlib.filter_by_level,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=settings.log_format == "json"),
        _hash_chats(settings),
    ]


def _formatter(settings: Settings, shared: list[Any]) -> logging.Formatter:
    last: Any = structlog.dev.ConsoleRenderer(colors=False)
    if settings.log_format == "json":
        last = structlog.processors.JSONRenderer(ensure_ascii=False, default=str)
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=shared[1:],
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            Redactor(settings.secrets),
            last,
        ],
    )


def _hash_chats(settings: Settings) -> Callable[[Any, str, Event], Event]:
    """Chats by eight hex digits that stay the same with one token, unless they may be shown."""
    salt = settings.telegram_bot_token.get_secret_value()

    def process(_: Any, __: str, event: Event) -> Event:
        if "chat" in event:
            chat = str(event["chat"])
            hashed = hashlib.sha256(f"{salt} {chat}".encode()).hexdigest()[:8]
            event["chat"] = chat if settings.log_chats else hashed
        return event

    return process
