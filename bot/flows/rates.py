"""What the som is worth: the bank's files when they may be new, the site's header as it passes by.

bank: file → figures that can be believed → kept → its validator
site: header → figures that can be believed → kept → do the two agree?
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

import structlog

from bot.flows.rate_checks import reason_against
from bot.flows.rate_table import disagreeing, known_days, later
from bot.flows.troubles import Troubles
from bot.model import Rate
from bot.ports import Bank, Clock, RateFile, Rates, SiteError, SiteUnavailable

BISHKEK = ZoneInfo("Asia/Bishkek")
BUSY_HOURS = range(14, 18)
"""When the bank publishes, on working days."""
WORKING_DAYS = range(5)
BUSY_SECONDS, IDLE_SECONDS = 900.0, 3600.0
WEEKLY_SECONDS = 86400.0
HEADER_SECONDS = 3600.0
PATIENCE = 3
"""Files that can't be had in a row before it is said: the bank's site rests at night."""
SITE_PATIENCE = 30
"""Headers that disagree in a row: after midnight it may show the day before for a while."""
KNOWN_DAYS = 30

log = structlog.get_logger(__name__)


def interval(file: RateFile, now: datetime) -> float:
    """Seconds between two looks at a file of the bank's, at the usual pace."""
    if file == "weekly":
        return WEEKLY_SECONDS
    local = now.astimezone(BISHKEK)
    is_busy = local.weekday() in WORKING_DAYS and local.hour in BUSY_HOURS
    return BUSY_SECONDS if is_busy else IDLE_SECONDS


def bank_day(now: datetime) -> str:
    """The day at the bank, ISO 8601."""
    return now.astimezone(BISHKEK).date().isoformat()


async def known_rates(rates: Rates, today: str, days: int = KNOWN_DAYS) -> list[Rate]:
    """All of the last days, and what is published for later. Raises StoreUnavailable."""
    return await rates.recent(later(today, days=8), known_days(days))


class FollowRates:
    """Keeps every figure that can be believed; what can't is refused, and said once."""

    def __init__(
        self,
        bank: Bank | None,
        rates: Rates,
        clock: Clock,
        troubles: Troubles,
        *,
        pace: float = 1.0,
    ) -> None:
        """`pace`: of the usual intervals, for a bank that may be asked more often."""
        self._bank = bank
        self._pace = pace
        self._rates = rates
        self._clock = clock
        self._troubles = troubles
        self._asked: dict[RateFile, datetime] = {}
        self._header: tuple[Rate, ...] = ()
        self._noticed: datetime | None = None

    async def poll(self) -> None:
        """Ask the bank for what may be new by now. Raises StoreUnavailable."""
        files: tuple[RateFile, ...] = ("daily", "weekly")
        for file in files:
            if self._bank is not None and self._is_due(file):
                await self._look(self._bank, file)
                self._asked[file] = self._clock.now()

    def _is_due(self, file: RateFile) -> bool:
        now = self._clock.now()
        asked = self._asked.get(file)
        if asked is None:
            return True
        return (now - asked).total_seconds() >= interval(file, now) * self._pace

    async def _look(self, bank: Bank, file: RateFile) -> None:
        name = f"rates {file}"
        try:
            found = await bank.publication(file, await self._rates.validator(file))
        except SiteError as error:
            patience = PATIENCE if isinstance(error, SiteUnavailable) else 0
            self._troubles.begin(name, str(error), patience)
            return
        self._troubles.end(name)
        if found is not None:
            kept = await self._keep(f"figures {file}", found.rates, found.bad)
            await self._rates.settle_file(file, found.validator)
            log.info("rates kept", file=file, count=kept)
            await self._compare()

    def wants_header(self) -> bool:
        """Whether none was seen for an hour: a listing that is the same as before shows none, and
        at night it may be the same from one day to the next.
        """
        if self._noticed is None:
            return True
        return (self._clock.now() - self._noticed).total_seconds() >= HEADER_SECONDS

    async def notice(self, header: Sequence[Rate]) -> None:
        """What a page's header says; some or all may be missing. Raises StoreUnavailable."""
        self._noticed = self._clock.now()
        if not header:
            return
        if tuple(header) != self._header:
            await self._keep("figures site", header)
            self._header = tuple(header)
        await self._compare()

    async def _keep(self, name: str, found: Iterable[Rate], bad: Sequence[str] = ()) -> int:
        """Those that can be believed; how many."""
        today = date.fromisoformat(bank_day(self._clock.now()))
        known = await known_rates(self._rates, today.isoformat())
        judged = {rate: reason_against(rate, known, today) for rate in found}
        good = [rate for rate, reason in judged.items() if reason is None]
        refused = [*bad, *filter(None, judged.values())]
        await self._rates.keep(good)
        if refused:
            self._troubles.begin(name, "; ".join(refused[:3]))
        else:
            self._troubles.end(name)
        return len(good)

    async def _compare(self) -> None:
        today = bank_day(self._clock.now())
        found = disagreeing(await self._rates.recent(today, 1), today)
        if not found:
            self._troubles.end("rates disagree")
            return
        said = ", ".join(f"{site.currency} {site.value}, not {bank.value}" for site, bank in found)
        self._troubles.begin("rates disagree", f"the site says of {today}: {said}", SITE_PATIENCE)
