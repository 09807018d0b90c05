from email.utils import parsedate_to_datetime
from xml.etree import ElementTree as ET


async def test_the_feed_shows_the_newest_of_all_editions_and_is_conditional(site, client):
    newest = [site.publish(edition, f"A {edition} <title> & more", []) for edition in ("en", "ky")]
    answer = await client.get("/rss/")
    assert answer.content_type == "application/rss+xml"
    items = ET.fromstring(await answer.text()).findall("channel/item")
    assert {int(item.findtext("guid")) for item in items[:2]} == {*newest}
    assert items[0].findtext("title").endswith("<title> & more")
    assert f"/{items[0].findtext('guid')}_" in items[0].findtext("link")
    dates = [parsedate_to_datetime(item.findtext("pubDate")) for item in items]
    assert dates == sorted(dates, reverse=True)
    again = await client.get("/rss/", headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status == 304


async def test_a_listing_shows_what_is_read_most_as_an_article_s_page_does(site, client):
    page = await (await client.get("/english/")).text()
    assert 'lineTitle"> Popular' in page
    block = page.partition("blockNews")[2]
    most = max((one for one in site.articles("en") if one.picture), key=lambda one: one.views)
    assert block.partition('href="')[2].startswith(most.path)
