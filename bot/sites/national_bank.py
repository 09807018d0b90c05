"""The National Bank's official rates: `daily.xml`, and `weekly.xml` beside it.

<CurrencyRates Name="…" Date="24.05.2026"><Currency ISOCode="USD"><Nominal>1</Nominal>
<Value>87,4500</Value></Currency>…</CurrencyRates>, in windows-1251. `Date` is the day on which
they take effect, mostly tomorrow. Set and order of currencies have changed over the years.
"""

import asyncio
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from urllib.parse import urljoin
from xml.parsers import expat

from bot.model import Rate, Validator
from bot.ports import PageUnreadable, Publication, RateFile
from bot.sites.http import HttpReader

XML = frozenset({"application/xml", "text/xml", "text/plain", "application/octet-stream", ""})
MOST_CHARACTERS = 256 * 1024
MOST_DEPTH = 8
DATE = re.compile(r"\d{2}\.\d{2}\.\d{4}")
NUMBER = re.compile(r"-?\d{1,9}(?:[.,]\d{1,9})?", re.ASCII)
NOMINAL = re.compile(r"[1-9]\d{0,5}", re.ASCII)
CODE = re.compile(r"[A-Z]{3}")
BLANKS = re.compile(r"[\s\u00a0]+")


class NationalBank:
    """`Bank`, whose daily file is at `url`."""

    def __init__(self, url: str, reader: HttpReader) -> None:
        self._urls: dict[RateFile, str] = {"daily": url, "weekly": urljoin(url, "weekly.xml")}
        self._reader = reader

    async def publication(
        self, file: RateFile, validator: Validator | None = None
    ) -> Publication | None:
        """See `Bank`."""
        answer = await self._reader.read(self._urls[file], validator)
        if answer is None:
            return None
        rates, bad = await asyncio.to_thread(read_rates, answer.html, answer.url)
        return Publication(rates, bad, answer.validator)


def read_rates(text: str, url: str) -> tuple[tuple[Rate, ...], tuple[str, ...]]:
    """The file's rates, and a line for each that can't be read. A number below zero is read: what
    is absurd is not for a parser to say. Raises PageUnreadable.
    """
    document = _parsed(text, url)
    day = _day(document.date, url)
    rates: dict[str, Rate] = {}
    bad: list[str] = []
    for row in document.rows:
        rate = _rate(row, day)
        if isinstance(rate, str):
            bad.append(rate)
        elif rates.setdefault(rate.currency, rate) != rate:
            bad.append(f"{rate.currency} is there twice, with two values")
    if not rates:
        raise PageUnreadable(f"{url}: not a single rate in it: {bad[:1]}")
    return tuple(rates.values()), tuple(bad)


def _day(said: str, url: str) -> str:
    try:
        if DATE.fullmatch(said):
            return datetime.strptime(said, "%d.%m.%Y").date().isoformat()  # noqa: DTZ007 - a day
        return date.fromisoformat(said).isoformat()
    except ValueError:
        raise PageUnreadable(f"{url}: rates of no day: {said[:40]!r}") from None


def _rate(row: dict[str, str], day: str) -> Rate | str:
    """The rate, or what is wrong with it."""
    code, value = row.get("ISOCode", "").strip().upper(), _tight(row, "Value")
    nominal = _tight(row, "Nominal") or "1"
    if not CODE.fullmatch(code):
        return f"{code[:20]!r} is no currency"
    if not NOMINAL.fullmatch(nominal):
        return f"{code} for {nominal[:20]!r} units"
    if not NUMBER.fullmatch(value):
        return f"{code} is {value[:20]!r}, which is no number"
    return Rate(code, Decimal(value.replace(",", ".")), day, "bank", int(nominal))


def _tight(row: dict[str, str], name: str) -> str:
    return BLANKS.sub("", row.get(name, ""))


@dataclass(slots=True)
class _Document:
    """What the parser has seen so far."""

    date: str = ""
    rows: list[dict[str, str]] = field(default_factory=list)
    path: list[str] = field(default_factory=list)

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self.path.append(name)
        if len(self.path) > MOST_DEPTH:
            raise ValueError("elements too deep in each other")
        if len(self.path) == 1:
            self._begin(name, attributes)
        if name == "Currency":
            self.rows.append({"ISOCode": attributes.get("ISOCode", "")})

    def _begin(self, name: str, attributes: dict[str, str]) -> None:
        if name != "CurrencyRates":
            raise ValueError(f"<{name[:40]}> and not <CurrencyRates>")
        self.date = attributes.get("Date", "").strip()

    def end(self, _: str) -> None:
        self.path.pop()

    def text(self, text: str) -> None:
        if self.path[1:2] == ["Currency"] and len(self.path) > 2:  # noqa: PLR2004 - within a row
            row = self.rows[-1]
            row[self.path[2]] = row.get(self.path[2], "") + text


def _parsed(text: str, url: str) -> _Document:
    if len(text) > MOST_CHARACTERS:
        raise PageUnreadable(f"{url}: larger than {MOST_CHARACTERS} characters")
    document, parser = _Document(), expat.ParserCreate()
    parser.StartElementHandler = document.start
    parser.EndElementHandler = document.end
    parser.CharacterDataHandler = document.text
    # Without a document type there are no entities but XML's own five.
    parser.StartDoctypeDeclHandler = _refuse
    try:
        parser.Parse(text.strip("\ufeff \r\n\t"), True)
    except (expat.ExpatError, ValueError) as error:
        raise PageUnreadable(f"{url}: is not the bank's XML: {error}") from None
    return document


def _refuse(*_: object) -> Iterator[None]:
    raise ValueError("a document type, which the bank has not")
