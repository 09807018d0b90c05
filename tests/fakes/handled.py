"""Handled in memory."""


class FakeHandled:
    """`Handled`, of which no day ever passes."""

    def __init__(self) -> None:
        self._updates: set[int] = set()

    async def was(self, update_id: int) -> bool:
        return update_id in self._updates

    async def add(self, update_id: int) -> None:
        self._updates.add(update_id)
