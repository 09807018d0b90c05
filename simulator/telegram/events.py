"""What happens in the world, told to whoever watches: pages and tests."""

import asyncio
from collections.abc import Callable
from typing import TypeVar
from weakref import WeakSet

from simulator.telegram.model import Json

T = TypeVar("T")


class Subscription:
    """The events since it was made, in order; it lives as long as it is referred to."""

    def __init__(self) -> None:
        self._queue: asyncio.Queue[Json] = asyncio.Queue()

    def put(self, event: Json) -> None:
        """One more event."""
        self._queue.put_nowait(event)

    def __aiter__(self) -> "Subscription":
        return self

    async def __anext__(self) -> Json:
        return await self._queue.get()


class Events:
    """A broadcast without memory. An event is a dict with at least `type`."""

    def __init__(self) -> None:
        self._subscriptions: WeakSet[Subscription] = WeakSet()

    def emit(self, event: Json) -> None:
        """Tell everyone who watches."""
        for subscription in tuple(self._subscriptions):
            subscription.put(event)

    def subscribe(self) -> Subscription:
        """Watch from now on."""
        subscription = Subscription()
        self._subscriptions.add(subscription)
        return subscription

    async def until(self, condition: Callable[[], T], seconds: float) -> T:
        """What `condition()` gives once it is true: asked at once, and again after each event.
        Raises TimeoutError.
        """
        subscription = self.subscribe()
        async with asyncio.timeout(seconds):
            while not (found := condition()):
                await anext(subscription)
            return found
