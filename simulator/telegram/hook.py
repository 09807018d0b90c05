"""Where updates are posted to."""

from dataclasses import dataclass


@dataclass(slots=True)
class Hook:
    """A webhook, and how the last delivery failed."""

    url: str
    secret: str = ""
    max_connections: int = 40
    last_error: str = ""
    failed_at: int = 0
