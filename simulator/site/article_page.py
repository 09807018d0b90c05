"""The page of one article, with everything that stands around the text on the real one."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from html import escape
from itertools import groupby

from simulator.site.article import Article
from simulator.site.editions import EDITIONS, Style
from simulator.site.markup import attribute, page, typeset
from simulator.site.surroundings import Around, blocks_of_news, latest_news, line_of_news, share_bar


def article_page(
    article: Article, around: Around, *, origin: str, now: datetime, rates: Mapping[str, Decimal]
) -> str:
    """The whole page. `origin`: scheme and host of absolute links, without a slash at the end."""
    style = EDITIONS[article.edition]
    body = f"""<div class="container">
<div class="row" id="content-wrapper">
<div class="col-sm-8 col-xs-12">
{_news(article, around, style, origin)}
{line_of_news("related", around.related, style)}
</div>
</div>
{blocks_of_news(around.popular, style)}
</div>
{latest_news(around.latest, style)}
<div id="css-loaded"></div>"""
    head = _open_graph(article, origin)
    title = f"{article.title} » {article.section}"
    return page(article.edition, title=title, head=head, body=body, now=now, rates=rates)


def _open_graph(article: Article, origin: str) -> str:
    lead = next((block for block in article.body if block[:2] not in {"- ", "> ", "##", "| "}), "")
    tags = {
        "og:type": "article",
        "og:site_name": "24.kg",
        "og:title": article.title,
        "og:description": lead,
        "og:url": origin + article.path,
    }
    if article.picture:
        tags["og:image"] = _absolute(article.picture, origin)
    return "\n".join(
        f'<meta property="{name}" content="{escape(value)}">' for name, value in tags.items()
    )


def _absolute(address: str, origin: str) -> str:
    return address if "://" in address else origin + address


def _news(article: Article, around: Around, style: Style, origin: str) -> str:
    section = style.section_path(article.section)
    return f"""<div itemscope="" itemtype="http://schema.org/NewsArticle" \
itemid="{origin}{article.path}">
<div class="row">
  <div itemprop="articleSection" class="col-xs-4 newsCat"> <a href="{origin}/{section}/"> \
{typeset(article.section)} </a>
  </div>
  <div class="col-xs-8 text-right newsDate hidden-xs">{_byline(article, style)}
  </div>
</div>
<h1 itemprop="name" class="newsTitle">{typeset(article.title)}
      </h1>
<div class="row">
  <div class="col-xs-12 newsDate hidden-sm hidden-md hidden-lg">{_byline(article, style)}
  </div>
</div> <span itemprop="image" itemscope="" itemtype="http://schema.org/ImageObject">
</span>
{share_bar(article, origin)}
<div class="cont" itemprop="articleBody">
{_body(article, around.read_also, style)}
</div>
{share_bar(article, origin)}
{_footer(article, style, origin)}
</div>"""


def _byline(article: Article, style: Style) -> str:
    # The attribute is broken on the real pages, too: no time, and a backslash at its end.
    return f"""<span itemprop="datePublished" content="{article.published:%Y-%m-%d}\\">\
{style.stamp(article.published)}</span>, {style.city} - <span itemprop="publisher" itemscope="" \
itemtype="http://schema.org/Organization"><span itemprop="name">24.kg</span>
    <span itemprop="logo" itemscope="" itemtype="http://schema.org/ImageObject">
    </span>
  </span>, <span itemprop="author" itemscope="" itemtype="http://schema.org/Person">\
<span itemprop="name"
    class="text-nowrap">{typeset(article.author)}</span></span>"""


def _body(article: Article, read_also: Article | None, style: Style) -> str:
    groups = [
        _group(mark, tuple(text for _, text in blocks))
        for mark, blocks in groupby(map(_marked, article.body), key=lambda block: block[0])
    ]
    asides = [_picture(article, style), _read_also(read_also, style)]
    parts = [*groups[:1], *filter(None, asides), *groups[1:], _vote(article, style)]
    return "\n".join(filter(None, parts))


def _marked(block: str) -> tuple[str, str]:
    for mark in ("- ", "> ", "## ", "| "):
        if block.startswith(mark):
            return mark.strip(), block.removeprefix(mark)
    return "", block


def _group(mark: str, texts: Sequence[str]) -> str:
    match mark:
        case "-":
            items = "\n".join(f"  <li>{typeset(text)}</li>" for text in texts)
            return f"<ul>\n{items}\n</ul>"
        case ">":
            return "\n".join(f"<blockquote><p>{typeset(t)}</p></blockquote>" for t in texts)
        case "##":
            return "\n".join(f"<h3>{typeset(text)}</h3>" for text in texts)
        case "|":
            return (
                f'<table class="table"><tbody>\n{"".join(map(_table_row, texts))}</tbody></table>'
            )
    return "\n".join(f"<p>{typeset(text)}\n        </p>" for text in texts)


def _table_row(text: str) -> str:
    cells = (f"<td>{typeset(cell.strip())}</td>" for cell in text.strip("| ").split("|"))
    return f"  <tr>{''.join(cells)}</tr>\n"


def _picture(article: Article, style: Style) -> str:
    if not article.picture:
        return ""
    return f"""<div class="imgInText"><img src="{attribute(article.picture)}" \
alt="{attribute(article.title)}">
  <div class="text">{typeset(style.labels["caption"])}</div>
</div>"""


def _read_also(article: Article | None, style: Style) -> str:
    if article is None:
        return ""
    return f"""<div class="poTeme">
  <div class="title">{typeset(style.labels["read_also"])}</div>
  <div class="one"><a href="{article.path}">{typeset(article.title)} </a></div>
</div>"""


def _vote(article: Article, style: Style) -> str:
    if article.id % 5:
        return ""
    return f"""<div class="vote"><p>{typeset(style.labels["vote"])}</p></div>
<script>window.voteFor = {article.id};</script>"""


def _footer(article: Article, style: Style, origin: str) -> str:
    labels = style.labels
    return f"""<div class="row mgb30 hidden-print">
  <div class="col-xs-12 col-sm-8 newsLink">{labels["link"]}: <span id="article-link">\
{origin}{article.short_path}</span> <a href="javascript:;" class="clipboard" \
data-clipboard-target="#article-link" data-title="{labels["copied"]}"><i class="fa fa-clipboard">\
</i></a> <br /> {labels["views"]}: {article.views} </div>
  <div class="col-xs-12 col-sm-4 text-right newsPrintLink"> <a href="javascript:window.print();">\
<i class="fa fa-print" aria-hidden="true"></i> {labels["print"]} </a> </div>
</div>"""
