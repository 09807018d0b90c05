"""Histories of rates as people have them."""

import asyncio
import json
from pathlib import Path

import pytest

from bot import commands
from bot.commands import rate_import
from bot.settings import load
from bot.sites.rate_file import FileUnreadable, read
from bot.store.connection import connect
from bot.store.rates import RedisRates
from tests.builders.bank import bank_file, five_years, rate


@pytest.mark.parametrize(
    "body",
    [
        b"day,currency,value\n2026-03-02,USD,87.4500\n",
        b"\xef\xbb\xbfdate;code;rate;nominal\r\n02.03.2026;usd;87,4500;1\r\n",
        b"Date\tCurrency\tValue\n2026-03-02\tUSD\t87.4500\n",
        b'[{"day": "2026-03-02", "currency": "USD", "value": "87.4500"}]',
        b'{"metric": "kgs_usd", "series": [{"date": "2026-03-02", "value": 87.4500}]}',
        b'{"currency": "USD", "series": [{"date": "2026-03-02", "value": 87.4500}]}',
        bank_file("02.03.2026", ("USD", "87,4500")),
    ],
)
def test_each_form_says_the_same(body):
    assert read(body, "f").rates == (rate(),)


def test_a_row_that_can_not_be_read_is_named_and_the_rest_is_kept():
    found = read(b"day,currency,value,nominal\n2026-03-02,USD,87,1\nx,USD,1,1\n2026-03-02,EUR,,1\n"
                 b"2026-03-02,JPY,5.5,0\n2026-03-02,JPY,5.5,10\n", "f")  # fmt: skip
    assert [each.currency for each in found.rates] == ["USD", "JPY"]
    assert [line.partition(":")[0] for line in found.bad] == ["row 2", "row 3", "row 4"]


@pytest.mark.parametrize("body", [b"", b"{", b"[1]", b'{"a": 1}', b"<a/>", b"[" * 100_000])
def test_what_is_no_history_is_refused_in_a_line(body):
    with pytest.raises(FileUnreadable, match=r"^f: "):
        read(body, "f")


async def known_days(url):
    client = await connect(url, Path())
    days = {each.day for each in await RedisRates(client).recent("2026-12-31", 9999)}
    await client.close()
    return len(days)


def test_a_history_is_imported_twice_as_well_as_once(store_url, tmp_path, capsys):
    rows = [
        {"day": day, "currency": code, "value": str(value)}
        for day, values in five_years(days=400)
        for code, value in values.items()
    ]
    rows.append({"day": "2022-01-01", "currency": "USD", "value": "8500"})
    file = tmp_path / "history.json"
    file.write_text(json.dumps(rows), "utf-8")
    settings = load(redis_url=store_url)
    for _ in range(2):
        assert commands.import_rates(settings, str(file)) == rate_import.NONE
        said = capsys.readouterr()
        assert said.out == f"{len(rows) - 1} rates kept, 1 refused\n"
        assert "USD is 8500" in said.err
    assert asyncio.run(known_days(store_url)) == 400
    assert commands.import_rates(settings, str(tmp_path / "none")) == rate_import.ERROR
