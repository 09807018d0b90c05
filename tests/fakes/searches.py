"""Searches in memory."""

from bot.model import Searched


class FakeSearches:
    """`Searches`, of which no month ever passes."""

    def __init__(self) -> None:
        self.kept: dict[str, Searched] = {}

    async def keep(self, key: str, searched: Searched) -> None:
        self.kept[key] = searched

    async def get(self, key: str) -> Searched | None:
        return self.kept.get(key)
