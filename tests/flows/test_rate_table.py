"""Which rate is shown on which day, and what can be believed."""

from datetime import date
from decimal import Decimal

import pytest

from bot.flows.rate_checks import believed, reason_against
from bot.flows.rate_table import disagreeing, in_force, newest, periods, table
from bot.model.rates import to_cent
from tests.builders.bank import five_years, rate

FRIDAY, SATURDAY, SUNDAY, MONDAY, TUESDAY = (f"2026-03-{day:02}" for day in (6, 7, 8, 9, 10))
TODAY = date(2026, 3, 10)


def values(figures):
    return {each.rate.currency: str(each.rate.value) for each in figures}


def week(*, carried=True):
    """Published for Friday, Saturday and Tuesday; between, the file goes on saying the same."""
    known = [rate("87.4000", FRIDAY), rate("87.5000", SATURDAY), rate("87.6000", TUESDAY)]
    return known + [rate("87.5000", day) for day in (SUNDAY, MONDAY)] * carried


def test_the_change_is_against_the_publication_before():
    shown = table(week(), SATURDAY)
    assert shown.is_new
    assert shown.figures[0].move.amount == Decimal("0.1")


@pytest.mark.parametrize("carried", [True, False])
def test_a_day_off_has_no_new_rate_and_the_change_stays(carried):
    shown = table(week(carried=carried), MONDAY)
    assert not shown.is_new
    assert shown.since == SATURDAY
    assert values(shown.figures) == {"USD": "87.5000"}
    assert shown.figures[0].move.amount == Decimal("0.1")


def test_after_a_weekend_the_change_is_against_saturday():
    assert table(week(), TUESDAY).figures[0].before.value == Decimal("87.5")


def test_tomorrows_are_shown_when_they_are_published_and_are_new():
    assert values(table(week(), MONDAY).tomorrow) == {"USD": "87.6000"}
    assert table([rate("87.5", SATURDAY), rate("87.5", SUNDAY)], SATURDAY).tomorrow == ()
    only_site = [rate("87.5", SATURDAY), rate("88.00", SUNDAY, source="site")]
    assert table(only_site, SATURDAY).tomorrow == ()


def test_a_sunday_that_works_brings_a_new_rate():
    assert table([*week(carried=False), rate("87.7000", SUNDAY)], SUNDAY).is_new


def test_the_bank_goes_before_the_site_and_the_site_before_yesterday():
    known = [rate("87.4000", FRIDAY), rate("87.51", SATURDAY, source="site")]
    assert values(table(known, SATURDAY).figures) == {"USD": "87.51"}
    assert values(table([*known, rate("87.5123", SATURDAY)], SATURDAY).figures) == {
        "USD": "87.5123"
    }
    assert table(known, TUESDAY).figures[0].rate.day == SATURDAY


def test_a_header_that_rounds_what_the_bank_said_is_no_new_rate():
    known = [rate("1.1000", FRIDAY, "RUB"), rate("1.1049", SATURDAY, "RUB")]
    shown = table([*known, rate("1.10", SUNDAY, "RUB", "site")], SUNDAY)
    assert not shown.is_new
    assert shown.figures[0].rate.source == "site"
    again = table([*known, rate("1.10", SUNDAY, "RUB", "site"), rate("1.1060", TUESDAY, "RUB")],
                  TUESDAY)  # fmt: skip
    assert again.figures[0].move.amount == Decimal("0.0011")


def test_half_a_header_leaves_the_rest_as_it_was():
    known = [rate("87.4", FRIDAY), rate("1.1", FRIDAY, "RUB")]
    shown = table([*known, rate("87.90", SATURDAY, source="site")], SATURDAY)
    assert [each.rate.day for each in shown.figures] == [SATURDAY, FRIDAY]


def test_weekly_rates_make_no_publication_of_the_daily_ones():
    known = [rate("87.4", FRIDAY), rate("87.4", SATURDAY), rate("117.4", SATURDAY, "GBP")]
    assert table(known, SATURDAY).since == FRIDAY
    assert in_force(known, SUNDAY)["GBP"].value == Decimal("117.4")


def test_new_year_is_one_long_day_off():
    known = [rate("87.4177", "2025-12-31"), rate("87.4435", "2026-01-01")]
    shown = table([*known, *(rate("87.4435", f"2026-01-{d:02}") for d in range(2, 13))],
                  "2026-01-12")  # fmt: skip
    assert (shown.since, shown.figures[0].move.amount) == ("2026-01-01", Decimal("0.0258"))


def test_a_header_agrees_with_the_bank_on_every_day_of_five_years():
    for day, values in five_years():
        bank = [rate(str(value), day, code) for code, value in values.items()]
        site = [rate(str(to_cent(value)), day, code, "site") for code, value in values.items()]
        assert disagreeing([*bank, *site], day) == []
        wrong = rate(str(to_cent(values["USD"]) + Decimal("0.01")), day, "USD", "site")
        assert disagreeing([*bank, wrong], day) == [(wrong, bank[0])]


def test_a_half_is_rounded_up_as_the_site_does():
    assert str(to_cent(Decimal("87.4450"))) == "87.45"
    assert str(to_cent(Decimal("0.1850"))) == "0.19"


def test_all_of_five_years_is_believed_and_only_working_days_are_new():
    days = list(five_years())
    known = [rate(str(value), day, code) for day, values in days for code, value in values.items()]
    assert believed(known, date(2026, 8, 1))[1] == []
    months = [rate for rate in known if "2025-12-20" <= rate.day <= "2026-01-31"]
    published = {day for day, _ in days if day > "2025-12-20" and table(months, day).is_new}
    assert "2026-01-01" in published
    assert not published & {"2025-12-28", "2025-12-29", *(f"2026-01-{n:02}" for n in range(2, 11))}


def test_a_period_leaves_out_days_without_a_publication():
    assert [each.day for each in periods(week(), ["USD"], TUESDAY, 30)[0].rates] == [
        FRIDAY,
        SATURDAY,
        TUESDAY,
    ]
    assert periods(week(), ["EUR"], TUESDAY, 30) == []


def test_thresholds_go_by_the_banks_decimals_unless_it_is_long_silent():
    known = [rate("87.4491", FRIDAY), rate("87.45", MONDAY, source="site")]
    assert newest(known, "USD").source == "bank"
    assert newest([*known, rate("88.00", "2026-04-09", source="site")], "USD").source == "site"
    assert newest(known, "EUR") is None


@pytest.mark.parametrize(
    "bad",
    [
        rate("0", MONDAY),
        rate("-87.45", MONDAY),
        rate("NaN", MONDAY),
        rate("874.5", MONDAY),
        rate("8.745", MONDAY),
        rate("87.45", MONDAY, nominal=10),
        rate("87.45", "2026-03-15"),
        rate("87.45", "1992-01-01"),
    ],
)
def test_what_can_not_be_is_refused(bad):
    assert reason_against(bad, [rate("87.45", FRIDAY)], TODAY)


@pytest.mark.parametrize(
    "good", [rate("100", MONDAY), rate("60", MONDAY), rate("88", "2026-03-14")]
)
def test_what_may_be_is_believed(good):
    assert reason_against(good, [rate("87.45", FRIDAY)], TODAY) is None
