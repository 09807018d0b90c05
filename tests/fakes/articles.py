"""Articles in memory."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.model import Alert, Article, Edition, Item, Place, Validator
from tests.fakes.outbox import FakeOutbox


@dataclass(frozen=True, slots=True)
class Claim:
    """Who reads an item until when, or from when on it may be read again."""

    until: float = 0.0
    attempts: int = 0
    token: str = ""


class FakeArticles:
    """`Articles`. Alerts go into `outbox`."""

    def __init__(self, outbox: FakeOutbox) -> None:
        self._outbox = outbox
        self._floors: dict[Edition, datetime | None] = {}
        self._validators: dict[Edition, Validator | None] = {}
        self._gaps: dict[Edition, int] = {}
        self._waiting: dict[int, Item] = {}
        self._claims: dict[int, Claim] = {}
        self._seen: set[int] = set()
        self._fed: set[int] = set()
        self._headlines: dict[int, Item] = {}
        self._articles: dict[int, Article] = {}
        self._claimed = 0
        self.looks: dict[str, float] = {}

    async def is_baselined(self, edition: Edition) -> bool:
        return edition in self._floors

    async def baseline(
        self, edition: Edition, items: Collection[Item], floor: datetime | None
    ) -> None:
        self.file(items)
        self._floors[edition] = floor

    def file(self, items: Collection[Item]) -> None:
        """See them for good by their headlines."""
        for item in items:
            self._see(item.id)
            self._headlines[item.id] = item

    async def floor(self, edition: Edition) -> datetime | None:
        return self._floors.get(edition)

    async def unknown(self, items: Collection[Item]) -> list[Item]:
        return [item for item in items if not self.knows(item.id) or item.id in self._fed]

    def knows(self, number: int) -> bool:
        """Whether it waits or is seen."""
        return number in self._seen or number in self._waiting

    async def wait(self, items: Collection[Item]) -> None:
        for item in items:
            if not self.knows(item.id) and item.id not in self._fed:
                self._waiting[item.id] = item
                self._fed.add(item.id)

    async def discover(
        self, edition: Edition, items: Sequence[Item], validator: Validator | None, gap: int
    ) -> None:
        self._fed -= {item.id for item in items}
        self._waiting |= {item.id: item for item in await self.unknown(items)}
        self._validators[edition] = validator
        self._gaps[edition] = gap

    async def validator(self, edition: Edition) -> Validator | None:
        return self._validators.get(edition)

    async def gap(self, edition: Edition) -> int:
        return self._gaps.get(edition, 0)

    async def claim(
        self, now: float, lease: float, limit: int, fresh_since: float = 0.0
    ) -> list[tuple[Item, str, int]]:
        self._claimed += 1
        token = str(self._claimed)
        due = [item for item in self._waiting.values() if self._claim_of(item.id).until <= now]
        due.sort(key=lambda item: (item.published.timestamp() < fresh_since, *_age(item)))
        claimed = []
        for item in due[:limit]:
            before = self._claim_of(item.id)
            claim = Claim(now + lease, before.attempts + bool(before.token), token)
            self._claims[item.id] = claim
            claimed.append((item, token, claim.attempts))
        return claimed

    async def keep(
        self,
        article: Article,
        alerts: Sequence[Alert],
        token: str,
        now: float,
        looks: Sequence[float] = (),
    ) -> bool:
        if self._claim_of(article.id).token != token:
            return False
        self._outbox.put(alerts, now)
        self._see(article.id)
        for number, at in enumerate(looks if alerts else (), 1):
            self.looks[f"{article.id} {number}"] = at
        self.put(article)
        return True

    def put(self, article: Article) -> None:
        """Keep it, whatever was kept."""
        self._articles[article.id] = article
        self._headlines[article.id] = Item(
            article.edition,
            article.id,
            article.url,
            article.title,
            article.published,
            article.important,
        )

    def headline(self, number: int) -> Item | None:
        """What is known of it by its row."""
        return self._headlines.get(number)

    async def put_off(self, item: int, token: str, until: float) -> None:
        claim = self._claim_of(item)
        if claim.token == token:
            self._claims[item] = replace(claim, until=until, attempts=claim.attempts + 1, token="")

    async def drop(self, item: int, token: str) -> None:
        if self._claim_of(item).token != token:
            return
        if item in self._fed:
            self._forget(item)
        else:
            self._see(item)

    async def get(self, ids: Sequence[int]) -> dict[int, Article]:
        return {item: self._articles[item] for item in ids if item in self._articles}

    async def headlines(self, ids: Sequence[int]) -> dict[int, Item]:
        return {item: self._headlines[item] for item in ids if item in self._headlines}

    async def latest(
        self, editions: Collection[Edition], limit: int, before: Place | None = None
    ) -> list[Item]:
        shown = self._of(editions)
        older = [item for item in shown if before is None or item.place < before]
        return older[::-1][: max(limit, 0)]

    async def following(
        self, editions: Collection[Edition], limit: int, after: Place
    ) -> list[Item]:
        newer = [item for item in self._of(editions) if item.place > after]
        return newer[: max(limit, 0)][::-1]

    def _of(self, editions: Collection[Edition]) -> list[Item]:
        shown = [item for item in self._headlines.values() if item.edition in editions]
        return sorted(shown, key=_age)

    async def between(self, since: datetime, until: datetime) -> list[Item]:
        found = [item for item in self._headlines.values() if since <= item.published < until]
        return sorted(found, key=_age)

    def _claim_of(self, item: int) -> Claim:
        return self._claims.get(item, Claim())

    def _see(self, item: int) -> None:
        self._seen.add(item)
        self._forget(item)

    def _forget(self, item: int) -> None:
        self._waiting.pop(item, None)
        self._claims.pop(item, None)


def _age(item: Item) -> tuple[datetime, int]:
    return item.published, item.id
