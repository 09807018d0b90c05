"""Each edition has a listing and an article in the real markup, and what must come out of them."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.model import Edition, Item
from bot.sites.address import SiteAddress
from bot.sites.listing import read_listing
from bot.sites.page import read_article
from bot.sites.reading import read

PAGES = Path(__file__).parent.parent / "pages"
NOW = datetime(2026, 3, 12, 9, 43, tzinfo=UTC)
SITE = SiteAddress("https://24.kg")
LISTINGS = {
    Edition.EN: "https://24.kg/english/",
    Edition.RU: "https://24.kg/",
    Edition.KY: "https://24.kg/kyrgyzcha/",
}

# On each page this word stands in everything that is not the news itself, and nowhere else.
ELSEWHERE = {Edition.EN: "zeppelin", Edition.RU: "дирижабл", Edition.KY: "цеппелин"}


def page(edition, kind):
    return (PAGES / edition / f"{kind}.html").read_text("utf-8")


def golden(edition, kind):
    return json.loads((PAGES / edition / f"{kind}.json").read_text("utf-8"))


def article_of(edition):
    expected = golden(edition, "article")
    item = Item(edition, expected["id"], expected["url"], "of the row", NOW, important=True)
    return read_article(page(edition, "article"), item, SITE)


@pytest.mark.parametrize("kind", ["listing", "article"])
@pytest.mark.parametrize("edition", Edition)
def test_every_edition_has_golden_pages_that_come_out_as_expected(edition, kind):
    expected = golden(edition, kind)
    url = expected["url"] if kind == "article" else LISTINGS[edition]
    assert read(page(edition, kind), url, None, NOW) == expected


@pytest.mark.parametrize("edition", Edition)
def test_a_golden_listing_is_read_with_aware_times_of_the_sites_zone(edition):
    rows = read_listing(page(edition, "listing"), LISTINGS[edition], edition, SITE, NOW)
    expected = golden(edition, "listing")
    assert [item.published.isoformat() for item in rows.items] == [
        row["published"] for row in expected["items"]
    ]
    assert {item.edition for item in rows.items} == {edition}


@pytest.mark.parametrize("edition", Edition)
def test_a_golden_article_is_read_with_all_its_parts(edition):
    article, expected = article_of(edition), golden(edition, "article")
    assert list(article.body) == expected["body"]
    assert article.published.isoformat() == expected["published"]
    for name in ("edition", "id", "url", "title", "section", "author", "picture", "views"):
        assert getattr(article, name) == expected[name]
    assert article.important


@pytest.mark.parametrize("edition", Edition)
def test_a_word_that_stands_only_around_the_news_never_reaches_the_article(edition):
    word = ELSEWHERE[edition]
    assert page(edition, "article").lower().count(word) >= 3
    assert word not in repr(article_of(edition)).lower()


def test_the_english_page_shows_what_the_project_began_with():
    seen = read(page(Edition.EN, "article"), "english.html", None, NOW)
    assert seen["rates"] == {"USD": "87.45", "EUR": "101.56", "RUB": "1.11"}
    assert seen["url"] == "https://24.kg/english/412007/"
    assert seen["views"] == 146
    for part in ("title", "body", "related", "popular", "latest"):
        assert seen[part]


@pytest.mark.parametrize("edition", Edition)
def test_a_saved_page_says_itself_which_edition_it_is_of(edition):
    for kind in ("listing", "article"):
        assert read(page(edition, kind), f"{kind}.html", None, NOW)["edition"] == edition
