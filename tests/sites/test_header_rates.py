from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from bot.sites.header_rates import header_rates

NOW = datetime(2026, 3, 12, 9, 43, tzinfo=UTC)


def rates(html, now=NOW):
    tree = LexborHTMLParser(f'<div id="currencies">{html}</div>')
    return {rate.currency: str(rate.value) for rate in header_rates(tree, now)}


ALL = {"USD": "87.45", "EUR": "101.56", "RUB": "1.11"}


@pytest.mark.parametrize(
    "html",
    [
        "USD 87.45 EUR 101.56 RUB 1.11",
        "15:43 USD 87,45 EUR 101,56 RUB 1,11",
        "USD&nbsp;87.45<br>EUR&nbsp;101.56<br>RUB&nbsp;1.11<span>15:43</span>",
        "<ul><li><a>USD</a><i>▲</i><b>87.45</b><li><a>EUR</a><b>101.56</b><li>RUB: 1.11</ul>",
        "<b>USD</b><b>87.45</b><b>EUR</b><b>101.56</b><b>RUB</b><b>1.11</b><b>15:43</b>",
        "<span>date 2026-03-12 15:43</span> USD 87.45 EUR 101.56 RUB 1.11 USD 99.99",
    ],
)
def test_the_rates_are_found_by_text_whatever_the_markup(html):
    assert rates(html) == ALL


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("USD 87.45 EUR", {"USD": "87.45"}),
        ("USD EUR 101.56", {"EUR": "101.56"}),
        ("USD 15:43", {}),
        ("USD 15:43 EUR 101.56", {"EUR": "101.56"}),
        ("USD 2026-03-12", {}),
        ("USD 0.00", {}),
        ("USD —", {}),
        ("15:43", {}),
        ("KZT 0.18", {}),
        ("USDT 1.00", {}),
        ("", {}),
    ],
)
def test_what_is_there_by_half_is_read_by_half(html, expected):
    assert rates(html) == expected


def test_a_page_without_the_block_has_no_rates_and_that_is_normal():
    assert header_rates(LexborHTMLParser("<p>USD 87.45</p>"), NOW) == ()


def test_they_are_of_the_day_in_bishkek_on_which_the_page_was_loaded():
    tree = LexborHTMLParser('<div id="currencies">USD 87.45</div>')
    (rate,) = header_rates(tree, datetime(2026, 3, 12, 18, 30, tzinfo=UTC))
    assert (rate.day, rate.source, rate.nominal) == ("2026-03-13", "site", 1)


@given(st.text(alphabet=st.sampled_from("USDEURB 0123456789.,:-x\xa0٣"), max_size=60))
def test_no_text_makes_the_reader_of_rates_raise(text):
    rates(text)
