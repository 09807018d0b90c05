"""Corrections in memory."""

from collections.abc import Collection

from bot.model import Article
from tests.fakes.articles import FakeArticles


class FakeCorrections:
    """`Corrections`, of what `articles` keeps."""

    def __init__(self, articles: FakeArticles) -> None:
        self._articles = articles
        self._open: dict[int, float] = {}

    @property
    def looks(self) -> dict[str, float]:
        """Name → when."""
        return self._articles.looks

    async def look(self, article: int, at: float) -> None:
        self.looks[f"{article} 0"] = at

    async def due(self, now: float) -> tuple[int, Collection[str]] | None:
        names = sorted((at, name) for name, at in self.looks.items() if at <= now)
        if not names:
            return None
        article = names[0][1].partition(" ")[0]
        return int(article), [name for _, name in names if name.partition(" ")[0] == article]

    async def looked(self, names: Collection[str]) -> None:
        for name in names:
            self.looks.pop(name, None)

    async def correct(self, article: Article, names: Collection[str], now: float) -> None:
        if await self._articles.get([article.id]):
            self._articles.put(article)
            self._open[article.id] = now
        await self.looked(names)

    async def open(self) -> dict[int, float]:
        return dict(sorted(self._open.items(), key=lambda each: each[1]))

    async def close(self, article: int, since: float) -> None:
        if self._open.get(article) == since:
            del self._open[article]
