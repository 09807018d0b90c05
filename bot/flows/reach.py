"""Whether the site answers, as all who ask it know it together."""

from bot.ports import Clock, SiteUnavailable


class Reach:
    """Of one site."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._answers = False
        self._rests_until = 0.0

    @property
    def rests(self) -> bool:
        """Whether it asked to be left alone until later."""
        return self._clock.now().timestamp() < self._rests_until

    @property
    def answers(self) -> bool:
        """Whether more can be asked: it answered the last time that a listing was asked for."""
        return self._answers and not self.rests

    def answered(self) -> None:
        """A listing was read, or at least given."""
        self._answers = True

    def failed(self, error: Exception) -> None:
        """A listing could not be read."""
        self._answers = not isinstance(error, SiteUnavailable)
        self.rest(error)

    def rest(self, error: Exception) -> None:
        """Leave it alone for as long as it asks."""
        if isinstance(error, SiteUnavailable):
            self._rests_until = self._clock.now().timestamp() + error.retry_after
