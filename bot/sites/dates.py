"""Days and moments as the site writes them, in three languages, mostly without a year.

`12 March, Thursday` · `20 января, среда` · `12-март, бейшемби` · `10:14, 20 января 2021` ·
`2021-жылдын 20-январы`. Words are known by their first letters, so that every case ending fits.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

BISHKEK = ZoneInfo("Asia/Bishkek")

MONTHS = (
    "jan янв үчт", "feb фев бир", "mar мар жал", "apr апр чын", "may май мая мае бугу",
    "jun июн кул", "jul июл тек", "aug авг баш", "sep сен аяк", "oct окт тог", "nov ноя жет",
    "dec дек беш",
)  # fmt: skip
WEEKDAYS = (
    "mon пон дүй дуй", "tue вто шей", "wed сре шар", "thu чет бей", "fri пят жум",
    "sat суб ише", "sun вос жек",
)  # fmt: skip
DAYS_AGO = {"today": 0, "сегодня": 0, "бүгүн": 0, "yesterday": 1, "вчера": 1, "кечээ": 1}

TIME = re.compile(r"(?<![\d:])([01]?\d|2[0-3]):([0-5]\d)(?!\d)")
NUMERIC = re.compile(r"(?<!\d)(\d{1,2})[./](\d{1,2})[./]((?:19|20)\d\d)(?!\d)")
NUMBER = re.compile(r"(?<!\d)(?:(?P<year>(?:19|20)\d\d)|(?P<day>\d{1,2}))(?!\d)")
WORD = re.compile(r"[^\W\d_]+")

RECENT = timedelta(days=7)
"""A day so near is meant, whatever weekday is named: news must not turn old by a slip of it."""
OLDEST_YEARS = 12
"""A weekday and a day of the month meet again after at most so many years."""


def _by_stem(names: Sequence[str], first: int) -> dict[str, int]:
    return {stem: number for number, line in enumerate(names, first) for stem in line.split()}


MONTH = _by_stem(MONTHS, 1)
WEEKDAY = _by_stem(WEEKDAYS, 0)


def clock_time(text: str) -> time | None:
    """The first `HH:MM` in it."""
    found = TIME.search(text)
    return time(int(found[1]), int(found[2])) if found else None


def day(text: str, today: date) -> date | None:
    """The day it names: without a year, the latest such day until tomorrow (the site's clock may
    be ahead of ours) that falls on the weekday it names; None where it names no day.
    """
    text = TIME.sub(" ", text)
    words = WORD.findall(text.lower())
    if numeric := NUMERIC.search(text):
        return _date(int(numeric[3]), int(numeric[2]), int(numeric[1]))
    month = _first(words, MONTH)
    number, year = _number(text, "day"), _number(text, "year")
    if month is None or number is None:
        ago = next((DAYS_AGO[word] for word in words if word in DAYS_AGO), None)
        return None if ago is None else today - timedelta(days=ago)
    if year is not None:
        return _date(year, month, number)
    return _latest(month, number, _first(words, WEEKDAY), today + timedelta(days=1))


def moment(text: str, today: date) -> datetime | None:
    """The moment it names, in Bishkek; None where day or time is missing."""
    named, at = day(text, today), clock_time(text)
    return datetime.combine(named, at, BISHKEK) if named and at else None


def latest(at: time, until: datetime) -> datetime:
    """The latest moment with this time, for a row whose day is unknown."""
    found = datetime.combine(until.date(), at, BISHKEK)
    return found if found <= until else found - timedelta(days=1)


def _latest(month: int, number: int, weekday: int | None, until: date) -> date | None:
    years = range(until.year, until.year - OLDEST_YEARS, -1)
    dates = [found for year in years if (found := _date(year, month, number)) and found <= until]
    if dates and until - dates[0] <= RECENT:
        return dates[0]
    fitting = [found for found in dates if found.weekday() == weekday]
    return next(iter(fitting or dates), None)


def _date(year: int, month: int, number: int) -> date | None:
    try:
        return date(year, month, number)
    except ValueError:
        return None


def _first(words: Sequence[str], stems: Mapping[str, int]) -> int | None:
    return next(
        (stems[word[:size]] for word in words for size in (3, 4) if word[:size] in stems), None
    )


def _number(text: str, kind: str) -> int | None:
    return next((int(found[kind]) for found in NUMBER.finditer(text) if found[kind]), None)
