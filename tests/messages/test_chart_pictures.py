"""Charts as pictures: the one in the README is the golden one. REWRITE_GOLDEN=1 makes it anew."""

import os
import re
from datetime import date, timedelta
from decimal import Decimal
from io import BytesIO
from itertools import product
from pathlib import Path
from threading import Barrier, Thread

import pytest
from babel import Locale
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops, ImageFont

from bot.messages.chart import Charts, Series, labels, overview, panels, plot, raster, single
from bot.model import Language
from tests.messages.drawn import Drawn
from tests.messages.rates import everyday, series

GOLDEN = Path(__file__).parents[2] / "docs" / "images" / "rates.png"
FONTS = sorted(Path(raster.__file__).with_name("fonts").glob("*.ttf"))
COLUMN, GUTTER = 450, 12
BACKDROP = "#d1d5db"
TILE = 12
NOTICEABLE = 8
"""By how much a tile's shade may differ, of 255: rounding may, a figure would by more."""


def opened(png):
    with Image.open(BytesIO(png)) as picture:
        picture.load()
        return picture


def sheet():
    """An overview and one currency in each language, at the size of a phone."""
    five = everyday()
    shown = [
        (overview(five, language), single(five[at], days, language))
        for at, days, language in zip((1, 3, 4), (30, 90, 365), Language, strict=True)
    ]
    columns = [[halved(png) for png in column] for column in shown]
    heights = [sum(each.height for each in column) + 3 * GUTTER for column in columns]
    whole = Image.new("RGB", (3 * (COLUMN + GUTTER) + GUTTER, max(heights)), BACKDROP)
    for number, column in enumerate(columns):
        top = GUTTER
        for picture in column:
            whole.paste(picture, (GUTTER + number * (COLUMN + GUTTER), top))
            top += picture.height + GUTTER
    return whole


def halved(png):
    picture = opened(png).convert("RGB")
    return picture.resize((COLUMN, picture.height // 2), Image.Resampling.BOX)


def difference(one, other):
    """By how much they differ where they differ most, tile by tile."""
    apart = ImageChops.difference(one, other).convert("L").reduce(TILE)
    return apart.getextrema()[1]


def test_charts_look_as_in_the_readme():
    made = sheet()
    if os.environ.get("REWRITE_GOLDEN"):
        made.save(GOLDEN, optimize=True)
    with Image.open(GOLDEN) as golden:
        assert golden.size == made.size
        assert difference(made, golden.convert("RGB")) < NOTICEABLE


def test_another_figure_is_noticed():
    one, other = (
        halved(overview([series("99", rate)], Language.EN)) for rate in ("87.45", "87.46")
    )
    assert difference(one, other) > 2 * NOTICEABLE


def test_an_overview_is_as_high_as_it_has_panels():
    sizes = [opened(overview(everyday()[:count], Language.KY)).size for count in (1, 3, 5)]
    assert sizes == [(900, 340), (900, 690), (900, 1040)]


@pytest.mark.parametrize("font", FONTS, ids=lambda font: font.stem)
def test_the_font_has_every_character_that_a_chart_may_need(font):
    face = ImageFont.truetype(font, 24)
    missing = bytes(face.getmask("\uffff"))
    visible = sorted(each for each in alphabet() if not each.isspace())
    assert not [each for each in visible if bytes(face.getmask(each)) == missing]


def alphabet():
    """All characters of days, figures and currencies' names."""
    days = [date(2031, month, 28) for month in range(1, 13)]
    said = set("▲▼–<()ңөүҢӨҮ%0123456789")
    for day, language in product(days, Language):
        for write in (labels.full, labels.dated, labels.short, labels.month):
            said.update(write(day, language))
    for language in Language:
        said.update("".join(Locale(language).currencies.values()))
        said.update(labels.rate(Decimal("1234567.89"), language))
    return said


def test_every_character_leaves_ink():
    for character in "▲▼ңөүҢӨҮ":
        picture = (
            '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 60 60" width="60" height="60"'
            ' font-family="DejaVu Sans"><rect width="60" height="60" fill="#fff"/>'
            f'<text x="9" y="50" font-size="50">{character}</text></svg>'
        )
        assert opened(raster.png(picture)).convert("L").getextrema()[0] == 0


def test_the_fonts_come_with_their_licence():
    licence = FONTS[0].with_name("LICENSE.txt").read_text(encoding="utf-8")
    assert "Bitstream Vera Fonts Copyright" in licence
    assert "Arev Fonts Copyright" in licence


rates = st.decimals("0.0001", "99999999", places=4)
gaps = st.one_of(st.integers(1, 4), st.integers(1, 400))


@st.composite
def any_series(draw):
    day = draw(st.dates(date(2000, 1, 1), date(2040, 1, 1)))
    steps = draw(st.lists(st.tuples(gaps, rates), min_size=1, max_size=40))
    points = []
    for gap, value in steps:
        points.append((day, value))
        day += timedelta(days=gap)
    currency = draw(st.sampled_from(["USD", "KZT", "QQQ"]))
    return Series(currency, draw(st.sampled_from([1, 100, 10**6])), tuple(points))


languages = st.sampled_from(Language)
periods = st.sampled_from([30, 90, 365])
NUMBER = re.compile(r'(?:x|y|cx|cy|d|font-size)="([^"]*)"')


@given(st.lists(any_series(), min_size=1, max_size=5), languages)
def test_an_overview_of_whatever_series_stays_in_its_picture(shown, language):
    svg = panels.drawn(shown, language)
    assert_inside(svg, 1080, 198 + 210 * len(shown))
    for line in Drawn(svg).paths("rates"):
        assert [x for x, _ in line] == sorted({x for x, _ in line})


@given(any_series(), periods, languages)
def test_a_single_chart_of_whatever_series_stays_in_its_picture(shown, days, language):
    svg = plot.drawn(shown, days, language)
    assert_inside(svg, 1080, 864)
    assert len(Drawn(svg).rules) >= 3
    first = shown.last - timedelta(days=days)
    drawn = sum(map(len, Drawn(svg).paths("rates")))
    assert drawn == sum(day >= first for day, _ in shown.days)


def assert_inside(svg, width, height):
    picture = Drawn(svg)
    for kind in ("rates", "gap", "shade"):
        for path in picture.paths(kind):
            assert all(0 <= x <= width and 0 <= y <= height for x, y in path)
    assert all(0 <= word.x <= width and 0 <= word.y <= height for word in picture.words)
    assert not any("nan" in found or "inf" in found for found in NUMBER.findall(svg))


@settings(max_examples=10)
@given(st.lists(any_series(), min_size=1, max_size=3), periods, languages)
def test_whatever_the_series_the_picture_is_a_png_of_its_size(shown, days, language):
    several, one = opened(overview(shown, language)), opened(single(shown[0], days, language))
    assert (several.format, several.size) == ("PNG", (900, 165 + 175 * len(shown)))
    assert (one.format, one.size) == ("PNG", (900, 720))


def test_a_picture_is_made_once_for_all_readers_of_a_language():
    charts, shown = Charts(), series("87", "88")
    english = charts.overview([shown], Language.EN)
    assert charts.overview([series("87", "88")], Language.EN) is english
    assert charts.overview([shown], Language.RU) != english
    assert charts.single(shown, 30, Language.EN) is charts.single(shown, 30, Language.EN)
    assert charts.single(shown, 30, Language.EN) is not charts.single(shown, 90, Language.EN)


def test_another_rate_is_another_picture():
    charts = Charts()
    before = charts.overview([series("87", "88")], Language.EN)
    assert charts.overview([series("87", "89")], Language.EN) != before


def test_pictures_not_asked_for_lately_are_forgotten():
    charts, shown = Charts(most=2), [series("87", rate) for rate in ("1", "2", "3")]
    first, second = (charts.overview([each], Language.EN) for each in shown[:2])
    assert charts.overview([shown[0]], Language.EN) is first
    charts.overview([shown[2]], Language.EN)
    assert charts.overview([shown[0]], Language.EN) is first
    assert charts.overview([shown[1]], Language.EN) is not second


def test_threads_that_ask_at_once_get_the_same_picture():
    charts, start, got = Charts(), Barrier(8), []

    def ask():
        start.wait()
        got.append(charts.overview([series("87", "88")], Language.EN))

    threads = [Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(got) == 8
    assert len(set(map(id, got))) == 1


def test_what_can_not_be_drawn_is_refused_each_time():
    charts = Charts()
    for _ in range(2):
        with pytest.raises(ValueError, match="at least one"):
            charts.overview([], Language.EN)
