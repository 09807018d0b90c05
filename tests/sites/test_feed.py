from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from aiohttp import web

from bot.model import Edition, FeedPage, Item, Validator
from bot.ports import PageNotFound, PageUnreadable, SiteUnavailable
from bot.sites.address import SiteAddress
from bot.sites.dates import BISHKEK
from bot.sites.feed import SiteFeed, read_feed
from bot.sites.http import HttpReader
from tests.builders.page_server import serving
from tests.fakes.clock import FakeClock

NOW = datetime(2026, 3, 12, 9, 43, 30, tzinfo=UTC)
BASE = "https://24.kg"
SITE = SiteAddress(BASE)
EN, RU, KY = Edition


def entry(link, title="A title", published=NOW - timedelta(hours=1)):
    date = f"<pubDate>{format_datetime(published)}</pubDate>" if published else ""
    return f"<item><title>{title}</title><link>{link}</link>{date}</item>"


def rss(*entries, head='<?xml version="1.0" encoding="utf-8"?>'):
    return (
        f'{head}<rss version="2.0"><channel><title>24.kg</title>{"".join(entries)}</channel></rss>'
    )


def read(text):
    return read_feed(text, f"{BASE}/rss/", SITE, NOW)


def test_entries_are_items_of_the_edition_that_their_address_names():
    found = read(
        rss(
            entry(f"{BASE}/english/7_a/", "Visas &amp;amp; <![CDATA[more &nbsp;<b>bold</b>]]>"),
            entry("http://www.24.kg/vlast/8_b/?utm_source=rss#top"),
            entry("/kyrgyzcha/9/"),
        )
    )
    at = datetime(2026, 3, 12, 14, 43, tzinfo=BISHKEK)
    assert found == (
        Item(EN, 7, f"{BASE}/english/7_a/", "Visas & more bold", at),
        Item(RU, 8, f"{BASE}/vlast/8_b/", "A title", at),
        Item(KY, 9, f"{BASE}/kyrgyzcha/9/", "A title", at),
    )


def test_atom_is_read_as_well():
    atom = """<feed xmlns="http://www.w3.org/2005/Atom"><title>24.kg</title><entry>
    <title>A title</title><link href="https://24.kg/english/7_a/"/><id>7</id>
    <updated>2026-03-12T14:43:00+06:00</updated></entry></feed>"""
    assert [(item.id, item.title) for item in read(atom)] == [(7, "A title")]


@pytest.mark.parametrize(
    "bad",
    [
        entry("https://24-kg.com/english/8_a/"),
        entry("https://24.kg/english/"),
        entry(""),
        entry("http://[/8/"),
        entry(f"{BASE}/english/8_a/", ""),
        entry(f"{BASE}/english/8_a/", published=None),
        entry(f"{BASE}/english/8_a/").replace("12 Mar", "32 Mar"),
        entry(f"{BASE}/english/8_a/", published=NOW + timedelta(hours=6)),
    ],
)
def test_what_is_no_dated_article_of_the_site_is_passed_over(bad):
    assert [item.id for item in read(rss(bad, entry(f"{BASE}/english/7_a/")))] == [7]


def test_an_article_is_shown_once_and_a_clock_a_little_ahead_is_put_up_with():
    soon = entry(f"{BASE}/english/7_a/", published=NOW + timedelta(minutes=5))
    again = entry(f"{BASE}/english/7/", "Another title")
    assert [item.title for item in read(rss(soon, again))] == ["A title"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "<html><body>Under repair</body></html>",
        "<rss",
        '<rss version="2.0"></rss>',
        '{"version": "https://jsonfeed.org/version/1", "items": []}',
        f"{BASE}/rss/",
        '<!DOCTYPE r [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + rss(entry("/english/7/", "&a;")),
        rss("<div>" * 5000),
        "<?xml version='1.0'?><ValCurs/>",
    ],
)
def test_what_is_no_feed_is_refused(text):
    with pytest.raises(PageUnreadable) as refused:
        read(text)
    assert f"{BASE}/rss/" in str(refused.value)
    assert "\n" not in str(refused.value)


def test_a_title_that_is_a_maze_is_read_at_once_as_far_as_it_goes():
    maze = "&lt;i&gt;" * 300_000
    [item] = read(rss(entry(f"{BASE}/english/7_a/", f"A title {maze}")))
    assert item.title.startswith("A title")


def test_a_feed_without_entries_is_one():
    assert read(rss()) == ()


@pytest.mark.parametrize(
    ("kind", "charset"),
    [("application/rss+xml", "utf-8"), ("text/xml", "windows-1251"), ("text/html", "utf-8")],
)
async def test_a_feed_is_known_by_its_text_whatever_its_server_calls_it(kind, charset):
    text = rss(entry("/vlast/7_a/", "Визы"), head=f'<?xml version="1.0" encoding="{charset}"?>')

    async def answer(_):
        return web.Response(
            body=text.encode(charset), headers={"Content-Type": kind, "ETag": '"a"'}
        )

    async with serving(answer) as server, feed_of(server) as feed:
        page = await feed.page()
    assert [item.title for item in page.items] == ["Визы"]
    assert page.validator == Validator('"a"')
    assert "application/rss+xml" in server.requests[0].headers["Accept"]


async def test_an_unchanged_feed_is_none_and_a_missing_or_broken_one_is_told():
    answers = [web.Response(status=status) for status in (304, 404, 503)]

    async def answer(_):
        return answers.pop(0)

    async with serving(answer) as server, feed_of(server) as feed:
        assert await feed.page(Validator('"a"')) is None
        with pytest.raises(PageNotFound):
            await feed.page()
        with pytest.raises(SiteUnavailable):
            await feed.page()
    assert server.requests[0].headers["If-None-Match"] == '"a"'


async def test_feed_and_pages_of_one_host_share_its_reader_and_each_asks_for_its_own_kind():
    async def answer(request):
        if request.path == "/rss/":
            return web.Response(text=rss(), content_type="application/rss+xml")
        return web.Response(text=rss(), content_type="application/pdf")

    async with serving(answer) as server, reader_of(server) as reader:
        feed = SiteFeed(f"{server.url}/rss/", server.url, reader, FakeClock(NOW))
        assert await feed.page() == FeedPage(())
        with pytest.raises(PageUnreadable):
            await reader.read(f"{server.url}/english/")
    assert "rss" not in server.requests[1].headers["Accept"]


def reader_of(server):
    return HttpReader(server.url, FakeClock(NOW), agent="test", pause=0)


class feed_of:  # noqa: N801 - reads as a function
    """A feed at a server, with a reader of its own."""

    def __init__(self, server):
        self.server, self.reader = server, reader_of(server)

    async def __aenter__(self):
        return SiteFeed(f"{self.server.url}/rss/", self.server.url, self.reader, FakeClock(NOW))

    async def __aexit__(self, *_):
        await self.reader.close()
