"""A meter that remembers what it counted, in words."""

from bot.model import Edition, Outcome


class FakeMeter:
    """`Meter`."""

    def __init__(self) -> None:
        self.counted: list[str] = []
        self.seconds: list[float] = []
        """How long after their publication alerts were sent."""
        self.alerts_dropped = 0

    def polled(self, edition: Edition, *, well: bool) -> None:
        self.counted.append(f"polled {edition} {'well' if well else 'badly'}")

    def kept(self, edition: Edition) -> None:
        self.counted.append(f"kept {edition}")

    def answered(self, outcome: Outcome) -> None:
        self.counted.append(f"answered {type(outcome).__name__}")

    def delivered(self, seconds: float) -> None:
        self.counted.append("delivered")
        self.seconds.append(seconds)

    def dropped(self, alerts: int) -> None:
        self.alerts_dropped += alerts

    def skipped(self) -> None:
        self.counted.append("skipped")
