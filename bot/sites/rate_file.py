"""Rates in a file of somebody's: CSV, JSON, or the bank's own XML.

CSV has a line of names: day (or date), currency (or code), value (or rate), and, where it is not
1, nominal. JSON is a list of such objects, or {"metric": "kgs_usd", "series": [{"date", "value"}]},
or {"currency": …, "series": …}.
"""

import csv
import io
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from bot.model import Rate
from bot.ports import PageUnreadable
from bot.sites.charset import decode
from bot.sites.national_bank import read_rates

NAMES: Mapping[str, tuple[str, ...]] = {
    "day": ("day", "date"),
    "currency": ("currency", "code", "isocode"),
    "value": ("value", "rate"),
    "nominal": ("nominal", "units"),
}
NUMBER = re.compile(r"[0-9]{1,9}(?:[.,][0-9]{1,9})?")
NOMINAL = re.compile(r"[1-9][0-9]{0,5}")
CODE = re.compile(r"[A-Z]{3}")
METRIC = re.compile(r"kgs[_-]([a-z]{3})", re.IGNORECASE)
DAY = re.compile(r"(\d{2})\.(\d{2})\.(\d{4})", re.ASCII)


class FileUnreadable(Exception):
    """The text says why, in a line, with the file's name."""


@dataclass(frozen=True, slots=True)
class Found:
    """What a file holds."""

    rates: tuple[Rate, ...]
    bad: tuple[str, ...]
    """A line for each row that can't be read."""


def read(body: bytes, name: str) -> Found:
    """The rates of a file, all of them the bank's. Raises FileUnreadable."""
    try:
        text = decode(body, "", name).strip("\ufeff \r\n\t")
        if text.startswith("<"):
            return Found(*read_rates(text, name))
        rows = (
            _json(json.loads(text, parse_float=Decimal)) if text[:1] in {"[", "{"} else _csv(text)
        )
        found = _read(rows)
    except (PageUnreadable, ValueError, csv.Error, RecursionError) as error:
        raise FileUnreadable(f"{name}: {error}") from None
    if not found.rates and not found.bad:
        raise FileUnreadable(f"{name}: not a single rate in it")
    return found


def _csv(text: str) -> Iterable[Mapping[str, Any]]:
    first = text.partition("\n")[0]
    separator = max(",;\t", key=first.count)
    return csv.DictReader(io.StringIO(text), delimiter=separator)


def _json(given: Any) -> Iterable[Mapping[str, Any]]:
    if isinstance(given, dict):
        metric = METRIC.fullmatch(str(given.get("metric", "")))
        code = given.get("currency") or (metric[1] if metric else None)
        rows = given.get("series")
        shared = {"currency": code} | {key: given[key] for key in ("nominal",) if key in given}
    else:
        rows, shared = given, {}
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise ValueError("neither a list of rates nor a series of one currency")
    return [shared | row for row in rows]


def _read(rows: Iterable[Mapping[str, Any]]) -> Found:
    rates: list[Rate] = []
    bad: list[str] = []
    for number, row in enumerate(rows, 1):
        try:
            rates.append(_rate({str(key).strip().casefold(): row[key] for key in row}))
        except ValueError as error:
            bad.append(f"row {number}: {error}")
    return Found(tuple(rates), tuple(bad))


def _rate(row: Mapping[str, Any]) -> Rate:
    """Raises ValueError."""
    code, nominal = _said(row, "currency").upper(), _said(row, "nominal") or "1"
    value = _said(row, "value")
    if not CODE.fullmatch(code):
        raise ValueError(f"{code[:20]!r} is no currency")
    if not NOMINAL.fullmatch(nominal):
        raise ValueError(f"{nominal[:20]!r} is no nominal")
    if not NUMBER.fullmatch(value) or not Decimal(value.replace(",", ".")):
        raise ValueError(f"{value[:20]!r} is no rate")
    day = DAY.sub(r"\3-\2-\1", _said(row, "day"))
    amount = Decimal(value.replace(",", "."))
    return Rate(code, amount, date.fromisoformat(day).isoformat(), "bank", int(nominal))


def _said(row: Mapping[str, Any], field: str) -> str:
    found = (row[name] for name in NAMES[field] if row.get(name) is not None)
    return str(next(found, "")).strip()
