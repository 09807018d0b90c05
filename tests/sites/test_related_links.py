"""What a page names as of the same matter."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.model import Edition, Item
from bot.sites.address import SiteAddress
from bot.sites.markup import parse
from bot.sites.page import read_article
from bot.sites.related import MOST, read_related

SITE = SiteAddress("https://24.kg")
PAGES = Path(__file__).parent.parent / "pages"
NOW = datetime(2026, 3, 12, 9, 43, tzinfo=UTC)


def related(html):
    return read_related(parse(f"<html><body>{html}</body></html>", "p"), "https://24.kg/a/1/", SITE)


def in_text(*hrefs):
    links = "".join(f'<div class="one"><a href="{each}">A title</a></div>' for each in hrefs)
    return f'<div class="poTeme"><div class="title">Read also</div>{links}</div>'


def below(*hrefs):
    links = "".join(
        f'<div class="one"><div class="title"><a href="{each}"><span>A title</span></a></div></div>'
        for each in hrefs
    )
    return f'<div class="row lineNews">{links}</div>'


@pytest.mark.parametrize(
    ("edition", "named"),
    [
        (Edition.EN, [411900, 411801, 411802, 411803]),
        (Edition.RU, [411990]),
        (Edition.KY, [411950]),
    ],
)
def test_a_real_pages_links_are_read_and_the_listings_rows_beside_them_are_not(edition, named):
    html = (PAGES / edition / "article.html").read_text("utf-8")
    link = parse(html, "p").css_first("#article-link").text().strip()
    at = SITE.article(link)
    article = read_article(html, Item(edition, at.id, link, "row", NOW), SITE)
    assert [*article.related[: len(named)]] == named
    widget = parse(html, "p").css(".widget-last-news a[href]")
    rows = {SITE.article(each.attributes["href"]) for each in widget}
    assert not {each.id for each in rows if each} & {*article.related}


def test_what_the_editors_put_into_the_text_comes_first_and_each_once():
    html = below("/a/3/", "/a/2_slug/") + in_text("https://24.kg/a/2/")
    assert related(html) == (2, 3)


def test_other_hosts_and_what_is_no_article_are_left_out():
    hrefs = ("https://24-kg.com/a/7/", "/about/", "javascript:x", "", "https://24.kg/a/x/")
    assert related(in_text(*hrefs) + below(*hrefs)) == ()


def test_a_page_that_names_hundreds_is_believed_the_first():
    named = range(2, 300)
    assert related(below(*(f"/a/{each}/" for each in named))) == tuple(named)[:MOST]
