"""Sums as people write them."""

from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.flows.convert import Days, Sum, asked, convert
from bot.flows.wishes import Wish, wished
from bot.model import Amiss, Bound
from tests.builders.bank import rate

RATES = {
    "USD": rate("87.4500"),
    "EUR": rate("101.5076", currency="EUR"),
    "JPY": rate("5.4969", currency="JPY", nominal=10),
}


@pytest.mark.parametrize(
    ("words", "amount", "source", "target"),
    [
        ("100 usd", "100", "USD", "KGS"),
        ("5000 kgs eur", "5000", "KGS", "EUR"),
        ("100,5 usd", "100.5", "USD", "KGS"),
        ("100.5 USD", "100.5", "USD", "KGS"),
        ("$100", "100", "USD", "KGS"),
        ("100$", "100", "USD", "KGS"),
        ("€ 50", "50", "EUR", "KGS"),
        ("100 долларов", "100", "USD", "KGS"),
        ("100 долларга", "100", "USD", "KGS"),
        ("100 американских долларов", "100", "USD", "KGS"),
        ("5000 сом", "5000", "KGS", ""),
        ("5 000,50 сомов в евро", "5000.50", "KGS", "EUR"),
        ("1000 сомду рублга", "1000", "KGS", "RUB"),
        ("1,000 usd", "1000", "USD", "KGS"),
        ("1.000.000,25 usd", "1000000.25", "USD", "KGS"),
        ("0,125 usd", "0.125", "USD", "KGS"),
        ("10k usd to eur", "10000", "USD", "EUR"),
        ("2 млн тенге", "2000000", "KZT", "KGS"),
        ("100 теңге", "100", "KZT", "KGS"),
        ("100\u00a0000\u00a0usd?", "100000", "USD", "KGS"),
        ("usd eur", "1", "USD", "EUR"),
        ("usd 99.5", "99.5", "USD", "KGS"),
        ("5,5 usd", "5.5", "USD", "KGS"),
        ("100 долл", "100", "USD", "KGS"),
        ("100 долл. в руб.", "100", "USD", "RUB"),
        ("500 р", "500", "RUB", "KGS"),
        ("100 bucks", "100", "USD", "KGS"),
        ("how much is 100 usd in som?", "100", "USD", "KGS"),
        ("сколько будет 100 долларов в сомах", "100", "USD", "KGS"),
        ("100 доллар канча сом", "100", "USD", "KGS"),
        ("1000 сомго канча доллар", "1000", "KGS", "USD"),
        ("100 usd–eur", "100", "USD", "EUR"),
        ("100 usd - eur", "100", "USD", "EUR"),
    ],
)
def test_a_sum_is_understood(words, amount, source, target):
    assert asked(words) == Sum(Decimal(amount), source, target)


@pytest.mark.parametrize(
    ("words", "currency", "days"),
    [
        ("eur 90", "EUR", 90),
        ("евро", "EUR", 30),
        ("рубль 365", "RUB", 365),
        ("GBP 30", "GBP", 30),
        ("курс доллара", "USD", 30),
        ("доллардын курсу", "USD", 30),
    ],
)
def test_days_come_after_the_currency(words, currency, days):
    assert asked(words) == Days(currency, days)


@pytest.mark.parametrize(
    "words",
    ["100", "visa", "100 apples", "-", "100 usd usd", "0 usd usd", "1 2,3,4 usd", "12 34 usd",
     "100 usd eur rub", "kgs", "сом", "1e5 usd", "1e400 usd", "x" * 5000, "-5", "-5 apples"],
)  # fmt: skip
def test_what_is_no_sum_is_no_sum(words):
    assert asked(words) is None


@pytest.mark.parametrize(
    "words",
    ["-5 usd", "- 5 usd", "−5 usd", "–5 000,5 евро", "$-5", "-$5", "€ -5", "usd -5", "-100 сом",
     "0 usd", "0,00 евро", "usd 0", "0 сом eur"],
)  # fmt: skip
def test_a_sum_that_is_not_above_zero_is_known_for_that(words):
    assert asked(words) is Amiss.NOT_POSITIVE


@pytest.mark.parametrize("words", ["9" * 30 + " usd", "1000000000000001 сом", "9999999999 млн eur"])
def test_a_sum_beyond_all_money_is_known_for_that(words):
    assert asked(words) is Amiss.TOO_MUCH


@given(st.text(max_size=120))
@example("١٠٠ usd")
@example("1" * 99 + "$")
@example("$" * 50)
def test_any_text_is_answered(words):
    found = asked(words)
    assert found is None or isinstance(found, Sum | Days | Amiss)
    if isinstance(found, Sum):
        assert found.amount > 0
        assert found.source != found.target
    wished(words)


@given(
    st.integers(1, 10**12),
    st.sampled_from([("", ""), (".", ""), (",", "")]),
    st.integers(0, 99),
    st.sampled_from(["usd", "$", "долларов", "доллар"]),
)
def test_a_number_means_the_same_with_a_comma_and_a_point(whole, marks, cents, name):
    mark = marks[0]
    number = f"{whole}{mark}{cents:02}" if mark else str(whole)
    expected = Decimal(whole) + (Decimal(cents) / 100 if mark else 0)
    assert asked(f"{number} {name}") == Sum(expected, "USD", "KGS")


@given(st.decimals("0.01", "1000000000", places=2), st.sampled_from(["USD", "EUR", "JPY"]))
def test_there_and_back_is_the_same_to_the_cent_of_what_was_rounded(amount, currency):
    som = convert(Sum(amount, currency, "KGS"), RATES)
    worth = RATES[currency].value / RATES[currency].nominal
    assert abs(som.result - amount * worth) <= Decimal("0.005")
    back = convert(Sum(som.result, "KGS", currency), RATES)
    assert abs(back.result - amount) <= Decimal("0.005") / worth + Decimal("0.0051")


def test_a_nominal_is_taken_into_account_and_the_rates_are_named():
    found = convert(Sum(Decimal(1000), "JPY", "USD"), RATES)
    assert found.result == Decimal("6.29")
    assert found.by == (RATES["JPY"], RATES["USD"])


def test_a_half_is_rounded_up_and_what_is_small_keeps_four_digits():
    half = {"USD": rate("87.4450")}
    assert convert(Sum(Decimal(1), "USD", "KGS"), half).result == Decimal("87.45")
    assert str(convert(Sum(Decimal(1), "KGS", "USD"), RATES).result) == "0.01144"


def test_a_currency_without_a_rate_is_not_converted():
    assert convert(Sum(Decimal(1), "GBP", "KGS"), RATES) is None


@pytest.mark.parametrize(
    ("words", "wish"),
    [
        ("usd > 88", Wish("USD", Bound.ABOVE, Decimal(88))),
        ("usd>88,5", Wish("USD", Bound.ABOVE, Decimal("88.5"))),
        ("$ < 85.1234", Wish("USD", Bound.BELOW, Decimal("85.1234"))),
        ("доллар выше 88", Wish("USD", Bound.ABOVE, Decimal(88))),
        ("евро төмөн 95", Wish("EUR", Bound.BELOW, Decimal(95))),
        ("rub 5%", Wish("RUB", Bound.MOVE, Decimal(5))),
        ("рубль ± 0,5 %", Wish("RUB", Bound.MOVE, Decimal("0.5"))),
        ("рубль 5 процентов", Wish("RUB", Bound.MOVE, Decimal(5))),
        ("рубль 5 пайызга", Wish("RUB", Bound.MOVE, Decimal(5))),
        ("доллар выше 88 сомов", Wish("USD", Bound.ABOVE, Decimal(88))),
        ("доллар 90дон жогору", Wish("USD", Bound.ABOVE, Decimal(90))),
        ("евро 95,5 сомдон төмөн", Wish("EUR", Bound.BELOW, Decimal("95.5"))),
        ("usd 88", Wish("USD", None, Decimal(88))),
        ("usd = 88", Wish("USD", None, Decimal(88))),
        ("доллар до 90", Wish("USD", None, Decimal(90))),
    ],
)
def test_a_threshold_is_understood(words, wish):
    assert wished(words) == wish


@pytest.mark.parametrize(
    "words",
    [
        "",
        "usd",
        "> 88",
        "kgs > 1",
        "usd > 0",
        "rub > 5%",
        "usd > -5",
        "usd -5%",
        "rub 5% %",
        "usd > 88 <",
        "usd 88 apples",
        "usd 1001%",
        "usd 88 sum",
    ],
)
def test_what_is_no_threshold_is_none(words):
    assert wished(words) is None
