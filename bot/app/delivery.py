"""The role `deliver`, put together: what is owed to Telegram."""

from collections.abc import Awaitable
from functools import partial

from bot.app.parts import DRAIN_SECONDS, Parts
from bot.flows.deliver import Deliver
from bot.flows.digest import SendDigests
from bot.flows.leftover import Leftover
from bot.flows.send import Send
from bot.flows.tell import Tell


def deliver(parts: Parts) -> Awaitable[None]:
    """Sends what is owed, for as long as it is awaited."""
    stores, said = parts.stores, (parts.clock, parts.troubles, parts.metrics)
    known = stores.chats, stores.pacing, parts.messenger, parts.clock
    send = Send(stores.outbox, Tell(*known, parts.metrics.answered), *said)
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


def send_digests(parts: Parts) -> Awaitable[None]:
    """Sends the digests that are due, for as long as it is awaited."""
    stores, rate = parts.stores, parts.settings.messages_per_second
    flow = SendDigests(
        stores.digests,
        stores.chats,
        parts.brief,
        Leftover(parts.turns, parts.clock, rate),
        Tell(stores.chats, stores.pacing, parts.messenger, parts.clock),
        parts.clock,
        parts.troubles,
        parts.metrics,
        per_second=rate,
    )
    parts.ends.append(partial(flow.drain, DRAIN_SECONDS))
    return flow.run()
