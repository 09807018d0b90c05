"""Chronicle in memory."""

from collections.abc import Sequence

from bot.model import Article


class FakeChronicle:
    """`Chronicle` of the articles that were put in."""

    def __init__(self) -> None:
        self._articles: dict[int, Article] = {}
        self._log: list[int] = []
        self._from = 0
        self.scans = 0

    def put(self, *articles: Article) -> None:
        """Have them, in place of what was there, and say so in the log."""
        for article in articles:
            self._articles[article.id] = article
            self._log.append(article.id)

    def remove(self, *ids: int) -> None:
        """Have them no longer, of which the log says nothing."""
        for id_ in ids:
            self._articles.pop(id_, None)

    def trim(self) -> None:
        """Forget the log but for its end."""
        self._from = len(self._log)

    async def cursor(self) -> str:
        return str(len(self._log))

    async def changes(self, cursor: str) -> tuple[list[int], str] | None:
        if not cursor.isdigit() or not self._from <= int(cursor) <= len(self._log):
            return None
        return [*dict.fromkeys(self._log[int(cursor) :])], str(len(self._log))

    async def ids(self) -> list[int]:
        self.scans += 1
        newest = sorted(self._articles.values(), key=lambda one: (one.published, one.id))
        return [one.id for one in reversed(newest)]

    async def read(self, ids: Sequence[int]) -> list[Article]:
        return [self._articles[id_] for id_ in ids if id_ in self._articles]

    async def extent(self) -> tuple[int, float]:
        times = [one.published.timestamp() for one in self._articles.values()]
        return len(times), min(times, default=0.0)
