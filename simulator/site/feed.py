"""The feed: the newest articles of all editions, in RSS 2.0."""

from collections.abc import Iterable
from email.utils import format_datetime
from html import escape

from simulator.site.article import Article

SHOWN = 50
"""Articles in the feed."""


def feed(articles: Iterable[Article], origin: str) -> str:
    """Of these articles, newest first. `origin`: scheme and host of its links."""
    newest = sorted(articles, key=lambda one: (one.published, one.id), reverse=True)[:SHOWN]
    items = "\n".join(_item(one, origin) for one in newest)
    return f"""<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0">
<channel>
<title>24.kg</title>
<link>{origin}/</link>
<description>A simulated site with invented news.</description>
{items}
</channel>
</rss>
"""


def _item(article: Article, origin: str) -> str:
    return f"""<item>
<title>{escape(article.title)}</title>
<link>{origin}{article.path}</link>
<guid isPermaLink="false">{article.id}</guid>
<category>{escape(article.section)}</category>
<pubDate>{format_datetime(article.published)}</pubDate>
</item>"""
