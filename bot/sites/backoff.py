"""When a host may be asked again."""

import math
import random
from dataclasses import dataclass
from datetime import datetime
from email.utils import parsedate_to_datetime

FIRST_SECONDS = 1.0
LONGEST_SECONDS = 300.0
LONGEST_ASKED_SECONDS = 3600.0
"""A host that asks for more is asked once an hour whether it means it."""
JITTER = 0.2


@dataclass(slots=True)
class Backoff:
    """One host's state; times in seconds since the epoch."""

    pause: float
    free: float = 0.0
    """When the next request may start."""
    failures: int = 0

    def wait(self, now: float) -> float:
        """How long until the next request may start."""
        return max(0.0, self.free - now)

    def succeeded(self, now: float) -> None:
        """It answered: the next request waits for the pause alone, and a little more."""
        self.failures = 0
        self.free = now + self.pause * _jitter()

    def failed(self, now: float, asked: float) -> float:
        """It did not, or asked for `asked` seconds of peace; for how long it gets it."""
        doubled = FIRST_SECONDS * 2.0 ** min(self.failures, 20)
        seconds = max(min(doubled, LONGEST_SECONDS), min(asked, LONGEST_ASKED_SECONDS), self.pause)
        self.failures += 1
        self.free = now + seconds
        return seconds


def retry_after(header: str, now: datetime) -> float:
    """Seconds that a `Retry-After` asks for (RFC 9110, 10.2.3: seconds or a date); 0 for none."""
    header = header.strip()
    try:
        seconds = (
            float(header)
            if header.replace(".", "", 1).isdigit()
            else (parsedate_to_datetime(header) - now).total_seconds()
        )
    except (ValueError, TypeError, OverflowError):
        return 0.0
    return max(0.0, seconds) if math.isfinite(seconds) else 0.0


def _jitter() -> float:
    return 1 + JITTER * random.random()  # noqa: S311 - spreads load, keeps no secret
