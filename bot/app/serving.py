"""Who may call this process, put together: the webhook, and the pages on its health."""

from contextlib import AsyncExitStack
from urllib.parse import urlsplit

import structlog

from bot.app.parts import Parts
from bot.app.probes import Probes, Receiver
from bot.gateway.webhook import WebhookReceiver
from bot.web.server import PortTaken, application, serve

log = structlog.get_logger(__name__)


async def be_called(parts: Parts, receiver: Receiver | None, stack: AsyncExitStack) -> None:
    """Listen until `stack` ends. Raises PortTaken where Telegram is to call; else nobody must,
    and a taken port is borne.
    """
    settings = parts.settings
    accept = receiver.accept if isinstance(receiver, WebhookReceiver) else None
    path = urlsplit(settings.webhook_url).path
    probes = _probes(parts).all(receiver)
    pages = application(probes, parts.metrics, webhook_path=path, accept=accept)
    is_wanted = accept is not None or (settings.port and "port" in settings.model_fields_set)
    try:
        runner = await serve(pages, "0.0.0.0" if is_wanted else "127.0.0.1", settings.port)  # noqa: S104 - asked for
    except PortTaken as error:
        if accept is not None:
            raise
        log.warning("no health page", reason=str(error))
    else:
        stack.push_async_callback(runner.cleanup)


def _probes(parts: Parts) -> Probes:
    stores = parts.stores
    said = parts.leader, parts.troubles, parts.metrics, parts.clock
    return Probes(stores.client, stores.outbox, *said)
