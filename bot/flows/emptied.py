"""Whether the store was emptied behind our back."""

from bot.flows.troubles import Troubles
from bot.model import Edition

REASON = (
    "the store has forgotten what it knew, subscriptions too: unless that was meant, stop the "
    "bot and restore a backup"
)


class Emptied:
    """Knows what the store knew, and says so where it is gone, until it knows all of it anew."""

    def __init__(self, troubles: Troubles) -> None:
        self._troubles = troubles
        self._known: set[Edition] = set()

    def missing(self, edition: Edition) -> None:
        """The store does not know this edition."""
        if edition in self._known:
            for each in self._known:
                self._troubles.begin("emptied", REASON, work=each)
            self._known.clear()

    def known(self, edition: Edition) -> None:
        """It does."""
        self._known.add(edition)
        self._troubles.end("emptied", work=edition)
