"""Every rate that was ever good: a small hash a day, and which days there are."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, Literal, cast

from bot.model import Rate, Validator
from bot.ports import RateFile
from bot.store import keys, records
from bot.store.connection import Client, Command

AT_ONCE = 100


class RedisRates:
    """`Rates`."""

    def __init__(self, client: Client) -> None:
        self._client = client

    async def keep(self, rates: Collection[Rate]) -> None:
        """One round trip. A day is known only after it has its rates."""
        by_day: defaultdict[str, list[str]] = defaultdict(list)
        for rate in rates:
            by_day[rate.day] += [f"{rate.source}:{rate.currency}", f"{rate.nominal} {rate.value}"]
        kept: list[Command] = [("HSET", keys.rates(day), *row) for day, row in by_day.items()]
        known: list[Command] = [("ZADD", keys.RATE_DAYS, _number(day), day) for day in by_day]
        if kept:
            await self._client.execute_all(kept + known)

    async def recent(self, until: str, days: int) -> list[Rate]:
        """Two round trips, and one more for each so many days: a reading of years lets others have
        their turns.
        """
        asked = ("ZRANGE", keys.RATE_DAYS, _number(until), "-inf", "BYSCORE", "REV")
        found = [day.decode() for day in await self._client.execute(*asked, "LIMIT", 0, days)]
        if not found:
            return []
        found.reverse()
        parts = [found[at : at + AT_ONCE] for at in range(0, len(found), AT_ONCE)]
        return [rate for days in parts for rate in await self._of(days)]

    async def _of(self, days: Sequence[str]) -> list[Rate]:
        rows = await self._client.execute_all([("HGETALL", keys.rates(day)) for day in days])
        return [rate for day, row in zip(days, rows, strict=True) for rate in _rates(day, row)]

    async def validator(self, file: RateFile) -> Validator | None:
        """One round trip."""
        text = await self._client.execute("HGET", keys.RATE_FILES, file)
        return records.load_validator(text) if text else None

    async def settle_file(self, file: RateFile, validator: Validator | None) -> None:
        """One round trip."""
        if validator is None:
            await self._client.execute("HDEL", keys.RATE_FILES, file)
        else:
            text = records.dump_validator(validator)
            await self._client.execute("HSET", keys.RATE_FILES, file, text)


def _number(day: str) -> int:
    return date.fromisoformat(day).toordinal()


def _rates(day: str, row: Any) -> list[Rate]:
    pairs = row.items() if isinstance(row, dict) else zip(row[::2], row[1::2], strict=True)
    return [_rate(day, name.decode(), value.decode()) for name, value in pairs]


def _rate(day: str, name: str, value: str) -> Rate:
    source, _, code = name.partition(":")
    nominal, _, amount = value.partition(" ")
    said = cast("Literal['site', 'bank']", source)
    return Rate(code, Decimal(amount), day, said, int(nominal))
