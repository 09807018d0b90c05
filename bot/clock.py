"""The time, as the machine has it."""

import asyncio
from datetime import UTC, datetime


class SystemClock:
    """`Clock`."""

    def now(self) -> datetime:
        """By the system clock."""
        return datetime.now(UTC)

    async def sleep(self, seconds: float) -> None:
        """In the event loop."""
        if seconds > 0:
            await asyncio.sleep(seconds)
