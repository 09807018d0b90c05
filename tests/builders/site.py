"""Pages in the site's markup, as small as they can be."""

from html import escape

from bot.model import Item

CURRENCIES = '<div id="currencies"><b>USD</b> 87.45 <b>EUR</b> 101.56 <b>RUB</b> 1.11</div>'


def row(
    number: int,
    title: str = "A title",
    *,
    at: str = "15:22",
    href: str = "",
    important: bool = False,
) -> str:
    tag = "strong" if important else "span"
    link = f'<a href="{href or f"/english/{number}_slug/"}"><{tag}>{escape(title)}</{tag}></a>'
    inner = f'<div class="time">{at}</div><div class="title">{link}</div>'
    return f'<div class="one">{inner}</div>'


def day(header: str) -> str:
    return f'<div class="lineDate"> {header} </div>'


def listing_page(*parts: str, head: str = CURRENCIES) -> str:
    return f'<html><body>{head}<div id="newslist">{"".join(parts)}</div></body></html>'


def listing_of(items: list[Item]) -> str:
    """A page that shows these items, with a header before each day."""
    parts: list[str] = []
    shown = None
    for item in items:
        if item.published.date() != shown:
            shown = item.published.date()
            parts.append(day(f"{item.published:%-d %B, %A}"))
        at = f"{item.published:%H:%M}"
        parts.append(row(item.id, item.title, at=at, href=item.url, important=item.important))
    return listing_page(*parts)


def article_page(
    title: str = "A title",
    body: str = "<p>A paragraph.</p>",
    *,
    link: str = "",
    published: str = "15:22, 12 March 2026",
    section: str = "English",
    around: str = "",
) -> str:
    return f"""<html><body>{CURRENCIES}<div itemscope itemtype="http://schema.org/NewsArticle">
<div class="newsCat"><a href="/english/"> {section} </a></div>
<div class="newsDate"><span itemprop="datePublished" content="2026-03-12\\">{published}</span>,
<span itemprop="author" itemscope><span itemprop="name">An AUTHOR</span></span></div>
<h1 class="newsTitle" itemprop="name">{title}</h1>
<div class="cont" itemprop="articleBody">{body}</div>
<div class="newsLink">link: <span id="article-link">{link}</span> <br> views: 7 </div>
</div>{around}</body></html>"""


def popular_block(*items: Item, heading: str = "Popular") -> str:
    """Pictures with titles; each title stands twice, as on the site."""
    links = "".join(
        f'<div class="col-sm-3"><a href="{item.url}" class="title">'
        f'<img src="/f/{item.id}.jpg" alt="{escape(item.title)}" /> '
        f"<span>{escape(item.title)}</span></a></div>"
        for item in items
    )
    line = f'<div class="lineTitle"> {heading} <div class="line"></div></div>'
    return f'<div class="row">{line}</div><div class="row blockNews"><div>{links}</div></div>'
