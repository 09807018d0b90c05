from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.model import Edition
from bot.ports import PageUnreadable
from bot.sites.address import SiteAddress
from bot.sites.dates import BISHKEK
from bot.sites.listing import read_listing
from tests.builders.site import day, listing_page, row

NOW = datetime(2026, 3, 12, 9, 43, tzinfo=UTC)
SITE = SiteAddress("https://24.kg")
URL = "https://24.kg/english/"


def read(*parts, now=NOW, site=SITE, url=URL):
    return read_listing(listing_page(*parts), url, Edition.EN, site, now)


def times(rows):
    return [f"{item.published:%Y-%m-%d %H:%M}" for item in rows.items]


def test_a_row_becomes_an_item():
    (item,) = read(day("12 March, Thursday"), row(412007, "A title", important=True)).items
    assert (item.id, item.title, item.important) == (412007, "A title", True)
    assert item.url == "https://24.kg/english/412007_slug/"
    assert item.published == datetime(2026, 3, 12, 15, 22, tzinfo=BISHKEK)


def test_a_list_without_rows_has_no_items():
    assert read().items == ()


def test_a_page_without_the_list_is_refused():
    with pytest.raises(PageUnreadable, match="#newslist"):
        read_listing("<html><body>Under repair</body></html>", URL, Edition.EN, SITE, NOW)


def test_rows_of_which_none_is_readable_are_an_error_and_never_nothing_new():
    with pytest.raises(PageUnreadable, match="none of 2 rows"):
        read(day("12 March"), row(1, at="soon"), row(2, href="https://elsewhere.example/1/"))


def test_a_bad_row_harms_none_beside_it_and_is_told():
    rows = read(day("12 March"), row(1), row(2, at="soon"), row(3, ""), row(4))
    assert [item.id for item in rows.items] == [1, 4]
    assert len(rows.bad) == 2


def test_an_unreadable_day_leaves_its_rows_in_the_order_of_time_and_is_told():
    rows = read(day("12 March"), row(1, at="01:00"), day("???"), row(2, at="23:00"), row(3))
    assert times(rows) == ["2026-03-12 01:00", "2026-03-11 23:00", "2026-03-11 15:22"]
    assert rows.bad == ("no day in '???'",)


def test_rows_before_any_header_are_of_the_last_24_hours():
    assert times(read(row(1, at="15:43"), row(2, at="15:44"))) == [
        "2026-03-12 15:43",
        "2026-03-11 15:44",
    ]


def test_a_day_is_the_sites_and_not_of_greenwich():
    shortly_after_midnight = datetime(2026, 3, 11, 18, 1, tzinfo=UTC)
    for header in ("12 March", "Today"):
        rows = read(day(header), row(1, at="00:00"), now=shortly_after_midnight)
        assert times(rows) == ["2026-03-12 00:00"]


def test_on_new_year_the_last_rows_of_december_are_of_the_old_year():
    new_year = datetime(2026, 1, 1, 0, 5, tzinfo=BISHKEK)
    parts = [day("1 января, четверг"), row(2, at="00:01"), day("31 декабря, среда"), row(1)]
    assert times(read(*parts, now=new_year)) == ["2026-01-01 00:01", "2025-12-31 15:22"]


def test_an_older_time_or_lower_id_does_not_keep_a_row_out():
    rows = read(day("12 March"), row(900), row(5, at="15:30"), row(901, at="03:00"))
    assert [item.id for item in rows.items] == [900, 5, 901]


@pytest.mark.parametrize(
    "href",
    [
        "/english/412007_Slug/",
        "/english/412007_Another_slug",
        "/english/412007__Slug__/",
        "/english/412007/",
        "/english/412007",
        "https://24.kg/english/412007_Slug/",
        "http://24.kg/english/412007_Slug/?utm=1#top",
        "https://www.24.kg/english/412007_Slug/",
        "//24.kg/english/412007/",
        "HTTPS://24.KG/english/412007/",
        "https://24.kg:443/english/412007/",
        "  /english/412007_%D0%B0/ ",
    ],
)
def test_the_number_alone_is_the_id_however_the_address_is_written(href):
    (item,) = read(day("12 March"), row(0, href=href)).items
    assert item.id == 412007
    assert item.url.startswith("https://24.kg/english/412007")


@pytest.mark.parametrize(
    "href",
    [
        "https://24-kg.com/english/412007_Slug/",
        "https://24.kg.example/english/412007/",
        "https://24.kg@evil.example/english/412007/",
        "https://m.24.kg/english/412007/",
        "https://24.kg:8080/english/412007/",
        "http://[24.kg/english/412007/",
        "javascript:void(412007)",
        "/english/page_2/",
        "/english/",
        "/english/0_zero/",
        "/english/412007x/",
        "/english/9999999999999999999999/",
        "/412007/",
        "",
    ],
)
def test_what_names_no_article_of_this_very_host_is_no_row(href):
    rows = read(day("12 March"), row(1), row(0, href=href or "#"))
    assert [item.id for item in rows.items] == [1]


def test_the_same_article_twice_on_a_page_is_one_item():
    rows = read(day("12 March"), row(1, "Pinned"), row(2), row(1, "Again"))
    assert [(item.id, item.title) for item in rows.items] == [(1, "Pinned"), (2, "A title")]


def test_a_site_with_a_port_and_a_base_path_is_read_as_well():
    site = SiteAddress("http://127.0.0.1:8024/mirror")
    rows = read(
        day("12 March"),
        row(1, href="/mirror/english/1_a/"),
        row(2, href="/english/2_b/"),
        row(3, href="https://24.kg/english/3_c/"),
        site=site,
        url=site.at("/english/"),
    )
    assert [item.url for item in rows.items] == [
        "http://127.0.0.1:8024/mirror/english/1_a/",
        "http://127.0.0.1:8024/english/2_b/",
    ]


def test_a_title_keeps_its_signs_and_loses_markup_and_what_shows_nothing():
    html = '<b>"Bold" &amp;quot;</b> 🇰🇬 שלום soft&shy;ened a\u200bb\u202e &#0;NUL\x00 '
    html += "<script>x</script>"
    title = f'<div class="title"><a href="/english/1/"><span>{html}</span></a></div>'
    one = f'<div class="one"><div class="time">10:00</div>{title}</div>'
    (item,) = read(day("12 March"), one).items
    assert item.title == '"Bold" &quot; 🇰🇬 שלום softened ab \ufffdNUL'


def test_rates_come_with_the_listing():
    rows = read(day("12 March"), row(1))
    assert [(rate.currency, str(rate.value), rate.day, rate.source) for rate in rows.rates] == [
        ("USD", "87.45", "2026-03-12", "site"),
        ("EUR", "101.56", "2026-03-12", "site"),
        ("RUB", "1.11", "2026-03-12", "site"),
    ]


TAGS = """
    <div> </div> <a/href=/english/1_x/> </a> <strong> <span> <!-- --> <table> </table> <b>
    <script> </script> &nbsp; &#xD800; <svg> <template>
"""
PIECES = st.one_of(
    st.text(max_size=20),
    st.sampled_from(TAGS.split()),
    st.sampled_from([day("12 March"), row(7), '<div id="newslist">', '<div class="one promo">']),
)


@given(st.lists(PIECES, max_size=30).map("".join), st.booleans())
def test_no_page_makes_the_reader_of_listings_raise_anything_but_its_own(text, whole):
    html = text if whole else listing_page(text)
    try:
        rows = read_listing(html, URL, Edition.EN, SITE, NOW)
    except PageUnreadable:
        return
    assert all(item.published < NOW + timedelta(days=2) for item in rows.items)
