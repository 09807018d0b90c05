"""Small pieces of the site's HTML that more than one page is made of."""

import re
from collections.abc import Iterable, Mapping
from datetime import datetime
from decimal import Decimal
from html import escape

from simulator.site.article import Article
from simulator.site.editions import EDITIONS, Edition, Style

_CUT = 55
"""A title longer than this by some is shown cut as well."""
_SHORT_WORD = re.compile(r"(?<![\w&'’-])(\w{1,2}|№|\d+) (?=\S)")
_DASH = re.compile(r" (?=[—–])")


def typeset(text: str) -> str:
    """Escaped, with the non-breaking spaces that the site puts after short words."""
    glued = _DASH.sub("\xa0", _SHORT_WORD.sub("\\1\xa0", text))
    return escape(glued, quote=False).replace("\xa0", "&nbsp;")


def attribute(text: str) -> str:
    """For use within double quotes; the site encodes its non-breaking spaces twice there."""
    return escape(typeset(text))


def rows(articles: Iterable[Article], *, day: str = "") -> str:
    """Rows of a listing with a header before each new day."""
    parts = []
    for article in articles:
        style = EDITIONS[article.edition]
        if (header := style.day(article.published)) != day:
            parts.append(f'<div class="lineDate"> {header} </div>')
            day = header
        parts.append(_row(article, style))
    return "\n".join(parts)


def _row(article: Article, style: Style) -> str:
    link = f'<a data-pjax="0" href="{article.path}" class="title-link"> {_label(article)} </a>'
    return f"""<div class="one">
  <div class="time">{article.published:%H:%M}</div>
  <div class="title">
    {link}{_icon(article, style)}
  </div>
</div>"""


def _label(article: Article) -> str:
    if article.important:
        return f"<strong>{typeset(article.title)}\n    </strong>"
    if len(article.title) <= _CUT + 5:
        return f"<span>{typeset(article.title)}\n    </span>"
    cut = article.title[:_CUT].rstrip() + "..."
    return (
        f'<span class="full">{typeset(article.title)}\n    </span> '
        f'<span class="short">{typeset(cut)}</span>'
    )


def _icon(article: Article, style: Style) -> str:
    if article.picture:
        kind, icon = style.labels["photo"], "fa-camera"
    elif any(block.startswith("|") for block in article.body):
        kind, icon = style.labels["chart"], "fa-file-image-o"
    else:
        return ""
    return (
        f' <a data-pjax="0" href="{article.path}" title="{kind}">'
        f'<i class="fa {icon}" aria-hidden="true"></i></a>'
    )


def promo(style: Style, number: int) -> str:
    """A row of advertising, as they stand between the news."""
    text = typeset(style.promo[number % len(style.promo)])
    return f"""<div class="one promo">
  <div class="title"> <a rel="nofollow" target="_blank" href="/reklama/{number}"> <span>{text}
    </span> </a> </div>
</div>"""


def page(
    edition: Edition,
    *,
    title: str,
    head: str,
    body: str,
    now: datetime,
    rates: Mapping[str, Decimal],
) -> str:
    """A whole page: head, the header with its clock and rates, then `body`."""
    style = EDITIONS[edition]
    name = style.labels["site"]
    return f"""<!DOCTYPE html>
<html lang="{style.language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{escape(title)} » www.24.kg - {name}</title>
{head}
<link rel="stylesheet" href="/style.css">
</head>
<body>
<div class="header hidden-print">
  <div class="container">
    <a class="logo" href="{style.path}">24<b>.kg</b></a>
    {_languages(edition)}
    <div class="header-info"><span class="clock">{now:%H:%M}</span>
    {_currencies(rates)}</div>
  </div>
</div>
{body}
<div class="footer hidden-print"><div class="container">A simulated site with invented news.</div>
</div>
</body>
</html>
"""


def missing_page(*, now: datetime, rates: Mapping[str, Decimal]) -> str:
    """The page that stands in for one that there is not."""
    text = EDITIONS["ru"].labels["missing"]
    body = f'<div class="container"><h1>404</h1><p>{text}</p></div>'
    return page("ru", title=text, head="", body=body, now=now, rates=rates)


def _languages(current: Edition) -> str:
    names = {"en": "English", "ru": "Русский", "ky": "Кыргызча"}
    links = (
        f'<a href="{EDITIONS[edition].path}"{" class=active" if edition == current else ""}>'
        f"{names[edition]}</a>"
        for edition in EDITIONS
    )
    return f'<div class="languages">{" ".join(links)}</div>'


def _currencies(rates: Mapping[str, Decimal]) -> str:
    if not rates:
        return ""
    items = "".join(
        f'<div class="currency"><span class="code">{code}</span> '
        f'<span class="value">{value:.2f}</span></div>'
        for code, value in rates.items()
    )
    return f'<div id="currencies">{items}</div>'
