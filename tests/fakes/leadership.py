"""Leadership in memory."""

from dataclasses import dataclass

from bot.ports import Clock


@dataclass(slots=True)
class Seat:
    """What several candidates compete for."""

    holder: object = None
    until: float = 0.0


class FakeLeadership:
    """`Leadership`. Those who share a seat are rivals; alone it always leads."""

    def __init__(self, clock: Clock, seat: Seat | None = None) -> None:
        self._clock = clock
        self._seat = seat or Seat()

    async def hold(self, seconds: float) -> bool:
        now = self._clock.now().timestamp()
        if self._seat.holder is not self and self._seat.until > now:
            return False
        self._seat.holder, self._seat.until = self, now + seconds
        return True

    async def resign(self) -> None:
        if self._seat.holder is self:
            self._seat.until = 0.0
