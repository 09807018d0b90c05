"""Rates, thresholds and a bank in memory."""

from collections.abc import AsyncIterator, Collection, Sequence

from bot.model import ChatRef, Crossing, Rate, Threshold, Validator
from bot.ports import Publication, RateFile, SiteError


class FakeRates:
    """`Rates`."""

    def __init__(self, *rates: Rate) -> None:
        self._rates: dict[tuple[str, str, str], Rate] = {}
        self._validators: dict[RateFile, Validator] = {}
        self.put(*rates)

    def put(self, *rates: Rate) -> None:
        """Have these, too."""
        self._rates |= {(rate.day, rate.source, rate.currency): rate for rate in rates}

    async def keep(self, rates: Collection[Rate]) -> None:
        self.put(*rates)

    async def recent(self, until: str, days: int) -> list[Rate]:
        known = sorted({day for day, _, _ in self._rates if day <= until})[-days:]
        return sorted(
            (rate for rate in self._rates.values() if rate.day in known), key=lambda rate: rate.day
        )

    async def validator(self, file: RateFile) -> Validator | None:
        return self._validators.get(file)

    async def settle_file(self, file: RateFile, validator: Validator | None) -> None:
        self._validators.pop(file, None)
        if validator is not None:
            self._validators[file] = validator


class FakeThresholds:
    """`Thresholds`."""

    def __init__(self) -> None:
        self._kept: dict[tuple[ChatRef, str], Threshold] = {}
        self._owed: dict[str, tuple[float, Crossing]] = {}

    async def add(self, threshold: Threshold, limit: int) -> bool:
        name = threshold.chat, threshold.key
        if name not in self._kept and len(await self.of(threshold.chat)) >= limit:
            return False
        self._kept[name] = threshold
        return True

    async def remove(self, chat: ChatRef, key: str) -> bool:
        return self._kept.pop((chat, key), None) is not None

    async def of(self, chat: ChatRef) -> list[Threshold]:
        mine = [each for each in self._kept.values() if each.chat == chat]
        return sorted(mine, key=lambda each: (each.created, each.key))

    async def all(self) -> AsyncIterator[Threshold]:
        for threshold in list(self._kept.values()):
            yield threshold

    async def change(self, old: Threshold, new: Threshold, crossing: Crossing | None) -> bool:
        if self._kept.get((old.chat, old.key)) != old:
            return False
        self._kept[old.chat, old.key] = new
        if crossing is not None:
            self._owed[crossing.key] = crossing.at, crossing
        return True

    async def owed(self, now: float, limit: int) -> Sequence[Crossing]:
        due = sorted((at, name) for name, (at, _) in self._owed.items() if at <= now)
        return [self._owed[name][1] for _, name in due[:limit]]

    async def put_off(self, crossing: Crossing, until: float) -> None:
        if crossing.key in self._owed:
            self._owed[crossing.key] = until, crossing

    async def settle(self, crossing: Crossing) -> None:
        self._owed.pop(crossing.key, None)


class FakeBank:
    """`Bank`, whose files a test writes."""

    def __init__(self) -> None:
        self.files: dict[RateFile, Publication | SiteError] = {}
        self.asked: list[tuple[RateFile, Validator | None]] = []

    async def publication(
        self, file: RateFile, validator: Validator | None = None
    ) -> Publication | None:
        self.asked.append((file, validator))
        found = self.files.get(file, SiteError(f"{file}: no such file"))
        if isinstance(found, SiteError):
            raise found
        return None if validator and found.validator == validator else found
