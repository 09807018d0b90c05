"""An index in a directory of its own, and what follows a chronicle for it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from bot.model import Edition, Found, Hit, Wanted
from bot.search.follow import Follow
from bot.search.index import Index
from tests.fakes.chronicle import FakeChronicle


@dataclass
class Library:
    """The whole of it."""

    folder: Path
    chronicle: FakeChronicle = field(default_factory=FakeChronicle)

    def __post_init__(self) -> None:
        self.index = Index(self.folder)
        self.follow = Follow(self.folder, self.chronicle)

    @property
    def file(self) -> Path:
        return self.index.path

    async def hold(self, *articles) -> None:
        """Have these published, and followed."""
        self.chronicle.put(*articles)
        await self.follow.step()

    async def find(self, words: str, *editions: Edition, limit: int = 20, **more) -> Found:
        return await self.index.find(Wanted(words, editions, limit, **more))

    async def ids(self, words: str, *editions: Edition, **more) -> list[int]:
        return ids(await self.find(words, *editions, **more))

    def close(self) -> None:
        self.index.close()
        self.follow.close()


def ids(found: Found | list[Hit]) -> list[int]:
    return [hit.id for hit in (found.hits if isinstance(found, Found) else found)]


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    made = Library(tmp_path)
    yield made
    made.close()
