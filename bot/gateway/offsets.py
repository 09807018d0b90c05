"""Which updates Telegram may forget. Pure."""


class Offsets:
    """Confirms nothing before it is done: the offset is the lowest update still open.

    Telegram gives the unconfirmed ones again with each answer; `begin` tells them apart.
    """

    def __init__(self) -> None:
        self._open: set[int] = set()
        self._done: set[int] = set()
        self._next = 0
        self._asked = 0

    @property
    def has_open(self) -> bool:
        """Whether some update is not done."""
        return bool(self._open)

    def ask(self) -> int:
        """What to ask from now; all below it is forgotten by Telegram. 0: nothing was seen yet."""
        self._asked = min(self._open, default=self._next)
        self._done = {done for done in self._done if done >= self._asked}
        return self._asked

    def begin(self, update_id: int) -> bool:
        """Whether it is new. It is open from here on, and no longer new.

        An id below what was asked means that Telegram numbers anew, as after a quiet week.
        """
        if update_id in self._open or update_id in self._done:
            return False
        if update_id < self._asked:
            self._next = self._asked = 0
        self._open.add(update_id)
        self._next = max(self._next, update_id + 1)
        return True

    def finish(self, update_id: int) -> None:
        """It was handled, or given up."""
        self._open.discard(update_id)
        self._done.add(update_id)

    def let_go(self) -> int:
        """Confirm the lowest open one before it is done, and say which. It stays in work, but a
        kill would lose it.
        """
        lowest = min(self._open)
        self.finish(lowest)
        return lowest
