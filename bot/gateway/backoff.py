"""How long to wait before the next attempt."""

import random


class Backoff:
    """Doubles from `first` to `most` seconds. Each wait is somewhere in its upper half, so that
    many who failed together do not come back together.
    """

    def __init__(self, first: float, most: float) -> None:
        self._first = first
        self._most = most
        self._next = first

    def next(self) -> float:
        """The next wait in seconds."""
        wait = self._next
        self._next = min(wait * 2, self._most)
        return wait * random.uniform(0.5, 1.0)  # noqa: S311  # spreads, hides nothing

    def reset(self) -> None:
        """The trouble is over."""
        self._next = self._first
