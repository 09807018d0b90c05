"""Searches in memory."""

from time import monotonic

from bot.model import Searched


class FakeSearches:
    """`Searches`."""

    def __init__(self) -> None:
        self.kept: dict[str, tuple[float, Searched]] = {}
        """By key: until when, and what."""

    async def keep(self, key: str, searched: Searched, seconds: int) -> None:
        self.kept[key] = monotonic() + seconds, searched

    async def get(self, key: str) -> Searched | None:
        until, searched = self.kept.get(key, (0.0, None))
        return searched if until > monotonic() else None
