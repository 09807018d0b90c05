from datetime import datetime

import pytest

from simulator.site import BISHKEK, Site

BODY = [
    "Two buses and a ferry will run from June.",
    "- from Balykchy",
    "- from Karakol",
    "> We waited for years, a resident said.",
    "## Prices",
    "| Child | 20 soms",
    "| Adult | 40 soms",
    "Tickets are sold on board.",
]
PUBLISHED = datetime(2026, 3, 12, 14, 31, tzinfo=BISHKEK)


@pytest.fixture
def number(site: Site) -> int:
    return site.publish(
        "ru",
        "Паром снова ходит",
        BODY,
        "Экономика",
        published=PUBLISHED,
        picture="/files/media/7.png",
    )


@pytest.fixture
async def article(page, number):
    return (await page(f"/ekonomika/{number}/")).css_first("div[itemtype*=NewsArticle]")


async def test_what_names_an_article_stands_where_the_real_page_has_it(article):
    assert article.css_first(".newsCat a").text(strip=True) == "Экономика"
    assert article.css_first("h1.newsTitle").text(strip=True) == "Паром снова ходит"
    dates = article.css("[itemprop=datePublished]")
    assert [date.text() for date in dates] == ["14:31, 12 марта 2026"] * 2
    assert dates[0].attributes["content"] == "2026-03-12\\"
    assert article.css_first("[itemprop=author] [itemprop=name]").text(strip=True)


async def test_the_body_holds_every_kind_of_block(article):
    body = article.css_first("div.cont[itemprop=articleBody]")
    assert [item.text().replace("\xa0", " ") for item in body.css("ul > li")] == [
        "from Balykchy",
        "from Karakol",
    ]
    assert "waited for years" in body.css_first("blockquote").text().replace("\xa0", " ")
    assert body.css_first("h3").text() == "Prices"
    cells = [[cell.text() for cell in row.css("td")] for row in body.css("table tr")]
    assert [[text.replace("\xa0", " ") for text in row] for row in cells] == [
        ["Child", "20 soms"],
        ["Adult", "40 soms"],
    ]


async def test_the_body_also_holds_what_is_no_part_of_it(article):
    body = article.css_first("div.cont")
    assert body.css_first(".poTeme .one a")
    assert body.css_first(".imgInText .text").text()
    assert len(article.css("noindex .social-links")) == 2


async def test_the_short_address_and_the_views_stand_below(article, number):
    footer = article.css_first(".newsLink")
    assert footer.css_first("#article-link").text().endswith(f"/ekonomika/{number}/")
    assert "просмотров: " in footer.text()


async def test_other_news_stand_around_it(page, number):
    whole = await page(f"/ekonomika/{number}/")
    assert whole.css("#content-wrapper > .col-sm-8 > .lineNews .one a")
    assert whole.css(".blockNews .col-sm-3 a img[alt]")
    assert len(whole.css(".widget-last-news-list > .one")) == 10


async def test_the_head_describes_it_for_link_previews(page, client, number):
    whole = await page(f"/ekonomika/{number}/")
    tags = {
        tag.attributes["property"]: tag.attributes["content"] for tag in whole.css("meta[property]")
    }
    assert tags["og:title"] == "Паром снова ходит"
    picture = await client.get(tags["og:image"].removeprefix(str(client.make_url("")).rstrip("/")))
    assert picture.content_type == "image/png"
    assert (await picture.read()).startswith(b"\x89PNG\r\n")


@pytest.mark.parametrize(
    ("edition", "stamp", "section"),
    [("en", "14:31, 12 March 2026", "English"), ("ky", "14:31, 12 март 2026", "Кыргызча")],
)
async def test_every_edition_has_its_own_words(site: Site, page, edition, stamp, section):
    number = site.publish(edition, "Title", ["Text"], published=PUBLISHED)
    whole = await page(site.get(number).short_path)
    assert whole.css_first("[itemprop=datePublished]").text() == stamp
    assert whole.css_first(".newsCat a").text(strip=True) == section


async def test_every_form_of_an_address_leads_to_the_article(site: Site, client, number):
    long, short = site.get(number).path, site.get(number).short_path
    for path in (long, short, long.rstrip("/"), short.rstrip("/"), f"/ekonomika/{number}_old_/"):
        assert (await client.get(path)).status == 200
    assert site.find(long) == site.find(f"{short}?from=rss") == site.get(number)


async def test_what_is_not_there_answers_404_with_a_page(client):
    for path in ("/english/1/", "/english/1_slug/", "/no/such/page/at/all"):
        answer = await client.get(path)
        assert answer.status == 404
        assert "404" in await answer.text()
