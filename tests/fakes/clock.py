"""A clock that stands still until it is set or slept on."""

from datetime import UTC, datetime, timedelta

START = datetime(2026, 3, 2, 6, 0, tzinfo=UTC)


class FakeClock:
    """`Clock`. Sleeping passes the time at once, and is remembered."""

    def __init__(self, now: datetime = START) -> None:
        self.time = now
        self.slept: list[float] = []

    def now(self) -> datetime:
        return self.time

    @property
    def seconds(self) -> float:
        """Now, in seconds since the epoch."""
        return self.time.timestamp()

    def pass_time(self, seconds: float) -> None:
        """Let it be later."""
        self.time += timedelta(seconds=seconds)

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        if seconds > 0:
            self.pass_time(seconds)
