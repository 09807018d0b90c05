"""The bank's files as they were in 2013 and are in 2026, and what is no such file."""

from decimal import Decimal

import pytest
from aiohttp import web

from bot.model import Validator
from bot.ports import PageUnreadable
from bot.sites.charset import decode
from bot.sites.http import HttpReader
from bot.sites.national_bank import MOST_CHARACTERS, XML, NationalBank, read_rates
from tests.builders.bank import bank_file, rate
from tests.builders.page_server import serving
from tests.fakes.clock import FakeClock

URL = "https://bank.example/XML/daily.xml"


def read(body):
    return read_rates(decode(body, "", URL), URL)


def test_a_file_of_2013_has_four_currencies_and_a_sunday_as_its_day():
    found, bad = read(
        bank_file("15.12.2013", ("USD", "49,1834"), ("EUR", "67,5001"), ("KZT", "0,3186"))
    )
    assert found == (
        rate("49.1834", "2013-12-15"),
        rate("67.5001", "2013-12-15", "EUR"),
        rate("0.3186", "2013-12-15", "KZT"),
    )
    assert bad == ()


def test_currencies_are_known_by_their_code_in_any_order_and_set():
    rows = ("RUB", "1,2263"), ("CNY", "12,8707"), ("XDR", "119,52"), ("USD", "87,4500")
    found, _ = read(bank_file("24.05.2026", *rows))
    assert [(each.currency, str(each.value)) for each in found] == [
        ("RUB", "1.2263"),
        ("CNY", "12.8707"),
        ("XDR", "119.52"),
        ("USD", "87.4500"),
    ]


def test_the_weekly_file_has_nominals():
    rows = ("JPY", "5,4969"), ("IDR", "0,0494"), ("GBP", "117,4147")
    body = bank_file("23.05.2026", *rows, name="Weekly", nominals={"JPY": 10, "IDR": 100})
    found, bad = read(body)
    assert [each.nominal for each in found] == [10, 100, 1]
    assert bad == ()


def test_words_in_windows_1251_are_no_hindrance():
    text = bank_file("24.05.2026", ("USD", "87,45")).decode("cp1251")
    body = text.replace("Daily Exchange Rates", "Ежедневные курсы").encode("cp1251")
    assert read(body)[0][0].value == Decimal("87.45")


@pytest.mark.parametrize("value", ["87.4500", " 87,4500 ", "\n87,45\u00a000\n"])
def test_a_point_and_blanks_are_read_too(value):
    assert read(bank_file("24.05.2026", ("USD", value)))[0][0].value == Decimal("87.4500")


@pytest.mark.parametrize("value", ["", "-", "1,2,3", "NaN", "Infinity", "1e5", "87,45 KGS", "٨٧"])
def test_a_value_that_is_no_number_spoils_no_other(value):
    text = bank_file("24.05.2026", ("USD", "@"), ("EUR", "101,5"), ("RUB", "1,1")).decode("cp1251")
    found, bad = read(text.replace("@", value).replace("windows-1251", "utf-8").encode())
    assert [each.currency for each in found] == ["EUR", "RUB"]
    assert len(bad) == 1
    assert "USD" in bad[0]


def test_two_values_for_one_currency_are_told():
    found, bad = read(bank_file("24.05.2026", ("USD", "87,45"), ("USD", "88,45"), ("USD", "87,45")))
    assert [str(each.value) for each in found] == ["87.45"]
    assert len(bad) == 1


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html><body>Try again later</body></html>",
        bank_file("24.05.2026"),
        bank_file("", ("USD", "87,45")),
        bank_file("31.02.2026", ("USD", "87,45")),
        bank_file("24.05.2026", ("USD", "87,45"))[:-20],
        b'<!DOCTYPE CurrencyRates [<!ENTITY a "b">]>' + bank_file("24.05.2026", ("USD", "1"))[46:],
        b"<CurrencyRates>" + b"<a>" * 100,
        b'<CurrencyRates Date="24.05.2026">' + b" " * MOST_CHARACTERS + b"</CurrencyRates>",
    ],
)
def test_what_is_no_file_of_the_banks_is_refused_in_one_line(body):
    with pytest.raises(PageUnreadable, match="bank") as caught:
        read(body)
    assert "\n" not in str(caught.value)


async def test_a_file_is_asked_for_on_a_condition_and_the_weekly_one_lies_beside_it():
    async def answer(request):
        if request.headers.get("If-None-Match") == '"1"':
            return web.Response(status=304)
        body = bank_file("24.05.2026", ("USD", "87,45"))
        return web.Response(body=body, content_type="text/xml", headers={"ETag": '"1"'})

    async with serving(answer) as pages:
        reader = HttpReader(pages.url, FakeClock(), agent="test", pause=0, kinds=XML)
        async with reader:
            bank = NationalBank(f"{pages.url}/XML/daily.xml", reader)
            found = await bank.publication("daily")
            assert found.validator == Validator('"1"')
            assert await bank.publication("daily", found.validator) is None
            assert (await bank.publication("weekly")).rates == found.rates
    paths = [request.path for request in pages.requests]
    assert paths == ["/XML/daily.xml", "/XML/daily.xml", "/XML/weekly.xml"]
