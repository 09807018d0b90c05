"""An article's page: its parts are kept, what stands in and around its body is not."""

import re
from dataclasses import dataclass
from datetime import datetime
from html import unescape
from urllib.parse import urljoin, urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

from bot.model import Article, Item
from bot.ports import PageUnreadable
from bot.sites import dates
from bot.sites.address import SiteAddress
from bot.sites.markup import fold, paragraphs, parse, text_of
from bot.sites.related import read_related

ROOT = "[itemtype*=NewsArticle]"
BODY = "[itemprop~=articleBody]"
TITLES = ("h1.newsTitle", "h1[itemprop~=name], h1[itemprop~=headline]", f"{ROOT} h1")
AUTHOR = "[itemprop~=author]"
LINK = "#article-link"
VIEWS = re.compile(r"(?:^|[\s:])(\d{1,3}(?: \d{3})+|\d{1,12})$", re.ASCII)

NOT_BODY = (
    ".poTeme, .vote, .gallery, .imgInText .text, figcaption, noindex,"
    " .lineNews, .blockNews, .widget-last-news, .social, .promo,"
    " script, style, noscript, template, iframe, object, video, audio, svg,"
    " form, select, textarea, button"
)


@dataclass(frozen=True, slots=True)
class Page:
    """What an article's page says of itself."""

    title: str
    body: tuple[str, ...]
    published: datetime | None
    section: str
    author: str
    link: str
    """The short address, as the page shows it."""
    views: int | None
    picture: str
    description: str


def read_article(html: str, item: Item, address: SiteAddress) -> Article:
    """The article behind a row. Raises PageUnreadable."""
    return article_of(parse(html, item.url), item, address)


def article_of(tree: LexborHTMLParser, item: Item, address: SiteAddress) -> Article:
    """The same, of a page that is parsed."""
    page = read_page(tree, item.url, item.published)
    named, own = address.article(page.link), address.article(item.url)
    if named is not None and named.id != item.id:
        raise PageUnreadable(f"{item.url}: the page is of another article: {page.link}")
    at = named or own
    return Article(
        edition=item.edition,
        id=item.id,
        url=address.short(at) if at else item.url,
        title=page.title,
        body=page.body,
        published=page.published or item.published,
        section=page.section,
        author=page.author,
        picture=page.picture,
        views=page.views,
        important=item.important,
        related=read_related(tree, item.url, address),
    )


def read_page(tree: LexborHTMLParser, url: str, now: datetime) -> Page:
    """What the page at `url` holds. Raises PageUnreadable where title or body is missing."""
    return Page(
        title=_title(tree, url),
        body=_body(tree, url),
        published=_published(tree, now),
        section=text_of(tree.css_first(".newsCat a") or tree.css_first(".newsCat")),
        author=_author(tree),
        link=text_of(tree.css_first(LINK)),
        views=_views(tree),
        picture=_picture(tree, url),
        description=_head(tree, "og:description"),
    )


def _title(tree: LexborHTMLParser, url: str) -> str:
    for selector in TITLES:
        if title := text_of(tree.css_first(selector)):
            return title
    if title := _head(tree, "og:title"):
        return title
    raise PageUnreadable(f"{url}: no {TITLES[0]}: this is no article")


def _body(tree: LexborHTMLParser, url: str) -> tuple[str, ...]:
    found = tree.css(BODY)
    for element in found:
        if body := paragraphs(element, NOT_BODY):
            return tuple(body)
    raise PageUnreadable(f"{url}: {'nothing in' if found else 'no'} {BODY}")


def _published(tree: LexborHTMLParser, now: datetime) -> datetime | None:
    today = now.astimezone(dates.BISHKEK).date()
    texts = (text_of(node) for node in tree.css("[itemprop~=datePublished], .newsDate"))
    return next((found for text in texts if (found := dates.moment(text, today))), None)


def _author(tree: LexborHTMLParser) -> str:
    return text_of(tree.css_first(f"{AUTHOR} [itemprop~=name]") or tree.css_first(AUTHOR))


def _views(tree: LexborHTMLParser) -> int | None:
    line = tree.css_first(".newsLink")
    text = " ".join(paragraphs(line, f"{LINK}, script, style")) if line else ""
    found = VIEWS.search(text)
    return int(found[1].replace(" ", "")) if found else None


def _picture(tree: LexborHTMLParser, url: str) -> str:
    """Absolute; of any host: pictures may be served from another."""
    try:
        address = urljoin(url, _head(tree, "og:image").replace(" ", "%20"))
        parts = urlsplit(address)
    except ValueError:
        return ""
    return address if parts.scheme in {"http", "https"} and address != url else ""


def _head(tree: LexborHTMLParser, name: str) -> str:
    node: LexborNode | None = tree.css_first(f'meta[property="{name}"], meta[name="{name}"]')
    # The site encodes attributes twice: `&amp;nbsp;`.
    return fold(unescape(node.attributes.get("content") or "")) if node else ""
