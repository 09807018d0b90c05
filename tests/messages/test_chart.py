"""What a chart shows is what the series says: read back from what was drawn."""

from datetime import timedelta
from decimal import Decimal

import pytest

from bot.messages.chart import Series, labels, panels, plot
from bot.model import Language
from tests.messages.drawn import Drawn, moved, number, straight
from tests.messages.rates import LAST, everyday, held, series, walk

LANGUAGES = pytest.mark.parametrize("language", Language)
PIXEL = Decimal("0.006")
"""Coordinates have two decimals."""


def overview(shown, language=Language.EN):
    return Drawn(panels.drawn(shown, language))


def single(shown, days=90, language=Language.EN):
    return Drawn(plot.drawn(shown, days, language))


def height(path):
    return max(y for _, y in path) - min(y for _, y in path)


def dates(known, line):
    """The day of each corner, by two words at the axis and their days."""
    (left, first), (right, last) = known
    days = (last - first).days
    for x, _ in line:
        ago = straight(((left, Decimal(0)), (right, Decimal(days))), x)
        yield first + timedelta(days=round(ago))


@LANGUAGES
def test_each_panel_says_its_rate_and_change(language):
    shown = everyday()
    texts = overview(shown, language).texts
    for each in shown:
        at = texts.index(labels.unit(each))
        assert number(texts[at + 1], language) == each.value
        amount, share = moved(texts[at + 2], language)
        before = each.days[-2][1]
        assert amount == each.value - before
        assert abs(share - amount / before * 100) <= Decimal("0.01")


@LANGUAGES
def test_each_panel_draws_the_rates_of_the_last_30_days(language):
    shown = everyday()
    picture = overview(shown, language)
    first = LAST - timedelta(days=30)
    [left], [right] = (
        picture.at(labels.short(first, language)),
        picture.at(labels.short(LAST, language)),
    )
    lines = picture.paths("rates")
    end = lines[0][-1][0]
    assert left.x < end <= right.x
    for each, line in zip(shown, lines, strict=True):
        points = [point for point in each.days if point[0] >= first]
        known = ((left.x, first), (end, LAST))
        assert list(dates(known, line)) == [day for day, _ in points]
        assert_in_proportion([value for _, value in points], [y for _, y in line])


def assert_in_proportion(values, heights):
    low, high = values.index(min(values)), values.index(max(values))
    if low == high:
        assert len(set(heights)) == 1
        return
    known = ((heights[low], values[low]), (heights[high], values[high]))
    slack = (values[high] - values[low]) * PIXEL / Decimal(str(abs(known[1][0] - known[0][0])))
    assert heights[low] > heights[high]
    for value, y in zip(values, heights, strict=True):
        assert abs(straight(known, y) - value) <= 3 * slack


@LANGUAGES
@pytest.mark.parametrize("days", [30, 90, 365])
@pytest.mark.parametrize("shown", everyday(), ids=lambda each: each.currency)
def test_a_single_chart_draws_its_rates_against_its_axis(shown, days, language):
    picture = single(shown, days, language)
    points = [point for point in shown.days if point[0] >= LAST - timedelta(days=days)]
    [line] = picture.paths("rates")
    *grid, _bottom = picture.rules
    ticks = [word for word in picture.words if word.x > 900 and word.y > 348]
    low, high = ((grid[at], number(ticks[at].text, language)) for at in (0, -1))
    assert 2 <= len(grid) == len(ticks) <= 5
    slack = (high[1] - low[1]) * PIXEL / Decimal(str(low[0] - high[0]))
    for (_, value), (_, y) in zip(points, line, strict=True):
        assert abs(straight((low, high), y) - value) <= 3 * slack


@pytest.mark.parametrize("days", [30, 90])
def test_the_days_at_the_axis_are_those_of_the_line(days):
    shown = walk("EUR", 99.0, 0.01, 1)
    picture = single(shown, days)
    first = LAST - timedelta(days=days)
    axis = [word for word in picture.words if word.y > 800]
    assert [axis[0].text, axis[-1].text] == [labels.short(first, "en"), labels.short(LAST, "en")]
    [line] = picture.paths("rates")
    known = ((axis[0].x, first), (axis[-1].x, LAST))
    expected = [day for day, _ in shown.days if day >= first]
    assert list(dates(known, line)) == expected


def test_a_year_is_marked_by_its_months():
    axis = [word.text for word in single(walk("EUR", 99.0, 0.01, 1), 365).words if word.y > 800]
    assert axis == ["Apr", "Jun", "Aug", "Oct", "Dec", "Feb"]


@LANGUAGES
def test_a_single_chart_says_how_the_rate_moved_since_yesterday_and_in_all(language):
    shown = walk("EUR", 99.0, 0.01, 1)
    said = [found for text in single(shown, 90, language).texts if (found := moved(text, language))]
    first = next(value for day, value in shown.days if day >= LAST - timedelta(days=90))
    assert [amount for amount, _ in said] == [
        shown.value - shown.days[-2][1],
        shown.value - first,
    ]


def test_a_rate_that_the_bank_holds_looks_held():
    [line] = overview([held()]).paths("rates")
    [moving] = overview([walk("EUR", 97.5, 0.006, 3)]).paths("rates")
    assert 0 < height(line) < height(moving) / 20


def test_a_rate_that_never_moved_is_a_level_line_in_the_middle():
    picture = single(series(*["87.45"] * 60))
    [line] = picture.paths("rates")
    assert height(line) == 0
    assert line[0][1] == pytest.approx((348 + 788) / 2)
    assert [text for text in picture.texts if "(" in text] == ["0.00 (0.00%)"] * 2


def test_a_jump_is_drawn_from_edge_to_edge_and_stays_inside():
    [line] = single(series(*["7.31"] * 20, *["9.81"] * 20)).paths("rates")
    assert 348 < min(y for _, y in line) < 380
    assert 756 < max(y for _, y in line) < 788


def test_a_fall_points_down_and_a_rise_up():
    assert "▼ 1.50 (1.50%)" in overview([series("100", "98.5")]).texts
    assert "▲ 1.50 (1.52%)" in overview([series("98.5", "100")]).texts


def test_a_change_too_small_for_two_decimals_is_not_called_none():
    assert "▲ 0.0009 (<0.01%)" in overview([series("87.4491", "87.45")]).texts


@pytest.mark.parametrize(
    ("value", "said"),
    [("87.4500", "87.45"), ("101.5630", "101.5630"), ("1.1", "1.10"), ("0.00016", "0.0002")],
)
def test_a_rate_has_two_decimals_or_the_banks_four(value, said):
    assert said in single(series(value)).texts


def test_a_first_rate_has_no_change():
    for picture in (overview([series("87.45")]), single(series("87.45"))):
        assert "87.45" in picture.texts
        assert not [text for text in picture.texts if "(" in text]
        assert picture.root.find(".//{*}circle") is not None


def test_two_rates_are_a_line_in_a_week():
    picture = single(series("99", "101"))
    [line] = picture.paths("rates")
    assert len(line) == 2
    assert labels.short(LAST - timedelta(days=7), "en") in picture.texts


def test_weekends_and_holidays_are_bridged_and_missing_days_dotted():
    shown = walk("EUR", 99.0, 0.01, 1)
    assert single(shown).paths("gap") == []
    lost = range(30, 50)
    torn = Series("EUR", 1, tuple(p for p in shown.days if (LAST - p[0]).days not in lost))
    before, after = single(torn).paths("rates")
    [gap] = single(torn).paths("gap")
    assert gap == [before[-1], after[0]]


def test_a_weekly_rate_is_one_line():
    [line] = single(series("1.1", "1.2", "1.3", "1.2", gap=7)).paths("rates")
    assert len(line) == 4


def test_a_rate_of_another_day_says_its_day():
    late = series("1.1", "1.2", currency="RUB", last=LAST - timedelta(days=4))
    picture = overview([series("87", "88"), late])
    assert labels.full(LAST, "en") in picture.texts
    assert labels.short(late.last, "en") in picture.texts
    ends = [line[-1][0] for line in picture.paths("rates")]
    assert ends[1] < ends[0]


def test_a_currency_without_news_for_months_keeps_its_panel_without_a_line():
    old = series("1.1", "1.2", currency="RUB", last=LAST - timedelta(days=90))
    picture = overview([series("87", "88"), old])
    assert "RUB" in picture.texts
    assert len(picture.paths("rates")) == 1


def test_a_nominal_stands_before_its_currency():
    assert "100 KZT" in overview([series("19.5", currency="KZT", nominal=100)]).texts


def test_days_and_names_are_in_the_readers_language():
    shown = series("12.5", "12.6", currency="CNY")
    said = {language: single(shown, 30, language).texts for language in Language}
    assert {"Chinese Yuan", "March 12, 2031"} <= set(said[Language.EN])
    assert {"Китайский юань", "12 марта 2031\u202fг."} <= set(said[Language.RU])
    assert {"Кытай юаны", "2031-ж., 12-март"} <= set(said[Language.KY])


def test_an_unknown_currency_goes_by_its_code():
    assert single(series("1.5", currency="QQQ")).texts.count("QQQ") == 2


def test_an_overview_of_nothing_is_refused():
    with pytest.raises(ValueError, match="at least one"):
        panels.drawn([], Language.EN)


@pytest.mark.parametrize(
    ("currency", "nominal", "values", "gap"),
    [
        ("usd", 1, ["1"], 1),
        ("<b>", 1, ["1"], 1),
        ("USD", 0, ["1"], 1),
        ("USD", 1, [], 1),
        ("USD", 1, ["1", "2"], 0),
        ("USD", 1, ["1", "2"], -1),
        ("USD", 1, ["0"], 1),
        ("USD", 1, ["-1"], 1),
        ("USD", 1, ["NaN"], 1),
        ("USD", 1, ["Infinity"], 1),
        ("USD", 1, ["1e9"], 1),
    ],
)
def test_a_series_that_can_be_none_is_refused(currency, nominal, values, gap):
    with pytest.raises(ValueError, match=r"not a|must|neither"):
        series(*values, currency=currency, nominal=nominal, gap=gap)
