"""What readers ask of rates. Every method raises StoreUnavailable."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from zoneinfo import ZoneInfo

import structlog

from bot.flows import rate_table
from bot.flows.convert import Days, Sum, convert
from bot.flows.fresh import Fresh
from bot.flows.rates import KNOWN_DAYS, bank_day, known_rates
from bot.flows.thresholds import judged
from bot.flows.wishes import Wish
from bot.messages.chart import Charts, Series
from bot.model import Bound, Chat, ChatRef, Converted, Language, Period, RateTable, Threshold
from bot.model.rates import DAILY
from bot.ports import Clock, Rates, Thresholds

MOST_THRESHOLDS = 20
FRESH_SECONDS = 5.0
"""So old may be what many are told of at the same minute of the morning."""

log = structlog.get_logger(__name__)


class Exchange:
    """Answers by what is kept, in the day of the chat that asks."""

    def __init__(self, rates: Rates, thresholds: Thresholds, clock: Clock) -> None:
        self._rates = rates
        self._thresholds = thresholds
        self._clock = clock
        self._charts = Charts()
        self._fresh = Fresh(clock, FRESH_SECONDS)

    async def table(self, chat: Chat) -> RateTable:
        """What holds on the chat's day."""
        today = self.today(chat)
        return await self._fresh.get(("table", today), lambda: self._table(today))

    async def _table(self, today: str) -> RateTable:
        return rate_table.table(await known_rates(self._rates, today), today)

    async def period(self, chat: Chat, asked: Days) -> Period | None:
        """One currency over some days; None where it has no rate."""
        today = self.today(chat)
        rates = await known_rates(self._rates, today, asked.days)
        of_it = [asked.currency], today, asked.days
        found = await asyncio.to_thread(rate_table.periods, rates, *of_it)
        return found[0] if found else None

    async def chart(self, chat: Chat, period: Period) -> bytes:
        """A PNG of it; empty where none can be drawn."""
        return await _drawn(
            lambda: self._charts.single(Series.of(period), period.days, chat.language)
        )

    async def overview(self, chat: Chat) -> bytes:
        """A PNG of what the bank publishes each working day, over 30 days; empty where nothing is
        known.
        """
        today, language = self.today(chat), chat.language
        return await self._fresh.get((today, language), lambda: self._overview(today, language))

    async def _overview(self, today: str, language: Language) -> bytes:
        rates = await known_rates(self._rates, today)
        periods = rate_table.periods(rates, DAILY, today, KNOWN_DAYS)
        if not periods:
            return b""
        return await _drawn(lambda: self._charts.overview([*map(Series.of, periods)], language))

    async def convert(self, chat: Chat, wanted: Sum) -> list[Converted]:
        """Into the currency that is named, or into each of the daily ones; empty where a rate
        is missing.
        """
        today = self.today(chat)
        rates = rate_table.in_force(await known_rates(self._rates, today), today)
        targets = [wanted.target] if wanted.target else DAILY
        found = [convert(replace(wanted, target=target), rates) for target in targets]
        return [each for each in found if each is not None]

    async def wait_for(self, chat: Chat, wish: Wish) -> Threshold | None:
        """A threshold for what is wished, armed unless it is there already; None where the
        currency has no rate. Raises TooMany.
        """
        now = self._clock.now()
        rates = await known_rates(self._rates, bank_day(now))
        rate = rate_table.newest(rates, wish.currency)
        if rate is None:
            return None
        towards = Bound.ABOVE if wish.level > rate.value else Bound.BELOW
        of_it = wish.currency, wish.bound or towards, wish.level.normalize(), rate.nominal
        made = Threshold(chat.ref, *of_it, base=Decimal(rate.value), created=now)
        made = made if made.bound is Bound.MOVE else judged(made, rate)[0]
        if not await self._thresholds.add(made, MOST_THRESHOLDS):
            raise TooMany
        return made

    async def thresholds(self, ref: ChatRef) -> list[Threshold]:
        """A chat's, oldest first."""
        return await self._thresholds.of(ref)

    async def forget(self, ref: ChatRef, key: str) -> bool:
        """False: there is none with this key."""
        return await self._thresholds.remove(ref, key)

    def today(self, chat: Chat) -> str:
        """The chat's day, ISO 8601."""
        return self._clock.now().astimezone(_zone(chat.timezone)).date().isoformat()


async def _drawn(draw: Callable[[], bytes]) -> bytes:
    """In a thread: it takes a tenth of a second of the processor, and others are waited for.
    Whatever it breaks down on costs the picture, not the text that goes with it.
    """
    try:
        return await asyncio.to_thread(draw)
    except Exception:
        log.exception("chart not drawn")
        return b""


class TooMany(Exception):
    """The chat has as many thresholds as it may."""


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return ZoneInfo("Asia/Bishkek")
