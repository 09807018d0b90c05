"""The role `deliver`, put together: what is owed to Telegram."""

from collections.abc import Awaitable
from functools import partial

from bot.app.parts import DRAIN_SECONDS, Parts
from bot.flows.deliver import Deliver
from bot.flows.send import Send


def deliver(parts: Parts) -> Awaitable[None]:
    """Sends what is owed, for as long as it is awaited."""
    stores, said = parts.stores, (parts.clock, parts.troubles, parts.metrics)
    send = Send(stores.outbox, stores.pacing, stores.chats, parts.messenger, *said)
    flow = Deliver(
        stores.outbox,
        stores.pacing,
        parts.compose,
        send,
        parts.turns,
        *said,
        per_second=parts.settings.messages_per_second,
    )
    parts.ends.append(partial(flow.drain, DRAIN_SECONDS))
    return flow.run()
