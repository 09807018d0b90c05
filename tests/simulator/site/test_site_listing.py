import re
from datetime import datetime

import pytest

from simulator.site import BISHKEK, Site

EDITIONS = {"en": "/english/", "ru": "/", "ky": "/kyrgyzcha/"}
LONG = "Bishkek residents ask for more benches, more trees and fewer parked cars in the centre"


@pytest.mark.parametrize("path", EDITIONS.values())
async def test_a_page_of_a_listing_has_fifty_rows_and_the_next_one_the_rest(page, path):
    first, second = await page(path), await page(f"{path}page_2/")
    assert len(first.css("#newslist > .one:not(.promo)")) == 50
    assert len(second.css("#newslist > .one:not(.promo)")) == 10
    assert len((await page(f"{path}page_3/")).css("#newslist > .one")) == 0


@pytest.mark.parametrize(
    ("path", "header"),
    [
        ("/english/", "5 March, Thursday"),
        ("/", "5 марта, четверг"),
        ("/kyrgyzcha/", "5 март, бейшемби"),
    ],
)
async def test_a_day_stands_above_its_rows_without_a_year(site: Site, page, path, header):
    site.now = lambda: datetime(2026, 3, 5, 12, 0, tzinfo=BISHKEK)
    edition = next(name for name, its_path in EDITIONS.items() if its_path == path)
    for article in site.articles(edition):
        site.withdraw(article.id)
    site.publish(edition, "Title", ["Text"])
    listing = await page(path)
    assert [node.text(strip=True) for node in listing.css(".lineDate")] == [header]
    assert listing.css_first(".one .time").text() == "12:00"


async def test_hrefs_are_relative_and_hold_the_id_and_the_slug(site: Site, page):
    number = site.publish("ru", "Щенок в аэропорту: хозяин найден", ["Текст"], "Происшествия")
    link = (await page("/")).css_first("#newslist .title a")
    expected = f"/proisshestvija/{number}_schenok_v_aeroportu_hozyain_nayden/"
    assert link.attributes["href"] == expected


async def test_a_long_title_comes_twice_and_the_second_time_cut(site: Site, page):
    site.publish("en", LONG, ["Text"])
    row = (await page("/english/")).css_first("#newslist .one")
    assert row.css_first("span.full").text(strip=True).replace("\xa0", " ") == LONG
    short = row.css_first("span.short").text().replace("\xa0", " ")
    assert short.endswith("...")
    assert LONG.startswith(short.removesuffix("..."))


async def test_important_news_are_strong_and_pictures_add_a_second_link(site: Site, page):
    site.publish("en", "A fire", ["Text"], important=True, picture="/files/media/7.png")
    row = (await page("/english/")).css_first("#newslist .one")
    assert row.css_first(".title strong").text(strip=True) == "A\xa0fire"
    links = [link.attributes["href"] for link in row.css(".title a")]
    assert len(links) == 2
    assert len(set(links)) == 1


async def test_advertising_stands_between_the_rows(page):
    promos = (await page("/english/")).css("#newslist > .promo")
    assert len(promos) == 2
    assert not promos[0].css(".time")


async def test_the_header_has_a_clock_and_three_rates(site: Site, page):
    site.now = lambda: datetime(2026, 3, 12, 15, 43, tzinfo=BISHKEK)
    header = (await page("/english/")).css_first(".header")
    text = " ".join(header.text().split())
    assert "15:43 USD 87.45EUR 101.56RUB 1.11" in text
    site.rates.clear()
    assert not (await page("/english/")).css("#currencies")


async def test_an_unchanged_listing_answers_304_until_something_is_published(site: Site, client):
    first = await client.get("/english/")
    known = {"If-None-Match": first.headers["ETag"]}
    assert (await client.get("/english/", headers=known)).status == 304
    site.publish("en", "News", ["Text"])
    assert (await client.get("/english/", headers=known)).status == 200


async def test_another_editions_news_leave_a_listing_unchanged(site: Site, client):
    first = await client.get("/english/")
    site.publish("ru", "Новость", ["Текст"])
    known = {"If-None-Match": first.headers["ETag"]}
    assert (await client.get("/english/", headers=known)).status == 304


async def test_a_date_alone_never_hides_what_was_published_within_its_second(site: Site, client):
    moment = datetime(2026, 3, 5, 12, 0, 0, tzinfo=BISHKEK)
    site.now = lambda: moment
    site.publish("en", "First", ["Text"])
    assert "Last-Modified" not in (await client.get("/english/")).headers
    site.now = lambda: moment.replace(second=5)
    settled = await client.get("/english/")
    known = {"If-Modified-Since": settled.headers["Last-Modified"]}
    assert (await client.get("/english/", headers=known)).status == 304


async def test_ids_come_from_one_sequence_and_not_in_publishing_order(site: Site):
    shown = [article for edition in EDITIONS for article in site.articles(edition)]
    by_time = sorted(shown, key=lambda article: article.published)
    ids = [article.id for article in by_time]
    assert len(set(ids)) == 180
    assert ids != sorted(ids)


async def test_a_withdrawn_article_is_gone_and_an_edited_one_keeps_its_address(site: Site, client):
    number = site.publish("en", "Before", ["Text"])
    path = site.get(number).path
    site.edit(number, title="After")
    assert "After" in await (await client.get(path)).text()
    assert path in await (await client.get("/english/")).text()
    site.withdraw(number)
    assert (await client.get(path)).status == 404
    assert path not in await (await client.get("/english/")).text()


async def test_a_fault_strikes_as_often_as_it_was_asked_to(site: Site, client):
    site.fail("/english/*", status=503, times=2, headers={"Retry-After": "7"})
    answers = [await client.get("/english/") for _ in range(3)]
    assert [answer.status for answer in answers] == [503, 503, 200]
    assert answers[0].headers["Retry-After"] == "7"
    assert (await client.get("/")).status == 200


async def test_a_fault_may_have_a_page_of_its_own_until_mended(site: Site, client):
    site.fail("/", body="<html><body>We are back soon</body></html>")
    assert "back soon" in await (await client.get("/")).text()
    site.mend()
    assert "newslist" in await (await client.get("/")).text()


async def test_every_request_is_remembered_with_its_headers(site: Site, client):
    await client.get("/english/", headers={"User-Agent": "Reader/1.0"})
    (asked,) = site.requests
    assert (asked.method, asked.path) == ("GET", "/english/")
    assert asked.headers["user-agent"] == "Reader/1.0"
    assert asked.time.tzinfo


async def test_a_title_is_text_and_never_markup(site: Site, page):
    site.publish("en", '<script>alert(1)</script> & "more"', ["Text"])
    listing = await page("/english/")
    title = listing.css_first("#newslist .title-link").text(strip=True)
    assert re.sub(r"\s", " ", title) == '<script>alert(1)</script> & "more"'


async def test_an_unknown_edition_or_an_id_that_is_taken_is_refused(site: Site):
    with pytest.raises(ValueError, match="'fr' is no edition"):
        site.publish("fr", "Titre", [])
    number = site.publish("en", "One", [], id=500_000)
    with pytest.raises(ValueError, match="500000"):
        site.publish("en", "Two", [], id=number)
